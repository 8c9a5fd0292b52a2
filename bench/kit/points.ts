// Homes with an electricity point each, somebody who lives there and two contracts, and the files of values that come of them: by numbers, so that all are told apart.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type pg from 'pg'
import { dayAfter, slotsOf, startOf } from '../../chapters/metering/grid.ts'

/** Check digits are nothing that is looked at when values come in. */
export const codeOf = (point: number): string => `6430000${String(point).padStart(11, '0')}`

/** In an empty register. Made as the owner of the tables, with references and walls that hold. */
export const putPoints = async (owner: pg.Pool, count: number): Promise<void> => {
  const told = `'bench', '2026-01-01Z', 'bench'`
  await owner.query(`
    insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
      values (1, 'BENCH-S', 'electricity', 'sales', 'Myynti', 'Försäljning', 'Sales', '[2020-01-01,)'), (2, 'BENCH-N', 'electricity', 'network', 'Siirto', 'Nät', 'Network', '[2020-01-01,)')
      on conflict do nothing;
    insert into customer (number, kind, stage, language, controllers, source, recorded_at, recorded_by)
      select 'bench-' || n, 'natural', 'customer', 'fi', 3, ${told} from generate_series(1, ${count}) n;
    insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
      select 'Mittauskatu', n::text, (select min(code) from postcode), 'permanent-dwelling', 3, ${told} from generate_series(1, ${count}) n;
    with home as (select id, row_number() over (order by id) as n from site where street_fi = 'Mittauskatu')
    insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
      select id, 'electricity', '6430000' || lpad(n::text, 11, '0'), 'consumption', 'connected', 3, ${told} from home order by n;
    with home as (select id, row_number() over (order by id) as n from site where street_fi = 'Mittauskatu'),
         person as (select id, row_number() over (order by id) as n from customer where number like 'bench-%')
    insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
      select person.id, home.id, 'holder', '[2020-01-01,)', 3, ${told} from home join person using (n);
    insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
      select 'bench-' || r.kind || p.id, r.controller, r.kind, 'electricity', p.site_id, p.id, r.id, '[2020-01-01,)', '2024', ${told}
        from accounting_point p cross join product r where p.code like '6430000%' and r.code like 'BENCH-%';
    analyze;`)
}

/** Wh: some 60 to 560, as a home uses in a quarter. */
export const whAt = (point: number, day: number, slot: number): number =>
  60 + ((Math.imul(point * 31 + day * 17 + slot * 13, 2_654_435_761) >>> 8) % 500)

const isoOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`
const quarter = 900_000

export type Values = {
  readonly points: number
  readonly from: string
  readonly days: number
  /** One day of twenty says something else. */
  readonly corrected?: boolean
}

/** A value of the file; in a corrected one some quarters of every twentieth day are another. */
export const valueOf = (
  { corrected = false }: Pick<Values, 'corrected'>,
  point: number,
  day: number,
  slot: number,
): number => whAt(point, day, slot) + (corrected && (point + day) % 20 === 0 && slot % 24 === 3 ? 1 : 0)

const kilowattHours = (wh: number): string => `${Math.floor(wh / 1000)},${String(wh % 1000).padStart(3, '0')}000`

/** Day after day, point after point, as a delivery of a day's values is. */
const eachDay = async (
  path: string,
  values: Values,
  beginning: string,
  text: (point: number, day: number, dayText: string, start: number, count: number) => string,
  end: string,
): Promise<number> => {
  const stream = createWriteStream(path)
  let bytes = 0
  const write = async (part: string): Promise<void> => {
    bytes += Buffer.byteLength(part)
    if (!stream.write(part)) await once(stream, 'drain')
  }
  await write(beginning)
  for (let day = 0; day < values.days; day++) {
    const dayText = dayAfter(values.from, day)
    const [start, count] = [startOf(dayText), slotsOf(dayText, 15)]
    let part = ''
    for (let point = 1; point <= values.points; point++) {
      part += text(point, day, dayText, start, count)
      if (part.length < 1_000_000) continue
      await write(part)
      part = ''
    }
    await write(part)
  }
  await write(end)
  stream.end()
  await once(stream, 'finish')
  return bytes
}

export const header =
  'Mittauspisteen tunnus;Tuotteen tyyppi;Resoluutio;Yksikkötyyppi;Lukeman tyyppi;Alkuaika;Määrä;Laatu'

/** As the portal exports it. @returns its size in bytes */
export const writePortal = (path: string, values: Values): Promise<number> => {
  let known = { start: 0, times: [] as readonly string[] }
  return eachDay(
    path,
    values,
    `${header}\r\n`,
    (point, day, _, start, count) => {
      if (known.start !== start)
        known = { start, times: Array.from({ length: count }, (__, slot) => isoOf(start + slot * quarter)) }
      const prefix = `${codeOf(point)};8716867000030;PT15M;kWh;BN01;`
      let lines = ''
      for (let slot = 0; slot < count; slot++)
        lines += `${prefix}${known.times[slot]};${kilowattHours(valueOf(values, point, day, slot))};OK\r\n`
      return lines
    },
    '',
  )
}

const messageHead = `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><urn:SendMessageRequest xmlns:urn="urn:cms:b2b:v01"><urn:MessageContainer><urn:Payload><urn1:EnergyTimeSeriesMessage xmlns:urn1="urn:fi:Datahub:mif:metering:E66_EnergyTimeSeries:v1" xmlns:urn2="urn:fi:Datahub:mif:common:HDR_Header:elements:v1" xmlns:urn3="urn:fi:Datahub:mif:common:PEC_ProcessEnergyContext:elements:v1" xmlns:urn4="urn:fi:Datahub:mif:metering:E66_EnergyTimeSeries:elements:v1"><urn1:EnergyTimeSeries><urn1:Header><urn2:Identification>bench</urn2:Identification><urn2:DocumentType listAgencyIdentifier="260">E66</urn2:DocumentType><urn2:Creation>2026-11-24T08:00:00Z</urn2:Creation></urn1:Header><urn1:ProcessEnergyContext><urn3:EnergyBusinessProcess>DH-211</urn3:EnergyBusinessProcess><urn3:EnergyBusinessProcessRole>MDR</urn3:EnergyBusinessProcessRole><urn3:EnergyIndustryClassification>23</urn3:EnergyIndustryClassification></urn1:ProcessEnergyContext>`
const messageEnd = `</urn1:EnergyTimeSeries></urn1:EnergyTimeSeriesMessage></urn:Payload></urn:MessageContainer></urn:SendMessageRequest></env:Body></env:Envelope>`

/** As the datahub's metering message, a series for each point and day. @returns its size in bytes */
export const writeMessage = (path: string, values: Values): Promise<number> =>
  eachDay(
    path,
    values,
    messageHead,
    (point, day, dayText, start, count) => {
      let observations = ''
      for (let slot = 0; slot < count; slot++)
        observations += `<urn4:OBS><urn4:SEQ>${slot + 1}</urn4:SEQ><urn4:EOBS><urn4:QTY>${kilowattHours(valueOf(values, point, day, slot)).replace(',', '.')}</urn4:QTY></urn4:EOBS></urn4:OBS>`
      return `<urn1:Transaction><urn4:UniqueIdentification>${point}-${dayText}</urn4:UniqueIdentification><urn4:ObservationPeriodTimeSeriesPeriod><urn4:ResolutionDuration>PT15M</urn4:ResolutionDuration><urn4:Start>${isoOf(start)}</urn4:Start><urn4:End>${isoOf(start + count * quarter)}</urn4:End></urn4:ObservationPeriodTimeSeriesPeriod><urn4:ProductIncludedProductCharacteristic><urn4:Identification schemeAgencyIdentifier="9">8716867000030</urn4:Identification><urn4:UnitType>kWh</urn4:UnitType></urn4:ProductIncludedProductCharacteristic><urn4:MPDetailMeasurementMeteringPointCharacteristic><urn4:MeteringPointType>F01</urn4:MeteringPointType></urn4:MPDetailMeasurementMeteringPointCharacteristic><urn4:MeteringPointUsedDomainLocation><urn4:Identification schemeAgencyIdentifier="9">${codeOf(point)}</urn4:Identification></urn4:MeteringPointUsedDomainLocation>${observations}</urn1:Transaction>`
    },
    messageEnd,
  )
