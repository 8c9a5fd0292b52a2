// Days, times and numbers as people in Finland read them. Instants are shown in Finnish time, wherever the desk stands.
import { type Language, languages } from '../../register/vocabulary.ts'
import { zone } from './days.ts'
import { useLanguage } from './preferences.ts'

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const satisfies Record<Language, string>

export type Formats = {
  /** A civil day, YYYY-MM-DD, or the Finnish day of an instant. */
  readonly day: (of: string | Date) => string
  readonly time: (of: Date) => string
  readonly instant: (of: Date) => string
  readonly number: (of: number, decimals?: number) => string
  /** Integer cents. */
  readonly euros: (cents: number) => string
}

const make = (language: Language): Formats => {
  const locale = locales[language]
  // Day, month and year by name in English: 3/4/2026 means two days.
  const spelled = language === 'en' ? 'short' : 'numeric'
  const dated = { day: 'numeric', month: spelled, year: 'numeric' } as const
  const timed = { hour: '2-digit', minute: '2-digit', timeZone: zone } as const
  const civil = new Intl.DateTimeFormat(locale, { ...dated, timeZone: 'UTC' })
  const day = new Intl.DateTimeFormat(locale, { ...dated, timeZone: zone })
  const time = new Intl.DateTimeFormat(locale, timed)
  const euros = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' })
  const dayOf = (of: string | Date): string =>
    typeof of === 'string' ? civil.format(new Date(`${of}T00:00:00Z`)) : day.format(of)
  return {
    day: dayOf,
    time: (of) => time.format(of),
    instant: (of) => `${dayOf(of)} ${time.format(of)}`,
    number: (of, decimals = 0) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(of),
    euros: (cents) => euros.format(cents / 100),
  }
}

export const formats = Object.fromEntries(languages.map((each) => [each, make(each)])) as Record<Language, Formats>
export const useFormats = (): Formats => formats[useLanguage()]
