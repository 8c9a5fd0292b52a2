// One series of a metering message by a parser of XML: each value as a row of the portal's form. For messages that are not written as usual, for previews and for faults.
import { SaxesParser } from 'saxes'
import { Invalid } from '../../../platform/errors.ts'
import { readTime, stepOf } from '../intake/rules.ts'

const broken = (byte: number, why: string): Invalid =>
  new Invalid('message.broken', {
    status: 422,
    detail: `the XML of the series that begins at byte ${byte} is broken: ${why}`,
    faults: [{ path: 'file', code: 'message.broken', message: why }],
  })

type Observation = { place: string; amount: string; said: string }
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
const minute = 60_000

/** What is said of the series itself, by the element that says it and the one around it. */
const facts: Readonly<Record<string, string>> = {
  'MeteringPointUsedDomainLocation Identification': 'point',
  'ProductIncludedProductCharacteristic Identification': 'product',
  'ProductIncludedProductCharacteristic UnitType': 'unit',
  'ObservationPeriodTimeSeriesPeriod ResolutionDuration': 'resolution',
  'ObservationPeriodTimeSeriesPeriod Start': 'start',
  'ObservationPeriodTimeSeriesPeriod End': 'end',
}

const timeOf = (start: string, end: string, resolution: string, place: string): string => {
  const [time, until, step] = [readTime(start), readTime(end), stepOf(resolution)]
  const number = /^\d{1,7}$/.test(place) ? Number(place) : 0
  // What cannot be reckoned stands as it was written, and is told as a fault of the row.
  if (typeof time !== 'number' || step === undefined) return number < 1 ? `${start} + ${place}` : start
  const at = time + (number - 1) * step * minute
  if (number < 1 || (typeof until === 'number' && at >= until)) return `${start} + ${place}`
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

/**
 * @param byte where it begins in its file
 * @returns point, product, resolution, unit, kind of reading, time, amount, quality: as in the portal's export
 * @throws Invalid when it is not well-formed
 */
export const rowsOfTransaction = (bytes: Buffer, byte: number): readonly (readonly string[])[] => {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  const series: Record<string, string> = {}
  const observations: Observation[] = []
  const open: string[] = []
  let text = ''
  parser.on('error', (error) => {
    throw broken(byte, error.message)
  })
  parser.on('doctype', () => {
    throw broken(byte, 'it declares entities')
  })
  parser.on('opentag', ({ name }) => {
    open.push(localName(name))
    text = ''
    if (open.at(-1) === 'OBS') observations.push({ place: '', amount: '', said: '' })
  })
  const told = (more: string): void => void (text += more)
  parser.on('text', told)
  parser.on('cdata', told)
  parser.on('closetag', () => {
    const name = open.pop() ?? ''
    const said = text.trim()
    text = ''
    const observation = open.includes('OBS') ? observations.at(-1) : undefined
    if (observation === undefined) {
      const fact = facts[`${open.at(-1)} ${name}`]
      if (fact !== undefined) series[fact] = said
    } else if (name === 'SEQ') observation.place = said
    else if (name === 'QTY') observation.amount = said
    else if (name === 'QQ') observation.said = said
    else if (name === 'QM' && (said === '1' || said === 'true')) observation.said = 'MISSING'
  })
  parser.write(bytes.toString('utf8')).close()
  const { point = '', product = '', unit = '', resolution = '', start = '', end = '' } = series
  return observations.map(({ place, amount, said }) => [
    point,
    product,
    resolution,
    unit,
    'BN01',
    timeOf(start, end, resolution, place),
    amount.replace('.', ','),
    said === '' ? 'OK' : said,
  ])
}
