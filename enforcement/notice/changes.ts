// What changed between two versions of the notice, in plain words. Both notices are made and compared, so no difference that a
// reader could find in them goes untold.
import type { Description, Law } from '../../register/description.ts'
import type { Language } from '../../register/vocabulary.ts'
import { type Fact, factsOf } from './facts.ts'
import { noticeDocument } from './notice.ts'
import { noticeWords } from './words.ts'

type Register = { readonly description: Description; readonly laws: readonly Law[] }

export type Change = {
  readonly is: 'added' | 'removed' | 'changed'
  /** Title of the section that it stands in. */
  readonly section: string
  /** For example "Billing clerk, Billing and payments: Sees: bank account." */
  readonly words: string
}

type Found = { readonly is: Change['is']; readonly fact: Fact; readonly tail: string }

export const noticeChanges = (earlier: Register, later: Register, language: Language): readonly Change[] => {
  const before = toldBy(earlier, language)
  const now = toldBy(later, language)
  const found: readonly Found[] = [
    ...[...now].flatMap(([key, fact]) => changed(before.get(key), fact, language)),
    ...beyond(now, before).map((fact) => ({ is: 'added' as const, fact, tail: sentences(fact.tells) })),
    ...beyond(before, now).map((fact) => ({ is: 'removed' as const, fact, tail: sentences(fact.tells) })),
  ]
  // Things of which the same is told stand in one sentence.
  const alike = Map.groupBy(found, ({ is, fact, tail }) => [is, fact.section, fact.about, tail].join('\n'))
  return [...alike.values()].map((all) => {
    const [{ is, fact, tail }] = all as [Found]
    const names = [...new Set(all.map((one) => one.fact.name))].join(', ')
    const about = fact.about === '' ? '' : `${fact.about}: `
    return { is, section: fact.section, words: `${about}${sentences([names])}${tail === '' ? '' : ` ${tail}`}` }
  })
}

const toldBy = ({ description, laws }: Register, language: Language): ReadonlyMap<string, Fact> =>
  factsOf(noticeDocument({ description, laws, noticeHash: '', appliedAt: new Date(0), versions: [] }, language))

const beyond = (some: ReadonlyMap<string, Fact>, others: ReadonlyMap<string, Fact>): readonly Fact[] =>
  [...some].filter(([key]) => !others.has(key)).map(([, fact]) => fact)

const changed = (was: Fact | undefined, fact: Fact, language: Language): readonly Found[] => {
  if (was === undefined) return []
  const [old, present] = [compared(was), compared(fact)]
  const gone = old.filter((words) => !present.includes(words))
  const come = present.filter((words) => !old.includes(words))
  if (gone.length + come.length === 0) return []
  const w = noticeWords[language].changes
  const told = [
    ...(gone.length > 0 ? [`${w.before}: ${sentences(gone)}`] : []),
    ...(come.length > 0 ? [`${w.now}: ${sentences(come)}`] : []),
  ]
  return [{ is: 'changed', fact, tail: told.join(' ') }]
}

const compared = ({ name, tells, pointer }: Fact): readonly string[] => (pointer ? tells : [name, ...tells])

const sentences = (parts: readonly string[]): string =>
  parts.map((words) => (/[.?!]\)?$/.test(words) ? words : `${words}.`)).join(' ')
