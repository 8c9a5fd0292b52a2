// Where each form of the notice stands. The words in the addresses are Finnish, as the public knows them.
import type { Language } from '../../register/vocabulary.ts'

export type Kind = 'notice' | 'record' | 'versions' | 'pdf' | 'data'

export const root = '/rekisteriseloste'

const endings: Readonly<Record<Exclude<Kind, 'data'>, string>> = {
  notice: '',
  record: '/kasittelytoimet',
  versions: '/versiot',
  pdf: '.pdf',
}

/** Of one language, or without one: the server then chooses by what the reader's browser asks for. Linked data holds all languages. */
export const addressOf = (kind: Kind, language?: Language): string =>
  kind === 'data' ? `${root}.jsonld` : `${root}${language === undefined ? '' : `/${language}`}${endings[kind]}`
