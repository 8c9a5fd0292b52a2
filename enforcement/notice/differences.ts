// Whether a published page still says what is declared: a copy kept elsewhere, or one that somebody has edited by hand.
import type { Language } from '../../register/vocabulary.ts'
import { noticeHtml } from './html.ts'
import type { Notice } from './speaker.ts'

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** What a reader sees of a page, a line for each paragraph, item and cell. */
export const linesOf = (html: string): readonly string[] =>
  html
    .replaceAll(/<(style|caption|title)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<\/?(p|h\d|li|ul|td|th|tr|table|section|nav|main|footer|header|body)\b[^>]*>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Each line that is told and not declared, and each that is declared and not told; empty when the page is the notice. */
export const noticeDifferences = (html: string, notice: Notice, language: Language): readonly string[] => {
  const told = linesOf(html)
  const declared = linesOf(noticeHtml(notice, language))
  return [
    ...beyond(told, declared).map((line) => `told, but not declared: ${line}`),
    ...beyond(declared, told).map((line) => `declared, but not told: ${line}`),
  ]
}

/** Lines of `some` that `others` have not, or have fewer times. */
const beyond = (some: readonly string[], others: readonly string[]): readonly string[] => {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return some.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}
