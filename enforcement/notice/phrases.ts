// How days, periods, countries and rows of names are said in each language.
import { dayOf } from '../../platform/clock.ts'
import type { Anchor, Day, Law, Period, Retention } from '../../register/description.ts'
import type { Language } from '../../register/vocabulary.ts'

const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }
const units = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const

/** ISO 8601 calendar period in words: P6Y is six years. */
export const periodIn = (period: Period, language: Language): string =>
  namesIn(
    [...period.matchAll(/(\d+)([YMWD])/g)].map(([, count, unit]) =>
      new Intl.NumberFormat(locales[language], {
        style: 'unit',
        unit: units[unit as keyof typeof units],
        unitDisplay: 'long',
      })
        .format(Number(count))
        .replaceAll('\u{a0}', ' '),
    ),
    language,
  )

const anchorWords: Readonly<Record<Language, Readonly<Record<Anchor, string>>>> = {
  fi: {
    'contract-end': 'sopimuksen päättymisestä',
    'financial-year-end': 'tilikauden päättymisestä',
    'last-contact': 'viimeisestä yhteydenotosta',
    recorded: 'tiedon tallentamisesta',
    superseded: 'tiedon muuttumisesta tai päättymisestä',
    'permission-withdrawn': 'luvan perumisesta',
    decided: 'päätöksestä',
    'session-end': 'istunnon päättymisestä',
    event: 'tapahtumasta',
  },
  sv: {
    'contract-end': 'från avtalets slut',
    'financial-year-end': 'från räkenskapsperiodens slut',
    'last-contact': 'från den senaste kontakten',
    recorded: 'från det att uppgiften antecknades',
    superseded: 'från det att uppgiften ändrades eller upphörde',
    'permission-withdrawn': 'från det att tillståndet återkallades',
    decided: 'från beslutet',
    'session-end': 'från sessionens slut',
    event: 'från händelsen',
  },
  en: {
    'contract-end': 'from the end of the contract',
    'financial-year-end': 'from the end of the financial year',
    'last-contact': 'from the last contact',
    recorded: 'from when it was recorded',
    superseded: 'from when it changed or ended',
    'permission-withdrawn': 'from when the permission was withdrawn',
    decided: 'from the decision',
    'session-end': 'from the end of the session',
    event: 'from the event',
  },
}

const yearEnd: Readonly<Record<Language, string>> = {
  fi: ', laskettuna sen vuoden lopusta',
  sv: ', räknat från årets utgång',
  en: ', counted from the end of that year',
}

/** How long, and from what: "3 years from the end of the contract". */
/** Why a rule is as it is, with its own period and those of deadlines where the text has a place for them. */
export const reasonIn = ({ why, period }: Retention, laws: readonly Law[], language: Language): string =>
  why[language].replaceAll(/\{([a-z-]+)\}/g, (_, name: string) =>
    periodIn(name === 'period' ? period : (laws.find(({ id }) => id === name)?.value ?? ''), language),
  )

export const spanIn = ({ period, anchor, rounding }: Retention, language: Language): string =>
  `${periodIn(period, language)} ${anchorWords[language][anchor]}${rounding === 'end-of-year' ? yearEnd[language] : ''}`

/** "a, b and c", or "a, b or c". */
export const namesIn = (names: readonly string[], language: Language, joined: 'and' | 'or' = 'and'): string =>
  new Intl.ListFormat(locales[language], { type: joined === 'and' ? 'conjunction' : 'disjunction' }).format(names)

export const countryIn = (code: string, language: Language): string =>
  new Intl.DisplayNames(locales[language], { type: 'region' }).of(code) ?? code

export const dayIn = (day: Day, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00Z`))

export const instantIn = (instant: Date, language: Language): string => dayIn(dayOf(instant), language)

/** A label within a sentence: its first letter small, unless it begins an abbreviation. "Y-tunnus" is "y-tunnus", "FO-nummer" stays. */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)
