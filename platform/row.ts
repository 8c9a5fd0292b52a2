// The shape of a row as a value: the type, the decoding and the check against what PostgreSQL sends cannot differ.

/** One column's type: the PostgreSQL types that it accepts, and how their parsed value is read. */
export type Column<T> = {
  readonly oids: readonly number[]
  readonly read: (value: unknown) => T
  readonly nullable: boolean
  /** A computed column comes without an origin; these are the categories that it was computed from. */
  readonly from?: readonly string[]
}

export type Shape = Readonly<Record<string, Column<unknown>>>
export type RowOf<S extends Shape> = { readonly [K in keyof S]: S[K] extends Column<infer T> ? T : never }

const same = (value: unknown) => value

const column = <T>(...oids: number[]): Column<T> => ({ oids, read: same as (value: unknown) => T, nullable: false })

export const bool = column<boolean>(16)
/** int2, int4 and int8; ids stay below 2^53. */
export const int = column<number>(20, 21, 23)
export const text = column<string>(25, 1042, 1043, 19)
/** Exact decimal as text; never floating point. */
export const decimal = column<string>(1700)
/** Civil day `YYYY-MM-DD`. */
export const day = column<string>(1082)
/** RFC 3339 in UTC, `2026-11-24T08:00:00.000Z`. */
export const instant = column<string>(1184)
export const bytes = column<Buffer>(17)
export const uuid = column<string>(2950)
export const texts = column<readonly string[]>(1009, 1015)
/** Of int4; null where one is lacking. */
export const ints = column<readonly (number | null)[]>(1007)
export const json = <T>(read: (value: unknown) => T): Column<T> => ({ oids: [114, 3802], read, nullable: false })

/** Half-open period of civil days; `null` is without end. */
export type Period = { readonly from: string | null; readonly to: string | null }
export const period: Column<Period> = {
  oids: [3912],
  read: (value) => {
    const parts = /^[[(]([^,]*),([^)\]]*)[)\]]$/.exec(value as string)
    return { from: parts?.[1] || null, to: parts?.[2] || null }
  },
  nullable: false,
}

export const nullable = <T>(type: Column<T>): Column<T | null> => ({ ...type, nullable: true })
/** A text or number known to be narrower by the schema: an id, or one of a check's words. */
export const branded = <B extends string | number>(type: Column<string> | Column<number>): Column<B> =>
  type as unknown as Column<B>
/** A computed column (`count(*)`, `concat …`): state the categories that it was computed from, or `[]` for none. */
export const computed = <T>(type: Column<T>, from: readonly string[]): Column<T> => ({ ...type, from })

export const shape = <S extends Shape>(declared: S): S => declared
