// How a sender's row becomes a contract, by the numbers of its customer, its point and its product. Pure.
import { type CellFault, type Mapping, parseDay, rowReader } from '../../../platform/tabular/index.ts'

export const fields = {
  contract: ['sopimusnumero', 'sopimusnro', 'sopimus', 'avtalsnummer', 'contract number', 'contract'],
  customer: ['asiakasnumero', 'asiakasnro', 'kundnummer', 'customer number', 'customer no'],
  co_holder: ['toinen asiakas', 'toinen asiakasnumero', 'kanssahaltija', 'second customer number'],
  payer: ['maksaja', 'maksajan asiakasnumero', 'betalare', 'payer'],
  point: [
    'käyttöpaikkatunnus',
    'käyttöpaikan tunnus',
    'käyttöpaikka',
    'mittauspiste',
    'gsrn',
    'driftplats',
    'driftställe',
    'accounting point',
    'metering point',
  ],
  product: ['tuote', 'tuotekoodi', 'tuotetunnus', 'produkt', 'product', 'product code'],
  from: ['alkaen', 'alkupäivä', 'alkupvm', 'börjar', 'from', 'start date'],
  to: ['asti', 'päättyen', 'loppupäivä', 'loppupvm', 'slutar', 'to', 'end date'],
  fixed_until: ['määräaikainen asti', 'määräaika päättyy', 'tidsbunden till', 'fixed until'],
  terms: ['ehdot', 'sopimusehdot', 'villkor', 'terms', 'terms version'],
  agreed_on: ['sopimuspäivä', 'solmittu', 'avtalsdag', 'agreed on'],
  agreed_how: ['solmimistapa', 'miten sovittu', 'avtalat per', 'agreed how'],
} as const
export type Field = keyof typeof fields

export const columnFaults = (mapping: Mapping): readonly CellFault[] =>
  ['contract', 'customer', 'point', 'product', 'from']
    .filter((field) => mapping[field] === undefined)
    .map((field) => ({ field, code: 'column.missing', value: '' }))

export type ImportedContract = {
  readonly contract: string
  readonly customer: string
  readonly co_holder: string | null
  readonly payer: string | null
  readonly point: string
  readonly product: string
  readonly from: string
  readonly to: string | null
  readonly fixed_until: string | null
  readonly terms: string
  readonly agreed_on: string | null
  readonly agreed_how: string | null
}

const ways: Readonly<Record<string, string>> = {
  puhelu: 'call',
  puhelin: 'call',
  samtal: 'call',
  call: 'call',
  verkko: 'online',
  verkossa: 'online',
  nätet: 'online',
  online: 'online',
  käynti: 'visit',
  besök: 'visit',
  visit: 'visit',
  kirje: 'letter',
  brev: 'letter',
  letter: 'letter',
  sähköposti: 'email',
  'e-post': 'email',
  email: 'email',
}
/** The older system knows no version of the terms: then it is said that it does not. */
const unknownTerms = 'unknown'

export const readContract = (
  mapping: Mapping<Field>,
  cells: readonly string[],
): ImportedContract | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const must = (field: Field): string => {
    const text = row.text(field, 60)
    if (text === null) row.fault(field, 'value.missing')
    return text ?? ''
  }
  const from = row.value('from', parseDay)
  if (from === null && row.text('from') === null) row.fault('from', 'value.missing')
  const record = {
    contract: must('contract'),
    customer: must('customer'),
    co_holder: row.text('co_holder', 60),
    payer: row.text('payer', 60),
    point: must('point').replaceAll(' ', ''),
    product: must('product'),
    from: from ?? '',
    to: row.value('to', parseDay),
    fixed_until: row.value('fixed_until', parseDay),
    terms: row.text('terms', 60) ?? unknownTerms,
    agreed_on: row.value('agreed_on', parseDay),
    agreed_how: row.value('agreed_how', (text) => ways[text.toLowerCase()], 'word.unknown'),
  }
  return row.faults.length > 0 ? row.faults : record
}
