// What can be asked of the register: a value that the server, the web, the OpenAPI page and the refusal walk all read.
// Knows no Node; chapters' api.ts and, through them, the web may rely on it.
import type { z } from 'zod'
import type { List } from './list.ts'
import type { Category, Language, Published, Purpose, Words } from './vocabulary.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Takes = {
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
}

/** 1: says who they are; 2: knows what they would know; 3: strongly identified. 0 is anyone. */
export const callerLevels = [0, 1, 2, 3] as const
export type CallerLevel = (typeof callerLevels)[number]

/** How far one may act for another, as a representation says it. */
export const callerScopes = ['contracts', 'invoicing', 'connections', 'faults', 'data', 'everything'] as const
export type CallerScope = (typeof callerScopes)[number]

export type CallerNeed = { readonly level: 1 | 2 | 3; readonly scope: Exclude<CallerScope, 'everything'> }

/**
 * An endpoint states its purpose, what it reads and writes, and the shape of what it gives; without any of them it does not compile.
 * Who may call it follows: a role whose purpose is declared to read and write these categories. There is no other list of rights.
 */
export type Endpoint<T extends Takes = Takes, G extends z.ZodType = z.ZodType> = {
  readonly method: Method
  /** Fastify notation: `/api/customers/:customer_id`. */
  readonly path: `/api/${string}`
  /** What the caller does, in the words of the access log: `open a customer`. Unique. */
  readonly action: string
  /** The same in the other languages: in English the action says itself. */
  readonly label: { readonly [L in Exclude<Language, 'en'>]: string }
  /** The first of these that the caller's role holds is the purpose of the request. */
  readonly purposes: readonly [Purpose, ...Purpose[]]
  readonly reads: readonly Category[]
  /** Read as well where the bundle may; the handler asks `may(category)` and leaves the rest out of its statement. */
  readonly readsIfPermitted?: readonly Category[]
  readonly writes?: readonly Category[]
  readonly deletes?: readonly Category[]
  /** What it writes that tells of nobody: a price list. */
  readonly publishes?: readonly Published[]
  readonly takes: T
  readonly gives: G
  /** The request brings one file as multipart/form-data, no larger than `most` bytes. It lies in the folder of files before the handler is asked, and the body is what is known of it. */
  readonly takesFile?: { readonly most: number }
  /** The answer is a file, written while it leaves. */
  readonly givesFile?: true
  /** The answer waits until its line in the access log is durable. Set for strict categories and exports. */
  readonly strict?: true
  /**
   * One must say why (header `because`, register/reasons.ts): a call, a task, a case, or a reason of the list. If it is strict as well, a
   * role that opens protected persons one at a time sees the person of `params.customer_id` opened, for this request.
   */
  readonly asksWhy?: true
  /**
   * A reason is not asked of everyone here. A role that opens protected persons one at a time and gives one sees the person of
   * `params.customer_id` opened, for this request, and its answer is strict.
   */
  readonly opens?: true
  /** Whom it opens beside, or for want of, the person of `params.customer_id`: with whom somebody lives, whose contract it will be. */
  opensToo?(body: T['body'] extends z.ZodType ? z.output<T['body']> : undefined): readonly number[]
  /** What it gives are rows, and how they are written into a file (`?as=csv`, `?as=xlsx`, `?as=json`) by those whose role may take such data out. */
  readonly list?: List<z.output<G>>
  /** How surely the caller must be known when it is done because of a call: before less is known, it is neither told nor changed. */
  readonly caller?: CallerNeed
  /** Of rows that come by pages and are no `list`: what to ask for the page that follows a page with rows; undefined at the end. */
  next?(output: z.output<G>): Readonly<Record<string, unknown>> | undefined
  /** Runs as a role of the machinery instead of the caller's: signing in, one's own session. `anyone` needs no session. */
  readonly as?: { readonly role: 'sign-in'; readonly for: 'anyone' | 'staff' }
}

/** A file as it was received: the name that its sender gave it, and the one under which it lies in the folder of files. */
export type BroughtFile = {
  readonly file_name: string
  readonly stored_as: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
  /** It lies sealed under a key of its own, here wrapped by this master key. */
  readonly data_key: Uint8Array
  readonly key_version: number
}
/** A file that leaves. `write` is given a stream of the platform. */
export type GivenFile = {
  readonly name: string
  readonly type: string
  readonly write: (to: unknown) => Promise<void>
}

/** Inputs as the handler sees them: parsed, unknown keys refused. */
export type Input<E extends Endpoint> = {
  readonly params: E['takes']['params'] extends z.ZodType ? z.output<E['takes']['params']> : undefined
  readonly query: E['takes']['query'] extends z.ZodType ? z.output<E['takes']['query']> : undefined
  readonly body: E['takes']['body'] extends z.ZodType ? z.output<E['takes']['body']> : undefined
}

/** Inputs as a client gives them: only the parts that the endpoint takes. */
export type Asked<E extends Endpoint> = {
  readonly [K in keyof E['takes'] & ('params' | 'query' | 'body')]: E['takes'][K] extends z.ZodType
    ? z.input<E['takes'][K]>
    : never
}

export type Output<E extends Endpoint> = z.output<E['gives']>

type Plain = string | number | boolean | null | undefined
/** The same value, not to be changed: what a handler may give for an output. */
export type Given<T> = T extends Plain
  ? T
  : T extends readonly (infer U)[]
    ? readonly Given<U>[]
    : { readonly [K in keyof T]: Given<T[K]> }

export const endpoint = <const T extends Takes, const G extends z.ZodType>(declared: Endpoint<T, G>): Endpoint<T, G> =>
  declared

/** What is done by an endpoint, in words. */
export const saidOf = ({ action, label }: Pick<Endpoint, 'action' | 'label'>): Words => ({ ...label, en: action })

/** The address of one request: path parameters and query filled in. */
export const addressOf = (
  path: string,
  asked: { readonly params?: object | undefined; readonly query?: object | undefined },
): string => {
  const params = new Map<string, unknown>(Object.entries(asked.params ?? {}))
  const filled = path.replace(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(params.get(name))))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked.query ?? {}))
    if (value !== undefined && value !== null) query.append(name, String(value))
  return query.size === 0 ? filled : `${filled}?${query}`
}

/** An RFC 9457 problem as every refusal of the register answers it. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  /** Stable, for programs and for the web's words: `contract.already-ended`. */
  readonly code: string
  readonly detail?: string
  readonly faults?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
}
