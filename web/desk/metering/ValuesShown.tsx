// Values as they were measured, or hour by hour: of a day, a month or a whole year.
import { useMemo } from 'react'
import { spotPrices } from '../../../chapters/contracts/spot/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import * as api from '../../../chapters/metering/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { useFormats } from '../../kit/format.ts'
import { useLanguage } from '../../kit/preferences.ts'
import type { Ticks } from '../../kit/series/window.ts'
import { useWords } from '../../kit/words.ts'
import { formerOf, type Rows, type SpotDay, spotOf, unknown, valueRows, type Values } from './rows.ts'
import { useWarmth } from './warmth.ts'
import { Shown } from './Shown.tsx'
import { yearBefore } from './spans.ts'
import { texts } from './words.ts'

export type Asked = { readonly customer_id: CustomerId; readonly point_id: number }

const hour = 3_600_000

/** Hours, days and months: the finest for which there is room is written. */
const useTicks = (rows: Rows): readonly Ticks[] => {
  const formats = useFormats()
  const language = useLanguage()
  return useMemo(() => {
    const { at, days, count } = rows
    // Midnight is said by its day, where there is more than one.
    const starts = new Set(days.length > 1 ? days : [])
    const every = (hours: number): number[] => {
      const places: number[] = []
      days.forEach((first, d) => {
        const end = days[d + 1] ?? count
        for (let i = first; i < end; i++) if (((at[i] ?? 0) - (at[first] ?? 0)) % (hours * hour) === 0) places.push(i)
      })
      return places
    }
    const named = (options: Intl.DateTimeFormatOptions) => {
      const made = new Intl.DateTimeFormat(language, { ...options, timeZone: 'Europe/Helsinki' })
      return (i: number) => made.format(at[i])
    }
    const dayAndMonth = named({ day: 'numeric', month: 'numeric' })
    const time = (i: number): string => (starts.has(i) ? dayAndMonth(i) : formats.time(new Date(at[i] ?? 0)))
    const dayOfMonth = named({ day: 'numeric' })
    const month = named({ month: 'short', year: '2-digit' })
    return [
      { at: every(1), label: time },
      { at: every(3), label: time },
      { at: every(6), label: time },
      { at: [...days], label: dayAndMonth },
      { at: [...days].filter((i) => dayOfMonth(i).replace(/\D/g, '') === '1'), label: month },
    ]
  }, [rows, formats, language])
}

const Drawn = ({
  days,
  from,
  to,
  hourly,
  what,
  before,
  spot,
  postcode,
}: {
  readonly days: readonly Values[]
  readonly from: string
  readonly to: string
  readonly hourly: boolean
  readonly what: string
  readonly before: readonly Values[] | undefined
  readonly spot: readonly SpotDay[] | undefined
  readonly postcode: string | undefined
}) => {
  const w = useWords(texts)
  const formats = useFormats()
  const rows = useMemo(() => valueRows({ from, to }, days, hourly), [from, to, days, hourly])
  const former = useMemo(() => {
    if (before === undefined || before.length === 0) return undefined
    const then = { from: yearBefore(from), to: yearBefore(to) }
    return formerOf(rows, valueRows(then, before, hourly), { from, to })
  }, [rows, before, from, to, hourly])
  const prices = useMemo(() => spot && spotOf(rows, to, spot), [rows, to, spot])
  const warmth = useWarmth({ from, to }, postcode)
  const ticks = useTicks(rows)
  const [first] = days
  const oneDay = rows.days.length === 1
  const when = (i: number): string => {
    const at = new Date(rows.at[i] ?? 0)
    return oneDay ? formats.time(at) : formats.instant(at)
  }
  return (
    <Shown
      rows={rows}
      what={what}
      unit="kwh"
      former={former}
      beside={
        prices === undefined
          ? warmth(rows)
          : { values: prices, name: w.spotUnit, write: (price) => formats.number(price, 2) }
      }
      ticks={ticks}
      leap={Math.max(1, Math.round(rows.count / Math.max(1, rows.days.length)))}
      when={when}
      write={(kwh) => formats.number(kwh, 3)}
      quality={(i) => {
        const status = rows.status[i] ?? unknown
        return status === unknown ? w.unknown : w[api.qualities[status] ?? 'uncertain']
      }}
      note={
        oneDay && first !== undefined
          ? w.version(first.version, first.source, formats.instant(new Date(first.recorded_at)))
          : undefined
      }
    />
  )
}

export const ValuesShown = ({
  asked,
  from,
  to,
  hourly,
  what,
  known,
  beside,
  spot,
  postcode,
}: {
  readonly asked: Asked
  readonly from: string
  readonly to: string
  readonly hourly: boolean
  readonly what: string
  readonly known: string | undefined
  /** The year before, and spot prices: over and beside it. */
  readonly beside: boolean
  readonly spot: boolean
  /** Of which the temperatures lie over it. */
  readonly postcode: string | undefined
}) => {
  const as = known === undefined ? {} : { known_on: known }
  const then = { from: yearBefore(from), to: yearBefore(to) }
  const before = useAsk(api.consumptionDays, { params: asked, query: { ...then, ...as } }, { when: beside })
  const prices = useAsk(spotPrices, { query: { from, to } }, { because: null, when: spot })
  return (
    <Answer of={useAsk(api.consumptionDays, { params: asked, query: { from, to, ...as } })} lines={12}>
      {(days) => (
        <Drawn
          days={days}
          from={from}
          to={to}
          hourly={hourly}
          what={what}
          before={beside ? before.data : undefined}
          spot={spot ? prices.data : undefined}
          postcode={postcode}
        />
      )}
    </Answer>
  )
}
