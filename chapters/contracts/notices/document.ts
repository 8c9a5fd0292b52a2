// The notice of a change of price in the customer's language, as plain text: the same words for the same change, so that its digest proves them. Names nobody.
import type { Language } from '../../../register/vocabulary.ts'
import { componentWords, money, unitWords } from '../amounts.ts'
import { dayIn } from '../offers/document.ts'

type Priced = { readonly component: string; readonly size: string; readonly unit: string; readonly amount: number; readonly vat: number | null; readonly tax: number | null } // prettier-ignore

const words = {
  fi: {
    title: (product: string) => `Ilmoitus hinnanmuutoksesta: ${product}`,
    from: (day: string) => `Uudet hinnat ovat voimassa ${day} alkaen.`,
    before: 'Hinta nyt (sis. alv)',
    after: 'Uusi hinta (sis. alv)',
    right: 'Voit irtisanoa toistaiseksi voimassa olevan sopimuksen. Kuluttajan irtisanomisaika on 14 päivää.',
    seller: 'Myyjä',
  },
  sv: {
    title: (product: string) => `Meddelande om prisändring: ${product}`,
    from: (day: string) => `De nya priserna gäller från ${day}.`,
    before: 'Pris nu (inkl. moms)',
    after: 'Nytt pris (inkl. moms)',
    right: 'Du kan säga upp ett avtal som gäller tills vidare. Konsumentens uppsägningstid är 14 dagar.',
    seller: 'Försäljare',
  },
  en: {
    title: (product: string) => `Notice of a change of price: ${product}`,
    from: (day: string) => `The new prices hold from ${day}.`,
    before: 'Price now (incl. VAT)',
    after: 'New price (incl. VAT)',
    right: 'You may give notice of an open-ended contract. A consumer’s notice is 14 days.',
    seller: 'Seller',
  },
} as const

export const noticeText = (
  language: Language,
  said: {
    readonly name: string
    readonly seller: string
    readonly from_day: string
    readonly before: readonly Priced[]
    readonly after: readonly Priced[]
  },
): string => {
  const w = words[language]
  const { number } = money(language)
  const line = ({ component, size, unit, amount, vat, tax }: Priced): string => {
    const name = [componentWords[language][component] ?? component, size].filter(Boolean).join(' ')
    if (unit === 'percent') return `  ${name}: ${number(amount, 0)} %`
    const whole = ((amount + (unit === 'kWh' ? (tax ?? 0) : 0)) * (1000 + (vat ?? 0))) / 1000
    return `  ${name}: ${number(whole / (unit === 'kWh' ? 1000 : 100), 2)} ${unitWords[language][unit] ?? unit}`
  }
  return [
    w.title(said.name),
    '',
    w.from(dayIn(said.from_day)),
    '',
    `${w.before}:`,
    ...said.before.map(line),
    '',
    `${w.after}:`,
    ...said.after.map(line),
    '',
    w.right,
    '',
    `${w.seller}: ${said.seller}`,
    '',
  ].join('\n')
}
