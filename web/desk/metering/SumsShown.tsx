// Sums by day, month or year, in kilowatt-hours or in euros.
import type { z } from 'zod'
import * as api from '../../../chapters/metering/api.ts'
import * as costs from '../../../chapters/metering/costs/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { today } from '../../kit/days.ts'
import { useFormats } from '../../kit/format.ts'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords } from '../../kit/words.ts'
import { sumRows } from './rows.ts'
import { Shown } from './Shown.tsx'
import { partsBetween, type Span, type View, yearBefore } from './spans.ts'
import type { Asked } from './ValuesShown.tsx'
import { useWarmth } from './warmth.ts'
import { texts } from './words.ts'

type Cost = z.output<typeof costs.consumptionCosts.gives>[number]

const lacks = {
  price: 'lacksPrice',
  rate: 'lacksRate',
  spot: 'lacksSpot',
  demand: 'lacksDemand',
  contract: 'lacksContract',
} as const

/** Cents of each part, and why some of it has none; a part of which nothing has a price is not among the cents. */
const centsOf = (rows: readonly Cost[]) => {
  const parts = new Map<
    string,
    { cents: number; priced: boolean; readonly lacks: Set<Cost['lacking'][number]['of']> }
  >()
  for (const { start, gross, lacking, wh } of rows) {
    const part = parts.get(start) ?? { cents: 0, priced: false, lacks: new Set() }
    part.cents += gross
    const gone = lacking.reduce((sum, lack) => sum + (lack.of === 'spot' || lack.of === 'demand' ? 0 : lack.wh), 0)
    if (gross !== 0 || gone < wh) part.priced = true
    for (const { of } of lacking) part.lacks.add(of)
    parts.set(start, part)
  }
  return parts
}

type By = 'day' | 'month' | 'year'

export const SumsShown = ({
  asked,
  view,
  span,
  by,
  what,
  known,
  beside,
  euros,
  cost,
  postcode,
}: {
  readonly asked: Asked
  readonly view: View
  readonly span: Span
  readonly by: By
  readonly what: string
  readonly known: string | undefined
  readonly beside: boolean
  /** In euros instead of kilowatt-hours; or the cost over the kilowatt-hours. */
  readonly euros: boolean
  readonly cost: boolean
  /** Of which the temperatures lie over it. */
  readonly postcode: string | undefined
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const formats = useFormats()
  const then = { from: yearBefore(span.from), to: yearBefore(span.to) }
  const besides = beside && view !== 'all'
  const as = known === undefined ? {} : { known_on: known }
  // All years at once are more than are priced at a time: the last three.
  const year = Number(today().slice(0, 4))
  const priced = view === 'all' ? { from: `${year - 2}-01-01`, to: `${year + 1}-01-01` } : span
  const sums = useAsk(api.consumptionSums, { params: asked, query: { by, ...span, ...as } })
  const before = useAsk(
    api.consumptionSums,
    { params: asked, query: { by, ...then, ...as } },
    { when: besides && !euros },
  )
  const money = useAsk(costs.consumptionCosts, { params: asked, query: { by, ...priced } }, { when: euros || cost })
  const moneyBefore = useAsk(
    costs.consumptionCosts,
    { params: asked, query: { by, ...then } },
    { when: euros && besides },
  )
  const name = (start: string, long: boolean): string => {
    if (by === 'year') return start.slice(0, 4)
    if (by === 'day')
      return long
        ? formats.day(start)
        : view === 'month'
          ? String(Number(start.slice(8)))
          : formats.day(start).replace(/\D?\d{4}$/, '')
    return new Intl.DateTimeFormat(language, {
      month: long ? 'long' : 'short',
      timeZone: 'UTC',
      ...(view === 'all' && { year: '2-digit' }),
    }).format(new Date(`${start}T00:00:00Z`))
  }
  const startsOf = (found: readonly { readonly start: string }[]): readonly string[] => {
    if (view !== 'all') return partsBetween(span, by)
    const [first, last] = [found[0]?.start, found.at(-1)?.start]
    return first === undefined || last === undefined ? [] : [...partsBetween({ from: first, to: last }, by), last]
  }
  const ticksOf = (starts: readonly string[]) => {
    const label = (i: number): string => name(starts[i] ?? '', false)
    const places = starts.map((_, i) => i)
    const months = places.filter((i) => starts[i]?.endsWith('-01'))
    const monthly = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' })
    return by === 'day' && view === 'year'
      ? [
          { at: places, label },
          { at: months, label: (i: number) => monthly.format(new Date(`${starts[i]}T00:00:00Z`)) },
        ]
      : [{ at: places, label }]
  }
  const decimals = by === 'day' ? 1 : 0
  const found = centsOf(money.data ?? [])
  const eurosOf = (starts: readonly string[], of: ReturnType<typeof centsOf>): Float64Array =>
    Float64Array.from(starts, (start) => {
      const part = of.get(start)
      return part?.priced ? part.cents / 100 : Number.NaN
    })
  const whyNot = (start: string): string => {
    const part = found.get(start)
    if (part === undefined) return w.unknown
    return [...part.lacks].map((of) => w[lacks[of]]).join(', ')
  }
  const leap = by === 'day' ? 7 : 3
  const warmth = useWarmth(span, view === 'all' ? undefined : postcode)

  if (euros)
    return (
      <Answer of={money} lines={8}>
        {(rows) => {
          const starts = startsOf(rows)
          const values = eurosOf(starts, found)
          const then_ = besides && moneyBefore.data && centsOf(moneyBefore.data)
          const former = then_ ? eurosOf(starts.map(yearBefore), then_) : undefined
          const empty = sumRows(starts, [])
          const doubts = starts.map((start) => (found.get(start)?.lacks.size ?? 0) > 0)
          const quality = Uint8Array.from(values, (value, i) => (Number.isNaN(value) ? 2 : doubts[i] ? 1 : 0))
          const some = former !== undefined && former.some((value) => !Number.isNaN(value))
          return (
            <Shown
              rows={{ ...empty, values, quality }}
              what={what}
              unit="euros"
              former={some ? former : undefined}
              ticks={ticksOf(starts)}
              leap={leap}
              when={(i) => name(starts[i] ?? '', true)}
              write={(value) => formats.number(value, 2)}
              quality={(i) => whyNot(starts[i] ?? '')}
              note={`${w.rounding}${quality.includes(1) || rows.some(({ lacking }) => lacking.length > 0) ? ` ${w.unpriced}` : ''}`}
              none={{ title: w.noCost, how: w.noCostHow }}
            />
          )
        }}
      </Answer>
    )
  return (
    <Answer of={sums} lines={8}>
      {(rows) => {
        const starts = startsOf(rows)
        const made = sumRows(starts, rows)
        const earlier =
          besides && before.data && before.data.length > 0 ? sumRows(starts.map(yearBefore), before.data) : undefined
        return (
          <Shown
            rows={made}
            what={what}
            unit="kwh"
            former={earlier?.values}
            beside={
              cost && money.data
                ? {
                    values: eurosOf(starts, found),
                    name: w.costUnit,
                    write: (value) => formats.number(value, 2),
                  }
                : warmth(made)
            }
            ticks={ticksOf(starts)}
            leap={leap}
            when={(i) => name(starts[i] ?? '', true)}
            write={(kwh) => formats.number(kwh, decimals)}
            quality={(i) =>
              Number.isNaN(made.values[i])
                ? w.unknown
                : (made.lacking[i] ?? 0) > 0
                  ? w.lacking(made.lacking[i] ?? 0)
                  : w.measured
            }
          />
        )
      }}
    </Answer>
  )
}
