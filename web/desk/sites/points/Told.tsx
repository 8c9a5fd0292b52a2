// What holds of a point in words: now, to come and earlier.
import type { z } from 'zod'
import * as api from '../../../../chapters/sites/points/api.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { today } from '../../../kit/days.ts'
import { useFormats } from '../../../kit/format.ts'
import { Facts as Named } from '../../../kit/Panel.tsx'
import { useWords } from '../../../kit/words.ts'
import { useSpan } from '../Sites.tsx'
import { texts } from './words.ts'

export type PointFacts = z.output<typeof api.pointFacts.gives>[number]
export type Facts = PointFacts['facts'][number]
type Name = 'metering_method' | 'resolution_minutes' | (typeof api.columnsOf)[keyof typeof api.columnsOf][number]

const own = (names: object, key: string): boolean => Object.hasOwn(names, key)

/** A column's value as it is said. */
export const useTold = () => {
  const w = useWords(texts)
  const { number } = useFormats()
  return (name: Name, value: string | number | boolean | null): string => {
    if (value === null) return w.unknown
    if (typeof value === 'boolean' || value === 'true' || value === 'false')
      return String(value) === 'true' ? w.yes : w.no
    if (name === 'resolution_minutes') return w.minutes(Number(value))
    if (name === 'metering_method' || name === 'subtype') {
      const said = own(w, String(value)) ? w[value as 'continuous'] : undefined
      return said ?? String(value)
    }
    const decimals = name.startsWith('contract') || name === 'calorific_value' || name === 'pressure_correction'
    return decimals && !Number.isNaN(Number(value))
      ? number(Number(value), String(Number(value)).split('.')[1]?.length ?? 0)
      : String(value)
  }
}

/** The bands of a yearly estimate as they are said. */
const useEstimated = () => {
  const w = useWords(texts)
  const { number } = useFormats()
  return (estimates: PointFacts['estimates']) =>
    estimates.map(
      ({ band, wh, basis }) =>
        [
          `${w.estimate}${w[band] === '' ? '' : `, ${w[band]}`}`,
          `${number(wh / 1000)} kWh${basis === null ? '' : `, ${w.fromUse}`}`,
        ] as const,
    )
}

const One = ({ facts, estimates }: { readonly facts: Facts; readonly estimates: PointFacts['estimates'] }) => {
  const w = useWords(texts)
  const told = useTold()
  const estimated = useEstimated()
  const names = (['metering_method', 'resolution_minutes', ...api.columnsOf[facts.energy]] as const).filter(
    (name) => facts[name] !== null,
  )
  return (
    <Named
      facts={[
        ...names.map(
          (name) =>
            [
              w[name],
              name === 'grid_area' && facts.suspect ? (
                <>
                  {facts.grid_area} <Badge tone="care">{w.suspect}</Badge>
                </>
              ) : (
                told(name, facts[name])
              ),
            ] as const,
        ),
        ...estimated(estimates),
      ]}
    />
  )
}

export const ToldFacts = ({ point: { facts, estimates } }: { readonly point: PointFacts }) => {
  const w = useWords(texts)
  const estimated = useEstimated()
  const { day } = useFormats()
  const span = useSpan()
  const now = today()
  const holds = ({ during }: Pick<Facts, 'during'>) =>
    (during.from === null || during.from <= now) && (during.to === null || now < during.to)
  const current = facts.find(holds)
  const folded = [
    [w.coming, facts.filter(({ during }) => during.from !== null && during.from > now)],
    [w.earlier, facts.filter(({ during }) => during.to !== null && during.to <= now)],
  ] as const
  return (
    <>
      {current === undefined ? (
        <>
          <p className="quiet">{w.none}</p>
          <Named facts={estimated(estimates.filter(holds))} />
        </>
      ) : (
        <>
          <One facts={current} estimates={estimates.filter(holds)} />
          {current.during.from !== null && <p className="quiet">{w.since(day(current.during.from))}</p>}
        </>
      )}
      {folded.map(
        ([label, rows]) =>
          rows.length > 0 && (
            <details key={label}>
              <summary>{label}</summary>
              <ul className="lines">
                {rows.map((row) => (
                  <li key={row.id}>
                    <p className="quiet">{span(row.during)}</p>
                    <One facts={row} estimates={[]} />
                  </li>
                ))}
              </ul>
            </details>
          ),
      )}
    </>
  )
}
