// What the products of the demonstration cost, and the spot prices of its exchange: made up, of the size that they have in Finland.
import type pg from 'pg'
import { dayAfter, hoursOf } from '../../platform/clock.ts'
import { chanceOf } from './chance.ts'

type Priced = {
  readonly pricing: string
  readonly spot?: true
  readonly term?: number
  /** From a day on: component, amount, size, unit. */
  readonly prices: readonly (readonly [from: string, component: string, amount: number, size?: string, unit?: string])[]
  readonly vat: 'standard' | 'electricity'
  readonly tax?: true
}

const first = '2024-01-01'
/** Cents a month without VAT, by main fuse. */
const fees = (from: string, of: readonly number[]) =>
  ['1x25A', '3x25A', '3x35A', '3x63A', '3x100A', '3x200A'].map(
    (size, i) => [from, 'monthly', of[i] as number, size] as const,
  )

const priced: Readonly<Record<string, Priced>> = {
  'EL-OPEN': {
    pricing: 'open-ended',
    vat: 'electricity',
    prices: [
      [first, 'monthly', 350],
      [first, 'energy', 7_190],
      ['2025-06-01', 'energy', 7_650],
      ['2026-05-01', 'energy', 7_390],
    ],
  },
  'EL-FIXED-24': {
    pricing: 'fixed-term',
    term: 24,
    vat: 'electricity',
    prices: [
      [first, 'monthly', 350],
      [first, 'energy', 6_890],
      ['2026-03-01', 'energy', 7_050],
    ],
  },
  'EL-SPOT': {
    pricing: 'spot',
    spot: true,
    vat: 'electricity',
    prices: [
      [first, 'monthly', 320],
      [first, 'margin', 390],
      ['2026-01-01', 'margin', 430],
    ],
  },
  'EL-HYBRID': {
    pricing: 'hybrid',
    spot: true,
    vat: 'electricity',
    prices: [
      [first, 'monthly', 350],
      [first, 'energy', 6_290],
      [first, 'effect', 100],
    ],
  },
  'NET-GENERAL': {
    pricing: 'general',
    vat: 'standard',
    tax: true,
    prices: [...fees(first, [1_120, 1_420, 2_650, 6_450, 11_780, 22_400]), [first, 'energy', 3_180]],
  },
  'NET-NIGHT': {
    pricing: 'day-night',
    vat: 'standard',
    tax: true,
    prices: [
      ...fees(first, [1_900, 2_440, 4_240, 8_630, 15_370, 29_100]),
      [first, 'energy-day', 3_470],
      [first, 'energy-night', 1_160],
    ],
  },
  'NET-SEASON': {
    pricing: 'season',
    vat: 'standard',
    tax: true,
    prices: [
      ...fees(first, [1_900, 2_440, 4_240, 8_630, 15_370, 29_100]),
      [first, 'energy-winter', 4_300],
      [first, 'energy-other', 1_210],
    ],
  },
  'NET-POWER': {
    pricing: 'demand',
    vat: 'standard',
    tax: true,
    prices: [
      [first, 'monthly', 5_850],
      [first, 'demand', 385],
      [first, 'energy', 1_050],
    ],
  },
  HEAT: {
    pricing: 'heat',
    vat: 'standard',
    prices: [
      [first, 'energy', 7_240],
      ['2025-01-01', 'energy', 7_480],
      [first, 'capacity', 310, '', 'kW-month'],
    ],
  },
  GAS: {
    pricing: 'gas',
    vat: 'standard',
    prices: [
      [first, 'monthly', 1_200],
      [first, 'energy', 6_100],
    ],
  },
  STEAM: {
    pricing: 'steam',
    vat: 'standard',
    prices: [
      [first, 'monthly', 45_000],
      [first, 'energy', 5_400],
    ],
  },
  'NET-CONNECTION': { pricing: 'connection', vat: 'standard', prices: [] },
  'HEAT-CONNECTION': { pricing: 'connection', vat: 'standard', prices: [] },
}

const unitOf = (component: string): string =>
  ({ monthly: 'month', effect: 'percent', demand: 'kW-month' })[component] ?? 'kWh'

export const putPrices = async (client: pg.Client): Promise<void> => {
  const kinds = Object.entries(priced)
  await client.query(
    `update product p set pricing = n.pricing, spot_area = n.area, spot_step = n.step, term_months = n.term
       from unnest($1::text[], $2::text[], $3::text[], $4::smallint[], $5::smallint[]) as n (code, pricing, area, step, term) where p.code = n.code`,
    [
      kinds.map(([code]) => code),
      kinds.map(([, { pricing }]) => pricing),
      kinds.map(([, { spot }]) => (spot ? 'FI' : null)),
      kinds.map(([, { spot }]) => (spot ? 15 : null)),
      kinds.map(([, { term }]) => term ?? null),
    ],
  )
  const rows = kinds.flatMap(([code, { prices, vat, tax }]) =>
    prices.map(([from, component, amount, size = '', unit = unitOf(component)]) => {
      const next = prices
        .filter((other) => other[1] === component && (other[3] ?? '') === size && other[0] > from)
        .map(([day]) => day)
        .toSorted()[0]
      return {
        code,
        from,
        to: next ?? null,
        component,
        amount,
        size,
        unit,
        vat,
        tax: tax && component.startsWith('energy') ? 'I' : null,
      }
    }),
  )
  await client.query(
    `insert into product_price (product_id, component, size, unit, amount, vat_class, tax_class, during, recorded_at, recorded_by)
     select p.id, component, size, unit, amount, vat, tax, daterange("from", "to"), now(), 'system:demo'
       from jsonb_to_recordset($1::jsonb) as n (code text, component text, size text, unit text, amount integer, vat text, tax text, "from" date, "to" date)
       join product p on p.code = n.code
      where not exists (select from product_price known where known.product_id = p.id)`,
    [JSON.stringify(rows)],
  )
}

/** Dear in winter and in the evening, cheap on Sundays and by night, below nothing now and then; by the hour until quarters came in October 2025. */
const dayOfSpot = (chance: ReturnType<typeof chanceOf>, day: string) => {
  const date = new Date(`${day}T00:00Z`)
  const cold = Math.cos((2 * Math.PI * (date.getUTCMonth() + date.getUTCDate() / 30)) / 12)
  const wind = chance.between(-3_000, 3_500) - (chance.once(0.06) ? 4_500 : 0)
  const base = 4_200 + Math.round(2_200 * cold) + wind - (date.getUTCDay() === 0 ? 900 : 0)
  const step = day < '2025-10-01' ? 60 : 15
  const prices = hoursOf(day).hours.flatMap((hour) => {
    const shape = hour < 6 ? -1_500 : hour < 10 ? 1_400 : hour < 16 ? 200 : hour < 21 ? 2_200 : -600
    return Array.from({ length: 60 / step }, () => Math.max(-5_000, base + shape + chance.between(-350, 350)))
  })
  return { day, step, prices }
}

export const putSpotDays = async (client: pg.Client, today: string): Promise<void> => {
  const chance = chanceOf(96)
  const days = []
  for (let day = first; day <= today; day = dayAfter(day)) days.push(dayOfSpot(chance, day))
  await client.query(
    `insert into spot_day (area, day, version, step, prices, source, received_at, recorded_by)
     select 'FI', day, 1, step, prices, 'demonstration', now(), 'system:demo'
       from unnest($1::date[], $2::smallint[], $3::text[]) as t (day, step, listed), lateral (select listed::integer[]) as l (prices)
     on conflict do nothing`,
    [days.map(({ day }) => day), days.map(({ step }) => step), days.map(({ prices }) => `{${prices.join(',')}}`)],
  )
}
