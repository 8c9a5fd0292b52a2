// Every address of the desk. Pages and parts take addresses from here and write none themselves.

type Params<P extends string> = P extends `${string}$${infer Name}/${infer Rest}`
  ? Record<Name, string> & Params<Rest>
  : P extends `${string}$${infer Name}`
    ? Record<Name, string>
    : Record<never, never>

/** What a page is given by its address. */
export type ParamsOf<A> = A extends Address<infer P> ? Params<P> : never

export type Address<P extends string = string> = {
  readonly pattern: P
  /** The address with its parameters filled in, and a query such as `?tab=contracts`. */
  (
    ...given: keyof Params<P> extends never
      ? [params?: Record<never, never>, query?: Query]
      : [params: Params<P>, query?: Query]
  ): string
}

type Query = Readonly<Record<string, string | undefined>>

const address = <const P extends string>(pattern: P): Address<P> => {
  const fill = (params: Readonly<Record<string, string>> = {}, query: Query = {}): string => {
    const path = pattern.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const asked = new URLSearchParams(
      Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
    return asked.size === 0 ? path : `${path}?${asked}`
  }
  return Object.assign(fill, { pattern }) as unknown as Address<P>
}

export const paths = {
  start: address('/desk'),
  signIn: address('/desk/sign-in'),
  queue: address('/desk/queue'),
  search: address('/desk/search'),
  duplicates: address('/desk/duplicates'),
  locks: address('/desk/locks'),
  exports: address('/desk/exports'),
  compare: address('/desk/duplicates/$one/$other'),
  newCustomer: address('/desk/customers/new'),
  customer: address('/desk/customers/$customer'),
  consumption: address('/desk/customers/$customer/points/$point'),
  comparison: address('/desk/customers/$customer/points/$point/compare'),
  customerSums: address('/desk/customers/$customer/consumption'),
  siteSums: address('/desk/sites/$site/consumption'),
  site: address('/desk/sites/$site'),
  statistics: address('/desk/statistics'),
  products: address('/desk/products'),
  product: address('/desk/products/$product'),
  priceChanges: address('/desk/price-changes'),
  priceChange: address('/desk/price-changes/$change'),
  imports: address('/desk/imports'),
  quality: address('/desk/quality'),
  import: address('/desk/imports/$import'),
  declaration: address('/desk/declaration'),
  accessLog: address('/desk/access-log'),
  looks: address('/desk/looks'),
  checkpoints: address('/desk/checkpoints'),
  staff: address('/desk/staff'),
  tokens: address('/desk/tokens'),
  own: address('/desk/own'),
  kit: address('/desk/kit'),
} as const

/** The published notice: a page of its own, outside the desk. */
export const noticeAddress = '/rekisteriseloste'
