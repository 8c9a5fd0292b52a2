// How a row of a file becomes what the registers of a heat meter showed at an hour. Pure.
import { type CellFault, type Mapping, rowReader } from '../../../platform/tabular/index.ts'
import { readTime } from '../intake/rules.ts'
import type { Shown } from './block.ts'
import { hour } from './registers.ts'

export const fields = {
  point: [
    'käyttöpaikkatunnus',
    'käyttöpaikan tunnus',
    'käyttöpaikka',
    'driftplats',
    'driftplats-id',
    'accounting point',
  ],
  meter: ['mittarinumero', 'mittarin numero', 'mittari', 'mätarnummer', 'mätare', 'meter', 'meter id', 'meter number'],
  start: ['lukuaika', 'aika', 'lukemahetki', 'avläst', 'tid', 'time', 'read at', 'timestamp', 'time rounded'],
  zone: ['aikavyöhyke', 'tidszon', 'zone', 'time zone'],
  heat: ['energialukema', 'energia', 'lukema', 'energimätarställning', 'energi', 'energy', 'heat', 'energy heat kwh'],
  unit: ['energian yksikkö', 'yksikkö', 'enhet', 'unit', 'energy unit'],
  volume: ['vesimäärä', 'tilavuus', 'virtaama (m³)', 'volym', 'volume', 'volume m3', 'volume flow m3'],
  supply: ['tilavuus x menolämpötila', 'meno (m³·°C)', 'tillopp (m³·°C)', 'supply m3xC', 'inlet flow energy m3xC'],
  back: ['tilavuus x paluulämpötila', 'paluu (m³·°C)', 'retur (m³·°C)', 'return m3xC', 'back flow energy m3xC'],
} as const
export type Field = keyof typeof fields

export const columnFaults = (mapping: Mapping): readonly CellFault[] => [
  ...(mapping['point'] === undefined && mapping['meter'] === undefined
    ? [{ field: 'point', code: 'column.point-or-meter', value: '' }]
    : []),
  ...['start', 'heat']
    .filter((field) => mapping[field] === undefined)
    .map((field) => ({ field, code: 'column.missing', value: '' })),
]

export type ImportedRegisters = {
  readonly point: string | null
  readonly meter: string | null
  /** Milliseconds since the epoch: a whole hour. */
  readonly at: number
  readonly shown: Shown
}

const units: Readonly<Record<string, number>> = { wh: 0, kwh: 3, mwh: 6, gwh: 9 }
/** A register is no more than this in its smallest unit: all of it is exact as a number. */
const most = 10n ** 15n

/** Whole smallest units, `power` powers of ten below the unit that is written, rounded half up; meters and their readers write any number of decimals. */
export const smallest = (written: string, power: number): number | undefined => {
  const parts = /^(\d{1,15})(?:[.,](\d{1,20}))?$/.exec(written.replaceAll(/[\s\u00a0]/g, ''))
  if (parts === null) return undefined
  const [, whole = '', decimals = ''] = parts
  const fraction = decimals.padEnd(power + 1, '0')
  const divisor = 10n ** BigInt(fraction.length - power)
  const value = (BigInt(whole + fraction) + divisor / 2n) / divisor
  return value > most ? undefined : Number(value)
}

/** A time without a zone of its own, in the zone that the column beside it tells: `UTC+2`, `+02:00`, `Z`. Winter time all the year is such a zone. */
const withZone = (written: string, zone: string): string | undefined => {
  const parts = /^(?:UTC|GMT)?(?:Z|([+-])(\d{1,2})(?::?(\d\d))?)?$/i.exec(
    zone.replaceAll('\u2212', '-').replaceAll(' ', ''),
  )
  const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?$/.exec(written)
  if (parts === null || time === null) return undefined
  const [, sign = '+', hours = '0', minutes = '00'] = parts
  return `${time[1]}T${time[2]}${time[3] ?? ':00'}${sign}${hours.padStart(2, '0')}:${minutes}`
}

export const readRegisters = (
  mapping: Mapping<Field>,
  cells: readonly string[],
): ImportedRegisters | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const [point, meter] = [row.text('point', 60), row.text('meter', 50)]
  if (point === null && meter === null) row.fault(mapping.point === undefined ? 'meter' : 'point', 'value.missing')
  const zone = row.text('zone', 40)
  const at = row.value('start', (text) => {
    if (zone === null) return readTime(text)
    const whole = withZone(text, zone)
    return whole === undefined
      ? { code: 'time.zone-unknown', message: 'write the time as 2026-11-24 08:00 and the zone as UTC+2' }
      : readTime(whole)
  })
  if (at === null && row.text('start') === null) row.fault('start', 'value.missing')
  else if (at !== null && at % hour !== 0) row.fault('start', 'register.off-hour')
  const unit = units[(row.text('unit', 10) ?? 'kWh').toLowerCase()]
  if (unit === undefined) row.fault('unit', 'unit.unknown')
  const heat = row.value('heat', (text) => smallest(text, unit ?? 3), 'value.no-register')
  if (heat === null && row.text('heat') === null) row.fault('heat', 'value.missing')
  const volume = row.value('volume', (text) => smallest(text, 6), 'value.no-register')
  const supply = row.value('supply', (text) => smallest(text, 3), 'value.no-register')
  const back = row.value('back', (text) => smallest(text, 3), 'value.no-register')
  if (row.faults.length > 0 || at === null || heat === null) return row.faults
  return { point: point?.replaceAll(' ', '') ?? null, meter, at, shown: [heat, volume, supply, back] }
}
