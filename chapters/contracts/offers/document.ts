// What an offer says in the customer's language, as plain text: the same words for the same offer, so that its digest proves what was sent. Names nobody.
import { createHash } from 'node:crypto'
import type { Language } from '../../../register/vocabulary.ts'
import { componentWords, money, unitWords } from '../amounts.ts'

export type Said = {
  readonly number: string
  readonly language: Language
  readonly name: string
  readonly seller: { readonly name: string; readonly business_id: string | null }
  readonly starts_on: string
  readonly fixed_until: string | null
  readonly after_term: 'continues' | 'ends' | null
  readonly terms_version: string
  readonly valid_until: string
  readonly in_writing: boolean
  /** Days of withdrawal; null: there is none. */
  readonly withdrawal_days: number | null
  readonly prices: readonly {
    readonly component: string
    readonly size: string
    readonly unit: string
    readonly amount: number
    readonly vat: number | null
    readonly tax: number | null
  }[]
  readonly year_cost: { readonly basis: string; readonly wh: number; readonly gross: number } | null
}

const words = {
  fi: {
    offer: (number: string) => `Tarjous ${number}`,
    seller: 'Myyjä',
    product: 'Tuote',
    starts: 'Toimitus alkaa',
    open: 'Voimassa toistaiseksi',
    fixed: (day: string) => `Määräaikainen ${day} asti`,
    continues:
      'Määräajan jälkeen sopimus jatkuu toistaiseksi voimassa olevana hinnaston hinnalla. Kerromme siitä etukäteen.',
    ends: 'Määräajan jälkeen sopimus päättyy. Kerromme siitä etukäteen.',
    terms: 'Sopimusehdot',
    prices: 'Hinnat (sis. alv)',
    unknown: 'vahvistetaan',
    year: (cost: string, kwh: string) => `Arvio vuodessa: ${cost} (${kwh} kWh)`,
    basis: {
      measured: 'Laskettu omasta kulutuksestasi viimeisten 12 kuukauden ajalta.',
      estimate: 'Laskettu käyttöpaikan vuosikulutusarviosta.',
      told: 'Laskettu kertomastasi kulutuksesta.',
    },
    valid: (day: string) => `Tarjous on voimassa ${day} asti.`,
    writing:
      'Puhelu ei sido sinua. Sopimus syntyy vasta, kun hyväksyt tämän tarjouksen kirjallisesti: sähköpostilla, tekstiviestillä, kirjeellä tai asiointipalvelussa.',
    withdrawal: (days: string) =>
      `Voit peruuttaa sopimuksen syytä ilmoittamatta ${days} päivän kuluessa sen tekemisestä. Ilmoita peruuttamisesta meille selvästi, esimerkiksi sähköpostilla tai kirjeellä. Jos pyydät toimitusta ennen peruuttamisajan päättymistä, maksat peruuttamiseen mennessä toimitetusta energiasta.`,
  },
  sv: {
    offer: (number: string) => `Offert ${number}`,
    seller: 'Försäljare',
    product: 'Produkt',
    starts: 'Leveransen börjar',
    open: 'Gäller tills vidare',
    fixed: (day: string) => `Tidsbundet till ${day}`,
    continues:
      'Efter den bundna tiden fortsätter avtalet tills vidare till prislistans pris. Vi berättar om det i förväg.',
    ends: 'Efter den bundna tiden upphör avtalet. Vi berättar om det i förväg.',
    terms: 'Avtalsvillkor',
    prices: 'Priser (inkl. moms)',
    unknown: 'fastställs',
    year: (cost: string, kwh: string) => `Uppskattning per år: ${cost} (${kwh} kWh)`,
    basis: {
      measured: 'Räknat på din egen förbrukning under de senaste 12 månaderna.',
      estimate: 'Räknat på driftställets uppskattade årsförbrukning.',
      told: 'Räknat på den förbrukning som du har uppgett.',
    },
    valid: (day: string) => `Offerten gäller till ${day}.`,
    writing:
      'Samtalet binder dig inte. Avtalet uppkommer först när du godkänner den här offerten skriftligt: per e-post, textmeddelande, brev eller i kundportalen.',
    withdrawal: (days: string) =>
      `Du kan frånträda avtalet utan att ange orsak inom ${days} dagar från att det ingicks. Meddela oss tydligt, till exempel per e-post eller brev. Om du ber om leverans innan ångerfristen har gått ut betalar du för den energi som har levererats fram till dess.`,
  },
  en: {
    offer: (number: string) => `Offer ${number}`,
    seller: 'Seller',
    product: 'Product',
    starts: 'Supply begins',
    open: 'Until further notice',
    fixed: (day: string) => `Fixed until ${day}`,
    continues:
      'After the fixed term the contract goes on until further notice at the price of the price list. We shall tell you beforehand.',
    ends: 'After the fixed term the contract ends. We shall tell you beforehand.',
    terms: 'Terms',
    prices: 'Prices (incl. VAT)',
    unknown: 'to be confirmed',
    year: (cost: string, kwh: string) => `Estimate for a year: ${cost} (${kwh} kWh)`,
    basis: {
      measured: 'Reckoned on your own consumption of the last 12 months.',
      estimate: 'Reckoned on the estimated yearly use of the site.',
      told: 'Reckoned on the consumption that you told us.',
    },
    valid: (day: string) => `The offer is valid until ${day}.`,
    writing:
      'The call does not bind you. There is a contract only when you accept this offer in writing: by e-mail, text message, letter or in the portal.',
    withdrawal: (days: string) =>
      `You may withdraw from the contract without giving a reason within ${days} days of making it. Tell us so clearly, for example by e-mail or letter. If you ask for supply before that time is over, you pay for the energy supplied until you withdraw.`,
  },
} as const

export const dayIn = (day: string): string => day.split('-').map(Number).toReversed().join('.')

export const documentOf = (said: Said): string => {
  const w = words[said.language]
  const { euros, number } = money(said.language)
  const priceOf = ({ component, size, unit, amount, vat, tax }: Said['prices'][number]): string => {
    const name = [componentWords[said.language][component] ?? component, size].filter(Boolean).join(' ')
    if (vat === null || tax === null) return `  ${name}: ${w.unknown}`
    if (unit === 'percent') return `  ${name}: ${number(amount, 0)} %`
    const whole = ((amount + (unit === 'kWh' ? tax : 0)) * (1000 + vat)) / 1000
    return `  ${name}: ${number(whole / (unit === 'kWh' ? 1000 : 100), 2)} ${unitWords[said.language][unit] ?? unit}`
  }
  const { seller, year_cost: year } = said
  return [
    w.offer(said.number),
    '',
    `${w.seller}: ${seller.name}${seller.business_id === null ? '' : ` (${seller.business_id})`}`,
    `${w.product}: ${said.name}`,
    `${w.starts}: ${dayIn(said.starts_on)}`,
    said.fixed_until === null ? w.open : w.fixed(dayIn(said.fixed_until)),
    ...(said.after_term === null ? [] : [w[said.after_term]]),
    `${w.terms}: ${said.terms_version}`,
    '',
    `${w.prices}:`,
    ...said.prices.map(priceOf),
    ...(year === null
      ? []
      : ['', w.year(euros(year.gross), number(year.wh / 1000, 0)), w.basis[year.basis as keyof typeof w.basis]]),
    '',
    w.valid(dayIn(said.valid_until)),
    ...(said.in_writing ? ['', w.writing] : []),
    ...(said.withdrawal_days === null ? [] : ['', w.withdrawal(String(said.withdrawal_days))]),
    '',
  ].join('\n')
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')
