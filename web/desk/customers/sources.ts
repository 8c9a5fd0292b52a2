// Where a fact came from, as it is said beside it; a sender of files is named by its own name.
import { words } from '../../kit/words.ts'

const known = words({
  fi: {
    desk: 'työpöytä',
    'customer-call': 'puhelu',
    demo: 'esittelyaineisto',
    portal: 'asiakas itse',
    dvv: 'väestötietojärjestelmä',
  },
  sv: {
    desk: 'skrivbordet',
    'customer-call': 'samtal',
    demo: 'demonstrationsmaterial',
    portal: 'kunden själv',
    dvv: 'befolkningsdatasystemet',
  },
  en: {
    desk: 'the desk',
    'customer-call': 'a call',
    demo: 'demonstration data',
    portal: 'the customer',
    dvv: 'the population register',
  },
})

export const sourceIn =
  (language: keyof typeof known) =>
  (source: string): string =>
    (known[language] as Readonly<Record<string, string>>)[source] ?? source
