// Words in three languages. They stand beside the page that says them; a language that lacks one of them does not compile.
import type { Language } from '../../register/vocabulary.ts'
import { useLanguage } from './preferences.ts'

type Saying = string | readonly string[] | ((...values: never[]) => string)

/** The same names as in Finnish, and as many sentences; what takes values takes the same ones. */
type Alike<T> = { readonly [K in keyof T]: Said<T[K]> }
type Said<S> = S extends (...values: infer V) => string
  ? (...values: V) => string
  : S extends readonly string[]
    ? { readonly [I in keyof S]: string }
    : string

export type Texts<T> = { readonly [L in Language]: Alike<T> }

/**
 * `words({ fi: { found: (n: number) => `${n} löytyi` }, sv: …, en: … })`
 * A function says what depends on a value: numbers, plurals, names.
 */
export const words = <const T extends Readonly<Record<string, Saying>>>(texts: {
  readonly fi: T
  readonly sv: Alike<NoInfer<T>>
  readonly en: Alike<NoInfer<T>>
}): Texts<T> =>
  // That T is like itself is beyond what the compiler can see.
  texts as unknown as Texts<T>

export const useWords = <T>(texts: Texts<T>): Alike<T> => texts[useLanguage()]
