// Amounts of a price list as people read them, and as they type them.
import type { z } from 'zod'
import type * as api from '../../../../chapters/contracts/api.ts'
import { useFormats } from '../../../kit/format.ts'
import { useLanguage } from '../../../kit/preferences.ts'
import { useWords } from '../../../kit/words.ts'
import { texts } from './words.ts'

type Product = z.output<typeof api.product>
export type Price = Product['prices'][number]

/** How many of the list's units make one of what is shown: cents per kWh, euros a month, per cent. */
const scaleOf = (unit: string): number => (unit === 'kWh' ? 1000 : unit === 'percent' ? 1 : 100)
const cents = { fi: 'snt/kWh', sv: 'cent/kWh', en: 'c/kWh' } as const
const units = {
  fi: { month: '€/kk', 'kW-month': '€/kW/kk', 'm3h-month': '€/(m³/h)/kk', percent: '%' },
  sv: { month: '€/mån', 'kW-month': '€/kW/mån', 'm3h-month': '€/(m³/h)/mån', percent: '%' },
  en: { month: '€/month', 'kW-month': '€/kW/month', 'm3h-month': '€/(m³/h)/month', percent: '%' },
} as const

export const useUnit = (): ((unit: string) => string) => {
  const language = useLanguage()
  return (unit) =>
    unit === 'kWh' ? cents[language] : ((units[language] as Readonly<Record<string, string>>)[unit] ?? unit)
}

/** `decimals` as many as the list has; two where VAT makes more of them. */
export const useAmount = (): ((amount: number, unit: string, decimals?: number) => string) => {
  const { number } = useFormats()
  const unitOf = useUnit()
  return (amount, unit, decimals = unit === 'kWh' ? 3 : unit === 'percent' ? 0 : 2) =>
    `${number(amount / scaleOf(unit), decimals)} ${unitOf(unit)}`
}

export const typedOf = (amount: number, unit: string): string => String(amount / scaleOf(unit)).replace('.', ',')
/** Undefined: not a number with as many decimals as the list has. */
export const amountOf = (typed: string, unit: string): number | undefined => {
  const text = typed.trim().replace(',', '.').replace('\u2212', '-')
  if (!/^-?\d{1,7}(\.\d{1,3})?$/.test(text)) return undefined
  const [whole = '', decimals = ''] = text.replace('-', '').split('.')
  const places = Math.log10(scaleOf(unit))
  if (decimals.replace(/0+$/, '').length > places) return undefined
  const amount = Number(whole + decimals.padEnd(places, '0').slice(0, places))
  return text.startsWith('-') ? -amount : amount
}

/** With VAT and what is put on each kilowatt-hour; null where a figure of the law is lacking. */
export const withVat = ({ amount, unit, vat, tax }: Pick<Price, 'amount' | 'unit' | 'vat' | 'tax'>): number | null =>
  vat === null || tax === null
    ? null
    : unit === 'percent'
      ? amount
      : ((amount + (unit === 'kWh' ? tax : 0)) * (1000 + vat)) / 1000

/** The price of today in a line; where it is told by main fuse, from the least to the most. */
export const PriceToday = ({ prices }: { readonly prices: readonly Price[] }) => {
  const w = useWords(texts)
  const amount = useAmount()
  const { number } = useFormats()
  if (prices.length === 0) return <span className="quiet">{w.noPrice}</span>
  const parts = [...Map.groupBy(prices, ({ component }) => component)].map(([component, same]) => {
    const whole = same.map(withVat)
    const known = whole.filter((each) => each !== null)
    const unit = same[0]?.unit ?? 'kWh'
    if (known.length < whole.length) return `${w[component]}: ${w.noFigure}`
    const [least, most] = [Math.min(...known), Math.max(...known)]
    const decimals = unit === 'percent' ? 0 : 2
    return `${w[component]} ${least === most ? '' : `${number(least / scaleOf(unit), decimals)}–`}${amount(most, unit, decimals)}`
  })
  return <span>{parts.join(' · ')}</span>
}
