// What may become the price of a product, and from when. Pure: refusals are values.
import type { Component } from './cost.ts'

type Refusal = { readonly path: string; readonly code: string; readonly message: string }
type Pricing =
  | 'open-ended'
  | 'fixed-term'
  | 'spot'
  | 'hybrid'
  | 'general'
  | 'day-night'
  | 'season'
  | 'demand'
  | 'heat'
  | 'gas'
  | 'steam'
  | 'connection'

/** The components that a product is priced by. */
export const componentsOf: Readonly<Record<Pricing, readonly Component[]>> = {
  'open-ended': ['monthly', 'energy'],
  'fixed-term': ['monthly', 'energy'],
  spot: ['monthly', 'margin'],
  hybrid: ['monthly', 'energy', 'effect'],
  general: ['monthly', 'energy'],
  'day-night': ['monthly', 'energy-day', 'energy-night'],
  season: ['monthly', 'energy-winter', 'energy-other'],
  demand: ['monthly', 'energy', 'energy-day', 'energy-night', 'demand'],
  heat: ['monthly', 'energy', 'capacity'],
  gas: ['monthly', 'energy'],
  steam: ['monthly', 'energy', 'capacity'],
  connection: [],
}

export const unitOf = (component: Component): string =>
  ({ monthly: 'month', effect: 'percent', demand: 'kW-month', capacity: 'kW-month' })[component as string] ?? 'kWh'

type Version = { readonly component: string; readonly size: string; readonly during: { readonly from: string | null } }

/** Every fault at once. A price that has been in force is not written over: what it was has been billed by. */
export const priceRefusals = (
  { from, prices }: { readonly from: string; readonly prices: readonly Pick<Version, 'component' | 'size'>[] },
  { code, pricing }: { readonly code: string; readonly pricing: Pricing },
  versions: readonly Version[],
  today: string,
): readonly Refusal[] => {
  const faults: Refusal[] = []
  const refuse = (path: string, fault: string, message: string) =>
    faults.push({ path: `body.${path}`, code: fault, message })
  if (from <= today) refuse('from', 'price.past', `a price begins tomorrow at the earliest, not on ${from}`)
  const same = (a: Pick<Version, 'component' | 'size'>) => (b: Pick<Version, 'component' | 'size'>) =>
    a.component === b.component && a.size === b.size
  for (const [i, price] of prices.entries()) {
    const allowed = componentsOf[pricing]
    if (!(allowed as readonly string[]).includes(price.component))
      refuse(
        `prices.${i}.component`,
        'price.other-component',
        `${code} is priced by ${allowed.join(', ') || 'nothing'}`,
      )
    if (prices.findIndex(same(price)) < i)
      refuse(`prices.${i}.component`, 'price.twice', `${price.component} is given twice`)
    if (versions.some((known) => same(price)(known) && (known.during.from ?? '') >= from))
      refuse(
        'from',
        'price.later-version',
        `${price.component} has a version from ${from} or later; choose a later day`,
      )
  }
  return faults
}

/** The twelve months from the first of a month, or the last twelve that are whole. */
export const yearFrom = (today: string, asked: string | undefined): { readonly from: string; readonly to: string } => {
  const [year = 0, month = 0] = (asked ?? today).slice(0, 7).split('-').map(Number)
  const first = (y: number) => `${y}-${String(month).padStart(2, '0')}-01`
  return asked === undefined ? { from: first(year - 1), to: first(year) } : { from: first(year), to: first(year + 1) }
}
