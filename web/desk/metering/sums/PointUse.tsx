// What a point used in thirteen months, and by what it is agreed on, in the few lines of a card.
import type { z } from 'zod'
import type { contract } from '../../../../chapters/contracts/api.ts'
import type { sumsOfSite } from '../../../../chapters/metering/sums/api.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { today } from '../../../kit/days.ts'
import { useFormats } from '../../../kit/format.ts'
import { useLanguage } from '../../../kit/preferences.ts'
import { Sparkline } from '../../../kit/Sparkline.tsx'
import { useWords } from '../../../kit/words.ts'
import { Price } from '../../contracts/Price.tsx'
import { texts } from './words.ts'
import './sums.css'

export type Sum = z.output<typeof sumsOfSite.gives>[number]
type Contract = Pick<
  z.output<typeof contract>,
  'id' | 'point_id' | 'kind' | 'during' | 'product_id' | 'name_fi' | 'name_sv' | 'name_en'
>

const monthsFrom = (first: string, count: number): readonly string[] => {
  const [year = 0, month = 1] = first.split('-').map(Number)
  return Array.from({ length: count }, (_, i) => new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 10))
}

/** This month and the twelve before it. */
export const thirteenMonths = (now = today()) => {
  const [year = 0, month = 1] = now.split('-').map(Number)
  const from = new Date(Date.UTC(year, month - 13, 1)).toISOString().slice(0, 10)
  return { from, to: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10), by: 'month' as const }
}

/** Now, and what follows it: of each kind, the network's and the seller's. */
const Agreed = ({ contracts }: { readonly contracts: readonly Contract[] }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { day } = useFormats()
  const now = today()
  const running = contracts
    .filter(({ during, kind }) => kind !== 'connection' && (during.to === null || during.to > now))
    .toSorted((a, b) => ((a.during.from ?? '') < (b.during.from ?? '') ? -1 : 1))
  return (
    <>
      {running.length === 0 && <p className="quiet">{w.noContract}</p>}
      {running.map((each) => (
        <div key={each.id}>
          <p>
            {{ fi: each.name_fi, sv: each.name_sv, en: each.name_en }[language]}
            {each.during.from !== null && each.during.from > now && ` (${w.next(day(each.during.from))})`}
          </p>
          <Price product_id={each.product_id} />
        </div>
      ))}
    </>
  )
}

export const PointUse = ({
  sums,
  contracts,
}: {
  /** Those of the point, of `thirteenMonths`. */
  readonly sums: readonly Sum[]
  /** Those of the point; undefined where one may not see contracts. */
  readonly contracts: readonly Contract[] | undefined
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { number } = useFormats()
  const months = monthsFrom(thirteenMonths().from, 13)
  const known = new Map(sums.map((sum) => [sum.start, sum]))
  const named = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
  const nameOf = (start: string): string => named.format(new Date(`${start}T00:00:00Z`))
  const kwhOf = (start: string | undefined): number | undefined => {
    const sum = start === undefined ? undefined : known.get(start)
    return sum && sum.total / 1000
  }
  const whole = months.slice(0, 12)
  const year = whole.reduce((sum, start) => sum + (kwhOf(start) ?? 0), 0)
  const [lastMonth, before] = [
    months[11],
    months[0] === undefined ? undefined : kwhOf(`${Number(months[11]?.slice(0, 4)) - 1}${months[11]?.slice(4)}`),
  ]
  const last = kwhOf(lastMonth)
  const meter = sums.find((sum) => sum.meter !== null)?.meter
  return (
    <div className="point-use">
      {sums.length === 0 ? (
        <p className="quiet">{w.none}</p>
      ) : (
        <>
          <Sparkline
            label={w.months(
              months
                .map((start) => {
                  const kwh = kwhOf(start)
                  const name = `${nameOf(start)} ${start.slice(0, 4)}`
                  return kwh === undefined ? w.unknown(name) : w.month(name, number(kwh))
                })
                .join(', '),
            )}
            values={months.map((start) => kwhOf(start) ?? Number.NaN)}
            doubtful={months.map((start) => (known.get(start)?.lacking ?? 0) > 0)}
          />
          <p>
            <strong>{w.year(number(year))}</strong>
            {last !== undefined && lastMonth !== undefined && (
              <span className="quiet">
                {' · '}
                {w.last(nameOf(lastMonth), number(last))}
                {before !== undefined && ` (${w.than(number(before))})`}
              </span>
            )}
          </p>
          {sums.some(({ lacking }) => lacking > 0) && (
            <p>
              <Badge tone="care">{w.lacking}</Badge>
            </p>
          )}
        </>
      )}
      {meter && <p className="quiet">{w.meter(meter)}</p>}
      {contracts && <Agreed contracts={contracts} />}
    </div>
  )
}
