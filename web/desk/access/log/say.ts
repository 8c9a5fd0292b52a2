// What a line of the log says, in the reader's words: outcomes, reasons, purposes, roles and kinds of data.
import type { z } from 'zod'
import { readDeclaration } from '../../../../chapters/access/declaration/api.ts'
import type { searchAccessLog } from '../../../../chapters/access/log/api.ts'
import { exportReasons, sayAction } from '../../../../register/list.ts'
import { openingReasons, readBecause } from '../../../../register/reasons.ts'
import type { Words } from '../../../../register/vocabulary.ts'
import { useAsk } from '../../../kit/ask.ts'
import { useLanguage } from '../../../kit/preferences.ts'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { texts } from './words.ts'

export type Line = z.output<typeof searchAccessLog.gives>['lines'][number]

/** `reason:payment` in words; what is not on the lists stands as it was written. */
export const useBecause = (): ((because: string | null) => string) => {
  const w = useWords(texts)
  const language = useLanguage()
  const exported: Readonly<Record<string, Words>> = exportReasons
  return (because) => {
    if (because === null) return w.noReason
    const taken = exported[because.replace(/^reason:/, '')]
    if (taken !== undefined) return taken[language]
    const read = readBecause(because)
    if (read === undefined) return because.replace(/^reason:(other:)?/, '')
    if (read.is === 'reason')
      return [openingReasons[read.reason].label[language], read.typed].filter(Boolean).join(': ')
    return `${read.is === 'job' ? w.task : w[read.is]} ${read.id}`
  }
}

/** Stands where a word is still on its way: nobody reads the code's own word for a blink. */
const coming = '…'

/**
 * Labels by id of actions, purposes, roles, categories and hats; what is no longer declared stands by its id, as all does
 * for one who may not read the declaration.
 */
export const useLabels = () => {
  const language = useLanguage()
  const { data, isLoading } = useAsk(readDeclaration, {}, { when: useMay()(readDeclaration) })
  const unsaid = (id: string): string => (isLoading ? coming : id)
  const all = [...(data?.purposes ?? []), ...(data?.roles ?? []), ...(data?.categories ?? [])]
  const labels = new Map<string, string>(all.map(({ id, label }) => [id, label[language]]))
  const actions = new Map<string, string>(data?.actions.map(({ id, label: words }) => [id, words[language]]))
  const lists = new Map<string, string>(
    data?.actions.map(({ id, label: words, list }) => [id, (list ?? words)[language]]),
  )
  const companies = new Map(data?.controllers.map(({ id, name }) => [id, name]))
  return {
    labelOf: (id: string): string => labels.get(id) ?? unsaid(id),
    /** What was done, as the log has it: a list that left says so. */
    actionOf: (logged: string): string => sayAction(logged, language, (id) => actions.get(id) ?? unsaid(id)),
    /** What the list of an action is called. */
    listOf: (action: string): string => lists.get(action) ?? unsaid(action),
    /** The companies that a hat of the role stands for, by their names. */
    companiesOf: (role: string, hat: string): string =>
      data?.roles
        .find(({ id }) => id === role)
        ?.hats[hat]?.map((id) => companies.get(id) ?? id)
        .join(' + ') ?? unsaid(hat),
    declaration: data,
  }
}
