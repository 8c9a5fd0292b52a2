// How a sender's row becomes a contact of a customer. Pure.
import { createHash } from 'node:crypto'
import { instantOf } from '../../../platform/clock.ts'
import {
  type CellFault,
  isFault,
  type Mapping,
  parseDay,
  rowReader,
  type ValueFault,
} from '../../../platform/tabular/index.ts'
import { type channels, type directions, type outcomes, topics } from '../api.ts'

export const fields = {
  customer: ['asiakasnumero', 'asiakasnro', 'kundnummer', 'customer number', 'customer no'],
  at: ['aika', 'ajankohta', 'pvm', 'päivä', 'päivämäärä', 'tid', 'datum', 'time', 'date', 'at'],
  channel: ['kanava', 'yhteydenottotapa', 'kanal', 'channel'],
  direction: ['suunta', 'riktning', 'direction'],
  topic: ['aihe', 'luokka', 'ämne', 'topic', 'subject'],
  outcome: ['tulos', 'lopputulos', 'resultat', 'outcome'],
  body: ['sisältö', 'teksti', 'kuvaus', 'muistiinpano', 'innehåll', 'text', 'note', 'body', 'content'],
  key: ['tapahtumatunnus', 'yhteydenoton tunnus', 'ulkoinen tunnus', 'händelse id', 'contact id', 'external key', 'id'],
} as const
export type Field = keyof typeof fields

export const columnFaults = (mapping: Mapping): readonly CellFault[] =>
  ['customer', 'at']
    .filter((field) => mapping[field] === undefined)
    .map((field) => ({ field, code: 'column.missing', value: '' }))

export type ImportedContact = {
  readonly key: string
  readonly customer: string
  readonly at: string
  readonly channel: (typeof channels)[number]
  readonly direction: (typeof directions)[number]
  readonly topic: string | null
  readonly outcome: (typeof outcomes)[number] | null
  readonly body: string | null
}

const channelWords: Readonly<Record<string, ImportedContact['channel']>> = {
  puhelu: 'call',
  puhelin: 'call',
  samtal: 'call',
  telefon: 'call',
  call: 'call',
  phone: 'call',
  sähköposti: 'email',
  'e-post': 'email',
  email: 'email',
  'e-mail': 'email',
  chat: 'chat',
  chatti: 'chat',
  chatt: 'chat',
  kirje: 'letter',
  brev: 'letter',
  letter: 'letter',
  käynti: 'visit',
  besök: 'visit',
  visit: 'visit',
  muistiinpano: 'note',
  anteckning: 'note',
  note: 'note',
}
const directionWords: Readonly<Record<string, ImportedContact['direction']>> = {
  saapunut: 'in',
  sisään: 'in',
  inkommande: 'in',
  in: 'in',
  lähtenyt: 'out',
  ulos: 'out',
  utgående: 'out',
  out: 'out',
  sisäinen: 'internal',
  intern: 'internal',
  internal: 'internal',
}
const outcomeWords: Readonly<Record<string, ImportedContact['outcome']>> = {
  vastattu: 'answered',
  besvarat: 'answered',
  answered: 'answered',
  luvattu: 'promised',
  lovat: 'promised',
  promised: 'promised',
  siirretty: 'forwarded',
  vidarebefordrat: 'forwarded',
  forwarded: 'forwarded',
  'ei tavoitettu': 'unreached',
  'ej anträffad': 'unreached',
  unreached: 'unreached',
  'ei tulosta': 'none',
  none: 'none',
}
const topicWords: Readonly<Record<string, string>> = {
  lasku: 'invoice',
  faktura: 'invoice',
  sopimus: 'contract',
  avtal: 'contract',
  muutto: 'move',
  flytt: 'move',
  kulutus: 'consumption',
  förbrukning: 'consumption',
  katko: 'outage',
  avbrott: 'outage',
  liittymä: 'connection',
  anslutning: 'connection',
  maksu: 'payment',
  betalning: 'payment',
  tiedot: 'data',
  uppgifter: 'data',
  valitus: 'complaint',
  reklamaatio: 'complaint',
  klagomål: 'complaint',
  muu: 'other',
  annat: 'other',
  ...Object.fromEntries(topics.map((topic) => [topic, topic])),
}

/** A day with or without a time, in Finland: `24.11.2026 13.45`, `2026-11-24T13:45:00`. */
const readInstant = (text: string): string | ValueFault => {
  const [, day = '', hour = '12', minute = '00', second = '00'] =
    /^(.+?)(?:(?:[T ]|\sklo\s)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?$/u.exec(text) ?? []
  const read = parseDay(day)
  if (isFault(read)) return read
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { code: 'value.no-day', message: text }
  return instantOf(read, `${hour.padStart(2, '0')}:${minute}:${second}`)
}

const longest = 10_000

export const readContact = (
  mapping: Mapping<Field>,
  cells: readonly string[],
): ImportedContact | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const customer = row.text('customer', 40)
  if (customer === null) row.fault('customer', 'value.missing')
  const at = row.value('at', readInstant)
  if (at === null && row.text('at') === null) row.fault('at', 'value.missing')
  const topic = row.value('topic', (text) => topicWords[text.toLowerCase()] ?? 'other')
  const record = {
    customer: customer ?? '',
    at: at ?? '',
    channel: row.value('channel', (text) => channelWords[text.toLowerCase()], 'word.unknown') ?? 'note',
    direction: row.value('direction', (text) => directionWords[text.toLowerCase()], 'word.unknown') ?? 'in',
    topic,
    outcome: row.value('outcome', (text) => outcomeWords[text.toLowerCase()] ?? undefined, 'word.unknown'),
    body: row.text('body', longest),
  }
  const key = row.text('key', 100)
  if (row.faults.length > 0) return row.faults
  // Without a key of its own a contact is known by all that it says.
  return { ...record, key: key ?? createHash('sha256').update(JSON.stringify(record)).digest('base64url') }
}
