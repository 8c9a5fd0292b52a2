// What can be asked about sums: of all points of a customer, who may have thousands, or of a site; point by point or energy by energy.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import type { List } from '../../../register/list.ts'
import { customerId, day } from '../../customers/api.ts'
import { energies } from '../../sites/api.ts'
import { kilowattHours, lengths } from '../api.ts'

const id = z.number().int().positive()
const purposes = ['customer-care', 'supply', 'payment', 'market-exchange', 'rights'] as const
const reads = ['consumption', 'occupancy', 'accounting-point'] as const

/** Three years by the month or year, and two months by the day. */
export const most = { day: 62, month: 1_130, year: 1_130 } as const
/** So many points come at a time. */
export const page = 200

/** `from` up to, and without, `to`. `after`: the points that follow this one. `per`: a row for each point, or one for all points of an energy. */
const query = z.object({
  from: day,
  to: day,
  by: z.enum(lengths).default('month'),
  per: z.enum(['point', 'energy']).default('point'),
  after: z.coerce.number().int().min(0).default(0),
})

const row = z.object({
  energy: z.enum(energies),
  /** Null of sums over all points of the energy. */
  point_id: id.nullable(),
  site_id: id.nullable(),
  code: z.string().nullable(),
  /** The number of the meter that stands there today. */
  meter: z.string().nullable(),
  /** The first day of what is summed. */
  start: day,
  /** Points and days that are summed: of those that are open to whoever asks. */
  points: z.number().int(),
  days: z.number().int(),
  /** Wh. */
  total: z.number().int(),
  lacking: z.number().int(),
})

const columns: List<z.output<typeof row>[]>['columns'] = {
  energy: {
    label: { fi: 'Energia', sv: 'Energi', en: 'Energy' },
    category: 'accounting-point',
    values: {
      electricity: { fi: 'sähkö', sv: 'el', en: 'electricity' },
      heat: { fi: 'kaukolämpö', sv: 'fjärrvärme', en: 'district heat' },
      gas: { fi: 'kaasu', sv: 'gas', en: 'gas' },
      steam: { fi: 'höyry', sv: 'ånga', en: 'steam' },
    },
  },
  code: {
    label: { fi: 'Käyttöpaikkatunnus', sv: 'Driftställets kod', en: 'Accounting point' },
    category: 'accounting-point',
  },
  start: { label: { fi: 'Alkaen', sv: 'Från', en: 'From' }, category: 'consumption', type: 'day' },
  points: {
    label: { fi: 'Käyttöpaikkoja', sv: 'Driftställen', en: 'Points' },
    category: 'consumption',
    type: 'number',
  },
  days: { label: { fi: 'Päiviä', sv: 'Dagar', en: 'Days' }, category: 'consumption', type: 'number' },
  kwh: {
    label: { fi: 'Kulutus, kWh', sv: 'Förbrukning, kWh', en: 'Consumption, kWh' },
    category: 'consumption',
    type: 'number',
    of: ({ total }) => kilowattHours(total),
  },
  lacking: {
    label: { fi: 'Puuttuu tai arvioitu', sv: 'Saknas eller uppskattad', en: 'Missing or estimated' },
    category: 'consumption',
    type: 'number',
  },
}
const title = {
  fi: 'Kulutus käyttöpaikoittain',
  sv: 'Förbrukning per driftställe',
  en: 'Consumption by point',
} as const
/** After a page of points, those that follow its last; sums by energy come at once. */
const next = (rows: readonly { readonly point_id: number | null }[]) => {
  const last = Math.max(0, ...rows.map(({ point_id }) => point_id ?? 0))
  return last === 0 ? undefined : { after: last }
}

export const sumsOfCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/consumption',
  action: 'see the consumption of all points of a customer',
  label: {
    fi: 'asiakkaan kaikkien käyttöpaikkojen kulutuksen katsominen',
    sv: 'se förbrukningen på en kunds alla driftställen',
  },
  purposes,
  reads,
  readsIfPermitted: ['meter'],
  takes: { params: z.object({ customer_id: customerId }), query },
  gives: z.array(row.extend({ customer_id: customerId })),
  list: { title, columns, next },
  caller: { level: 2, scope: 'invoicing' },
})

export const sumsOfSite = endpoint({
  method: 'GET',
  path: '/api/sites/:site_id/consumption',
  action: 'see the consumption of a site',
  label: { fi: 'käyttöpaikan kulutuksen katsominen', sv: 'se förbrukningen på ett driftställe' },
  purposes,
  reads,
  readsIfPermitted: ['meter'],
  takes: { params: z.object({ site_id: id }), query },
  gives: z.array(row),
  list: { title, columns, next },
  caller: { level: 2, scope: 'invoicing' },
})
