// How a sender's row becomes a home with its point, and who lives there. Pure.
import type { z } from 'zod'
import {
  type CellFault,
  type Mapping,
  parseBoolean,
  parseDay,
  parseDecimal,
  rowReader,
} from '../../../platform/tabular/index.ts'
import { type energies, fuses, type occupancyRoles, type point, type uses } from '../api.ts'
import { type meteringMethods, resolutions, taxClasses } from '../points/api.ts'
import { readGridArea } from '../points/grid-area.ts'
import { strangeColumns } from '../points/rules.ts'
import { pointCode } from '../rules.ts'

export const fields = {
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
  energy: ['energia', 'energiamuoto', 'laji', 'energislag', 'energy'],
  point_kind: ['käyttöpaikan laji', 'tuotanto/kulutus', 'point kind'],
  point_status: ['käyttöpaikan tila', 'kytkentätila', 'point status'],
  street: ['katuosoite', 'lähiosoite', 'osoite', 'käyttöpaikan osoite', 'gatuadress', 'adress', 'street', 'address'],
  street_sv: ['katuosoite ruotsiksi', 'gatuadress på svenska', 'street in swedish'],
  house_number: ['talonumero', 'talo', 'husnummer', 'house number'],
  staircase: ['porras', 'rappu', 'trappa', 'staircase'],
  apartment: ['huoneisto', 'asunto', 'lägenhet', 'apartment'],
  postcode: ['postinumero', 'postinro', 'postnummer', 'postcode', 'postal code'],
  use: ['käyttötarkoitus', 'kohdetyyppi', 'användning', 'use'],
  heated: ['sähkölämmitys', 'elvärme', 'heated by electricity'],
  fuse: ['pääsulake', 'sulakekoko', 'huvudsäkring', 'main fuse'],
  capacity: ['teho', 'tilausteho', 'liittymisteho', 'effekt', 'capacity kw'],
  connected_on: ['liittymispäivä', 'liitetty', 'anslutningsdag', 'connected on'],
  metering_method: ['mittaustapa', 'mätsätt', 'metering method'],
  resolution: ['mittausväli', 'mätintervall', 'resolution', 'metering interval'],
  grid_area: ['verkkoalue', 'verkkoaluetunnus', 'mittausalue', 'nätområde', 'grid area'],
  tax_class: ['veroluokka', 'sähköveroluokka', 'skatteklass', 'tax class'],
  contract_flow: ['sopimusvesivirta', 'avtalsflöde', 'contract flow'],
  contract_power: ['sopimusteho', 'avtalseffekt', 'contract power'],
  customer: ['asiakasnumero', 'asiakasnro', 'kundnummer', 'customer number', 'customer no'],
  occupant: ['asumismuoto', 'rooli', 'roll', 'role'],
  from: ['alkaen', 'muuttopäivä', 'sisäänmuutto', 'inflyttning', 'moved in', 'from'],
  to: ['asti', 'päättyen', 'poismuutto', 'utflyttning', 'moved out', 'to'],
} as const
export type Field = keyof typeof fields

export const columnFaults = (mapping: Mapping): readonly CellFault[] =>
  ['point', 'street', 'postcode']
    .filter((field) => mapping[field] === undefined)
    .map((field) => ({ field, code: 'column.missing', value: '' }))

export type ImportedSite = {
  readonly point: string
  readonly energy: (typeof energies)[number]
  readonly point_kind: z.output<typeof point>['kind']
  readonly point_status: z.output<typeof point>['status']
  readonly street: string
  readonly street_sv: string | null
  readonly house_number: string | null
  readonly staircase: string | null
  readonly apartment: string | null
  readonly postcode: string
  readonly use: (typeof uses)[number]
  readonly heated: boolean
  readonly fuse: (typeof fuses)[number] | null
  readonly capacity: string | null
  readonly connected_on: string | null
  /** What holds of the point from the day on which it was connected; null where the file does not say how it is metered. */
  readonly facts: ImportedFacts | null
  readonly customer: string | null
  readonly occupant: (typeof occupancyRoles)[number]
  readonly from: string | null
  readonly to: string | null
}

export type ImportedFacts = {
  readonly metering_method: (typeof meteringMethods)[number]
  readonly resolution_minutes: (typeof resolutions)[number] | null
  readonly grid_area: string | null
  readonly tax_class: (typeof taxClasses)[number] | null
  readonly contract_flow: string | null
  readonly contract_power: string | null
}

type Words<T extends string> = Readonly<Record<string, T>>
const energyWords: Words<ImportedSite['energy']> = {
  sähkö: 'electricity',
  el: 'electricity',
  electricity: 'electricity',
  lämpö: 'heat',
  kaukolämpö: 'heat',
  värme: 'heat',
  fjärrvärme: 'heat',
  heat: 'heat',
  kaasu: 'gas',
  gas: 'gas',
  höyry: 'steam',
  ånga: 'steam',
  steam: 'steam',
}
const kindWords: Words<ImportedSite['point_kind']> = {
  kulutus: 'consumption',
  förbrukning: 'consumption',
  consumption: 'consumption',
  tuotanto: 'production',
  produktion: 'production',
  production: 'production',
}
const statusWords: Words<ImportedSite['point_status']> = {
  rakenteilla: 'under-construction',
  'under construction': 'under-construction',
  kytketty: 'connected',
  inkopplad: 'connected',
  connected: 'connected',
  katkaistu: 'disconnected',
  irtikytketty: 'disconnected',
  frånkopplad: 'disconnected',
  disconnected: 'disconnected',
  poistettu: 'removed',
  borttagen: 'removed',
  removed: 'removed',
}
const useWords: Words<ImportedSite['use']> = {
  'vakituinen asunto': 'permanent-dwelling',
  asunto: 'permanent-dwelling',
  'permanent dwelling': 'permanent-dwelling',
  'vapaa-ajan asunto': 'holiday-home',
  mökki: 'holiday-home',
  fritidsbostad: 'holiday-home',
  'holiday home': 'holiday-home',
  yritys: 'business',
  liike: 'business',
  business: 'business',
  företag: 'business',
  kiinteistö: 'property',
  fastighet: 'property',
  property: 'property',
  muu: 'other',
  annan: 'other',
  other: 'other',
}
const roleWords: Words<ImportedSite['occupant']> = {
  haltija: 'holder',
  innehavare: 'holder',
  holder: 'holder',
  talous: 'household',
  asukas: 'household',
  hushåll: 'household',
  household: 'household',
  omistaja: 'owner',
  ägare: 'owner',
  owner: 'owner',
}
const methodWords: Words<ImportedFacts['metering_method']> = {
  jatkuva: 'continuous',
  kontinuerlig: 'continuous',
  continuous: 'continuous',
  luettava: 'reading',
  lukema: 'reading',
  avläses: 'reading',
  reading: 'reading',
  mittaamaton: 'unmetered',
  omätt: 'unmetered',
  unmetered: 'unmetered',
}
const resolutionOf = (text: string): ImportedFacts['resolution_minutes'] | undefined => {
  const minutes = { PT15M: 15, PT1H: 60 }[text.toUpperCase()] ?? Number(text.replace(/\s*min\.?$/iu, ''))
  return resolutions.find((one) => one === minutes)
}
const amountOf = (text: string): string | undefined => {
  const read = parseDecimal(text)
  return typeof read === 'string' && Number(read) > 0 ? read : undefined
}
const fuseOf = (text: string): ImportedSite['fuse'] | undefined => {
  const [, phases, amperes] = /^([13])\s*[x×*]\s*(\d+)\s*a?$/iu.exec(text) ?? []
  return phases === undefined ? undefined : (fuses.find((fuse) => fuse === `${phases}x${amperes}A`) ?? undefined)
}
/** `Mallikatu 12 B 3` in one cell: street, number, staircase, apartment. */
const parted = (street: string): readonly (string | null)[] => {
  const [, name, number, staircase, apartment] =
    /^(.*?\p{L}\.?)\s+(\d+[a-z]?(?:-\d+)?)(?:\s*([a-z]))?(?:\s*(\d+[a-z]?))?$/iu.exec(street) ?? []
  return name === undefined
    ? [street, null, null, null]
    : [name, number ?? null, staircase?.toUpperCase() ?? null, apartment ?? null]
}

const factNames = ['resolution', 'grid_area', 'tax_class', 'contract_flow', 'contract_power'] as const

/** The facts of the row; what is wrong with them is told to `row`. */
const factsOf = (row: ReturnType<typeof rowReader<Field>>, energy: ImportedSite['energy']): ImportedFacts | null => {
  const method = row.value('metering_method', (text) => methodWords[text.toLowerCase()], 'word.unknown')
  const resolution = row.value('resolution', resolutionOf, 'interval.unknown')
  const grid_area = row.value(
    'grid_area',
    (text) => {
      const read = readGridArea(text)
      return 'code' in read ? read.code : undefined
    },
    'grid-area.malformed',
  )
  const tax_class = row.value(
    'tax_class',
    (text) => taxClasses.find((one) => String(one) === text),
    'tax-class.unknown',
  )
  const contract_flow = row.value('contract_flow', amountOf, 'amount.unusable')
  const contract_power = row.value('contract_power', amountOf, 'amount.unusable')
  const metering_method = method ?? (resolution === null ? null : 'continuous')
  const facts = { metering_method, resolution_minutes: resolution, grid_area, tax_class, contract_flow, contract_power }
  for (const name of strangeColumns(energy, facts)) row.fault(name as Field, 'point-facts.other-energy')
  if (contract_flow !== null && contract_power !== null) row.fault('contract_power', 'point-facts.flow-and-power')
  if (metering_method === null) {
    if (factNames.some((name) => row.text(name) !== null) && row.text('metering_method') === null)
      row.fault('metering_method', 'value.missing')
    return null
  }
  if ((metering_method === 'continuous') === (resolution === null) && row.text('resolution') === null)
    row.fault('resolution', 'value.missing')
  else if (metering_method !== 'continuous' && resolution !== null) row.fault('resolution', 'point-facts.resolution')
  return { ...facts, metering_method }
}

/** A home, or every fault of the row at once. */
export const readSite = (mapping: Mapping<Field>, cells: readonly string[]): ImportedSite | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const one = <T extends string>(field: Field, words: Words<T>): T | null =>
    row.value(field, (text) => words[text.toLowerCase()], 'word.unknown')
  const energy = one('energy', energyWords) ?? 'electricity'
  const written = row.text('point', 40)
  if (written === null) row.fault('point', 'value.missing')
  const code = written === null ? undefined : pointCode(energy, written)
  if (code?.refused !== undefined) row.fault('point', code.refused.code)
  const whole = row.text('street', 120)
  if (whole === null) row.fault('street', 'value.missing')
  const [street, number, staircase, apartment] =
    mapping.house_number === undefined && whole !== null
      ? parted(whole)
      : [whole, row.text('house_number', 20), row.text('staircase', 10), row.text('apartment', 10)]
  const postcode = row.value('postcode', (text) => (/^\d{5}$/.test(text) ? text : undefined), 'postcode.unusable')
  if (postcode === null && row.text('postcode') === null) row.fault('postcode', 'value.missing')
  const fuse = row.value('fuse', fuseOf, 'fuse.unknown')
  const capacity = row.value('capacity', (text) => parseDecimal(text))
  if (energy !== 'electricity' && fuse !== null) row.fault('fuse', 'connection.fuse-without-electricity')
  const customer = row.text('customer', 40)
  const from = row.value('from', parseDay)
  const to = row.value('to', parseDay)
  if (customer !== null && from === null && row.text('from') === null) row.fault('from', 'value.missing')
  if (from !== null && to !== null && to <= from) row.fault('to', 'period.empty')
  const heated = row.value('heated', parseBoolean)
  const record = {
    point: code?.refused === undefined ? (code?.code ?? '') : '',
    energy,
    point_kind: one('point_kind', kindWords) ?? 'consumption',
    point_status: one('point_status', statusWords) ?? 'connected',
    street: street ?? '',
    street_sv: row.text('street_sv', 120),
    house_number: number ?? null,
    staircase: staircase ?? null,
    apartment: apartment ?? null,
    postcode: postcode ?? '',
    use: one('use', useWords) ?? 'permanent-dwelling',
    heated: heated ?? false,
    fuse: fuse ?? null,
    capacity,
    connected_on: row.value('connected_on', parseDay),
    facts: factsOf(row, energy),
    customer,
    occupant: one('occupant', roleWords) ?? 'holder',
    from,
    to,
  } as const
  return row.faults.length > 0 ? row.faults : record
}
