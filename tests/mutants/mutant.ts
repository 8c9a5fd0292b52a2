// A small breach of the register, and the check that must catch it.

export const kinds = [
  'schema',
  'grants',
  'walls',
  'logins',
  'ways',
  'description',
  'law',
  'tables',
  'witness',
  'notice',
  'log',
] as const
export type Kind = (typeof kinds)[number]

export type Mutant = {
  readonly kind: Kind
  /** What was done, in words or as SQL. */
  readonly breach: string
  /** The first thing that a check says of it; undefined: nothing noticed, the mutant survives. */
  readonly caught: () => Promise<string | undefined> | string | undefined
}
