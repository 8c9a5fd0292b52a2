// What must hold of the facts and the estimate of a point before the database is asked. Pure: refusals are values.
import type { z } from 'zod'
import type { Fault } from '../../../platform/errors.ts'
import { columnsOf, divisions, type factParts } from './api.ts'
import { readGridArea } from './grid-area.ts'

type Energy = keyof typeof columnsOf
export type FactParts = z.output<typeof factParts>

const fault = (field: string, code: string, message: string): Fault => ({ path: `body.${field}`, code, message })

/** Each column that was given although it is of another energy. */
export const strangeColumns = (energy: string, parts: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(columnsOf)
    .filter(([of]) => of !== energy)
    .flatMap(([, names]) => names.filter((name) => (parts[name] ?? null) !== null))

/** The facts as they are kept, or all that is wrong with them. */
export const factsFrom = (
  energy: Energy,
  parts: FactParts,
): { readonly made: FactParts } | { readonly faults: readonly Fault[] } => {
  const area = parts.grid_area === null ? undefined : readGridArea(parts.grid_area)
  const faults = [
    ...strangeColumns(energy, parts).map((name) =>
      fault(name, 'point-facts.other-energy', `a point of ${energy} has no ${name.replaceAll('_', ' ')}`),
    ),
    ...(area !== undefined && 'refused' in area
      ? [
          fault(
            'grid_area',
            area.refused,
            'a grid area has 16 characters: two digits, Y, and capitals, digits or hyphens',
          ),
        ]
      : []),
    ...((parts.metering_method === 'continuous') === (parts.resolution_minutes === null)
      ? [
          fault(
            'resolution_minutes',
            'point-facts.resolution',
            'what is metered continuously is metered every 15 or 60 minutes; nothing else has a resolution',
          ),
        ]
      : []),
    ...(parts.contract_flow !== null && parts.contract_power !== null
      ? [fault('contract_power', 'point-facts.flow-and-power', 'heat has a contract flow or a contract power')]
      : []),
  ]
  if (faults.length > 0) return { faults }
  return { made: { ...parts, grid_area: area !== undefined && 'code' in area ? area.code : null } }
}

/** Whose a point is to keep: electricity is metered by the network company, the other energies by the one that sells them. */
export const keeps = (
  energy: string,
  companies: readonly { readonly market: string; readonly ours: boolean }[],
): boolean => {
  const keepers = companies.filter(({ market }) => market === (energy === 'electricity' ? 'network' : 'retailer'))
  return keepers.length === 0 || keepers.some(({ ours }) => ours)
}

/** The bands are those of one time division, each once; only electricity is divided. */
export const bandsFault = (energy: string, bands: readonly string[]): Fault | undefined => {
  const whole = Object.values(divisions).some(
    (division) => division.length === bands.length && division.every((band) => bands.includes(band)),
  )
  if (!whole)
    return fault('values', 'estimate.bands', 'give the whole year, day and night, or winter day and other time')
  return energy === 'electricity' || bands.includes('whole')
    ? undefined
    : fault('values', 'estimate.other-energy', `${energy} is estimated for the whole year`)
}
