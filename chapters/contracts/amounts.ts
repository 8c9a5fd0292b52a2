// Prices and money as letters of the company say them, in the customer's language. Pure: offers and notices of price changes rely on it.
import type { Language } from '../../register/vocabulary.ts'

export const componentWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fi: {
    monthly: 'Perusmaksu',
    energy: 'Energia',
    'energy-day': 'Päiväenergia',
    'energy-night': 'Yöenergia',
    'energy-winter': 'Talviarkipäivän energia',
    'energy-other': 'Muun ajan energia',
    margin: 'Marginaali pörssihinnan päälle',
    effect: 'Kulutusvaikutus',
    demand: 'Tehomaksu',
    capacity: 'Kapasiteettimaksu',
  },
  sv: {
    monthly: 'Grundavgift',
    energy: 'Energi',
    'energy-day': 'Dagenergi',
    'energy-night': 'Nattenergi',
    'energy-winter': 'Energi vintervardagar',
    'energy-other': 'Energi övrig tid',
    margin: 'Marginal ovanpå börspriset',
    effect: 'Förbrukningspåverkan',
    demand: 'Effektavgift',
    capacity: 'Kapacitetsavgift',
  },
  en: {
    monthly: 'Monthly fee',
    energy: 'Energy',
    'energy-day': 'Energy by day',
    'energy-night': 'Energy by night',
    'energy-winter': 'Energy on winter weekdays',
    'energy-other': 'Energy at other times',
    margin: 'Margin on the exchange price',
    effect: 'Consumption effect',
    demand: 'Demand fee',
    capacity: 'Capacity fee',
  },
}

export const unitWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fi: { month: '€/kk', kWh: 'snt/kWh', 'kW-month': '€/kW, kk', 'm3h-month': '€/m³/h, kk' },
  sv: { month: '€/mån', kWh: 'cent/kWh', 'kW-month': '€/kW, mån', 'm3h-month': '€/m³/h, mån' },
  en: { month: '€/month', kWh: 'c/kWh', 'kW-month': '€/kW, month', 'm3h-month': '€/m³/h, month' },
}

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const

/** `euros` of whole cents. */
export const money = (language: Language) => {
  const locale = locales[language]
  const euro = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' })
  return {
    euros: (cents: number): string => euro.format(cents / 100),
    number: (of: number, decimals: number): string =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(of),
  }
}
