// What a customer used at a point: by day, month, year and all years, with the year before beside it, and each value as it was known on a day.
import { useState } from 'react'
import type { z } from 'zod'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import * as api from '../../../chapters/metering/api.ts'
import * as sites from '../../../chapters/sites/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { asking, useAsk } from '../../kit/ask.ts'
import { type Bar, Bars } from '../../kit/Bars.tsx'
import { Badge } from '../../kit/Badge.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { today } from '../../kit/days.ts'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { DayField } from '../../kit/Field.tsx'
import { type Formats, useFormats } from '../../kit/format.ts'
import { Link } from '../../kit/Link.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Segments } from '../../kit/Segments.tsx'
import { Table } from '../../kit/Table.tsx'
import { useWords } from '../../kit/words.ts'
import type { At, Loading } from '../page.ts'
import { paths } from '../paths.ts'
import { TakeOut } from '../shell/TakeOut.tsx'
import { streetOf } from '../sites/address.ts'
import { isView, partsOfSpan, spanOf, stepped, type View, views, yearBefore } from './spans.ts'
import { texts } from './words.ts'

type Here = At<typeof paths.consumption>
type Words = ReturnType<typeof useWords<(typeof texts)['fi']>>
type Row = Bar & { readonly quality: string; readonly unknown?: boolean }

const askedOf = ({ params, query }: Here) => ({
  customer_id: Number(params.customer) as CustomerId,
  point_id: Number(params.point),
  view: isView(query['by']) ? query['by'] : ('month' as const),
  at: /^\d{4}-\d\d-\d\d$/.test(query['at'] ?? '') ? (query['at'] ?? '') : today(),
})

export const title = (language: Language): string => texts[language].title

export const loader = (here: Here & Loading): Promise<unknown> => {
  const { customer_id } = askedOf(here)
  return here.client.ensureQueryData(asking(sites.sitesOfCustomer, { params: { customer_id } }))
}

const kilowattHours = (wh: number): number => wh / 1000

/** `november 2026`, `2026`, `24.11.2026`. */
const named = (view: View, at: string, language: Language, formats: Formats, w: Words): string => {
  if (view === 'all') return w.all
  if (view === 'year') return at.slice(0, 4)
  if (view === 'day') return formats.day(at)
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${at}T00:00:00Z`),
  )
}

const Shown = ({
  rows,
  what,
  write,
  note,
}: {
  readonly rows: readonly Row[]
  readonly what: string
  readonly write: (kwh: number) => string
  readonly note?: string
}) => {
  const w = useWords(texts)
  if (rows.length === 0)
    return (
      <EmptyState icon="bolt" title={w.none}>
        {w.noneHow}
      </EmptyState>
    )
  const total = rows.reduce((sum, { value }) => sum + value, 0)
  const hasFormer = rows.some(({ former }) => former !== undefined)
  return (
    <>
      <Bars
        label={w.picture(what, `${write(total)} kWh`)}
        bars={rows}
        write={write}
        words={{ now: w.now, former: w.former, doubtful: w.doubtful }}
      />
      <p>
        {w.total} <strong>{write(total)} kWh</strong>
      </p>
      {note !== undefined && <p className="quiet">{note}</p>}
      <Table
        label={`${w.consumption}, ${what}`}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { id: 'when', label: w.when, cell: ({ label }) => label },
          {
            id: 'amount',
            label: w.amount,
            align: 'end',
            cell: ({ value, unknown }) => (unknown ? '' : write(value)),
            by: ({ value }) => value,
          },
          ...(hasFormer
            ? [
                {
                  id: 'former',
                  label: w.formerAmount,
                  align: 'end' as const,
                  cell: ({ former }: Row) => (former === undefined ? '' : write(former)),
                },
              ]
            : []),
          { id: 'quality', label: w.quality, cell: ({ quality }) => quality },
        ]}
      />
    </>
  )
}

type Asked = { readonly customer_id: CustomerId; readonly point_id: number }

type Sum = Pick<z.output<typeof api.consumptionSums.gives>[number], 'start' | 'days' | 'total' | 'lacking'>

/** With a place for each part of the span; nothing at all when nothing is known. */
const whole = (view: Exclude<View, 'day'>, at: string, sums: readonly Sum[]): readonly Sum[] => {
  if (view === 'all' || sums.length === 0) return sums
  const known = new Map(sums.map((sum) => [sum.start, sum]))
  return partsOfSpan(view, at).map((start) => known.get(start) ?? { start, days: 0, total: 0, lacking: 0 })
}

const Sums = ({
  asked,
  view,
  at,
}: {
  readonly asked: Asked
  readonly view: Exclude<View, 'day'>
  readonly at: string
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const formats = useFormats()
  const by = ({ all: 'year', year: 'month', month: 'day' } as const)[view]
  const span = spanOf(view, at)
  const before = useAsk(
    api.consumptionSums,
    { params: asked, query: { by, from: yearBefore(span.from), to: yearBefore(span.to) } },
    { when: view !== 'all' },
  )
  const label = (start: string): string => {
    if (by === 'year') return start.slice(0, 4)
    if (by === 'day') return String(Number(start.slice(8)))
    return new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(new Date(`${start}T00:00:00Z`))
  }
  const former = new Map(before.data?.map(({ start, total }) => [start, total]))
  return (
    <Answer of={useAsk(api.consumptionSums, { params: asked, query: { by, ...span } })}>
      {(sums) => (
        <Shown
          what={named(view, at, language, formats, w)}
          write={(kwh) => formats.number(kwh, by === 'day' ? 1 : 0)}
          rows={whole(view, at, sums).map(({ start, total, lacking, days }): Row => {
            const earlier = former.get(yearBefore(start))
            return {
              key: start,
              label: label(start),
              value: kilowattHours(total),
              former: earlier === undefined ? undefined : kilowattHours(earlier),
              doubtful: lacking > 0,
              unknown: days === 0,
              quality: days === 0 ? w.unknown : lacking > 0 ? w.lacking(lacking) : w.measured,
            }
          })}
        />
      )}
    </Answer>
  )
}

type Values = z.output<typeof api.dayOfValues>

const minute = 60_000

/** Each value from when it counts: an hour that the clocks give twice has two. */
const rowsOf = ({ values, quality, step }: Values, start: number, formats: Formats, w: Words): readonly Row[] =>
  values.map((wh, slot) => {
    const time = new Date(start + slot * step * minute)
    const said = quality?.[slot] ?? 'measured'
    return {
      key: String(slot),
      label: formats.time(time),
      value: kilowattHours(wh),
      doubtful: said !== 'measured' && said !== 'revised',
      quality: w[said],
    }
  })

/** When the day begins in Finland: its noon is never touched by a change of clocks. */
const startOf = (day: string): number => {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const offset = (time: number): number =>
    Number(
      new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Helsinki' }).format(time),
    )
  return midnight - offset(midnight) * 60 * minute
}

const Day = ({ asked, at }: { readonly asked: Asked; readonly at: string }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const formats = useFormats()
  const [known, setKnown] = useState<string>()
  const query = { ...spanOf('day', at), ...(known === undefined ? {} : { known_on: known }) }
  return (
    <>
      <DayField label={w.knownOn} hint={w.knownHint} value={known} onChange={setKnown} />
      <Answer of={useAsk(api.consumptionDays, { params: asked, query })}>
        {([day]) => (
          <Shown
            what={named('day', at, language, formats, w)}
            write={(kwh) => formats.number(kwh, 3)}
            rows={day === undefined ? [] : rowsOf(day, startOf(at), formats, w)}
            {...(day !== undefined && {
              note: w.version(day.version, day.source, formats.instant(new Date(day.recorded_at))),
            })}
          />
        )}
      </Answer>
    </>
  )
}

export const Page = (here: Here) => {
  const w = useWords(texts)
  const language = useLanguage()
  const formats = useFormats()
  const { go } = useNavigation()
  const { customer_id, point_id, view, at } = askedOf(here)
  const asked = { customer_id, point_id }
  const to = (by: View, day: string, point = point_id): string =>
    paths.consumption({ customer: String(customer_id), point: String(point) }, { by, at: day })
  const span = spanOf(view, at)
  const by = view === 'all' ? 'year' : view === 'year' ? 'month' : 'day'
  return (
    <Answer of={useAsk(sites.sitesOfCustomer, { params: { customer_id } })}>
      {(homes) => {
        const home = homes.find(({ points }) => points.some(({ id }) => id === point_id))
        return (
          <Frame
            title={w.title}
            lead={home && streetOf(home.site, language)}
            actions={
              <>
                <TakeOut of={api.consumptionSums} asked={{ params: asked, query: { by, ...span } }} keys="D" />
                <ButtonLink to={paths.customer({ customer: String(customer_id) })}>{w.card}</ButtonLink>
              </>
            }
          >
            <Panel title={w.points}>
              <ul className="lines">
                {home?.points.map(({ id, energy, code }) => (
                  <li key={id}>
                    <p>
                      <Badge>{w[energy]}</Badge>{' '}
                      {id === point_id ? <strong>{code}</strong> : <Link to={to(view, at, id)}>{code}</Link>}
                    </p>
                  </li>
                ))}
              </ul>
            </Panel>
            <Panel
              title={named(view, at, language, formats, w)}
              actions={
                view !== 'all' && (
                  <>
                    <ButtonLink to={to(view, stepped(view, at, -1))}>{w.before}</ButtonLink>
                    <ButtonLink to={to(view, stepped(view, at, 1))}>{w.after}</ButtonLink>
                  </>
                )
              }
            >
              <Segments
                label={w.length}
                options={views.map((id) => ({ id, label: w[id] }))}
                chosen={view}
                onChoose={(id) => go(to(id as View, at))}
              />
              {view === 'day' ? <Day asked={asked} at={at} /> : <Sums asked={asked} view={view} at={at} />}
            </Panel>
          </Frame>
        )
      }}
    </Answer>
  )
}
