// The quality of consumption: what lacks by day and grid area, down to the points; faults to be taken again; imports of consumption.
import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import * as exchange from '../../../../chapters/exchange/api.ts'
import * as estimation from '../../../../chapters/metering/estimation/api.ts'
import * as api from '../../../../chapters/metering/quality/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk, useChange } from '../../../kit/ask.ts'
import { Button, ButtonLink } from '../../../kit/Button.tsx'
import { today } from '../../../kit/days.ts'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { ErrorView } from '../../../kit/ErrorView.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Link } from '../../../kit/Link.tsx'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { Segments } from '../../../kit/Segments.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useTold } from '../../exchange/Columns.tsx'
import { Jobs } from '../../exchange/ImportsPage.tsx'
import { isMoving } from '../../exchange/state.tsx'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { texts } from './words.ts'

type Here = At<typeof paths.quality>

const lengths = { fortnight: 14, month: 35, quarter: 92 } as const
type Length = keyof typeof lengths
const isLength = (text: string | undefined): text is Length => text !== undefined && text in lengths

const back = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

/** Days that have ended: the one of today lacks nothing yet. */
const spanOf = (length: Length) => ({ from: back(today(), lengths[length]), to: today() })
/** The last values of a day may come until the end of the next. */
const dueOf = (length: Length) => ({ ...spanOf(length), to: back(today(), 1) })
const lengthOf = ({ query }: Pick<Here, 'query'>): Length => (isLength(query['span']) ? query['span'] : 'fortnight')

export const title = (language: Language): string => texts[language].title
export const loader = ({ query, client }: Here & Loading) =>
  client.ensureQueryData(asking(api.qualityOfDays, { query: spanOf(lengthOf({ query })) }))

const stale = [api.qualityOfDays, api.qualityOfPoints]
type DayRow = z.output<typeof api.qualityOfDays.gives>[number]
type PointRow = z.output<typeof api.qualityOfPoints.gives>[number]

const useCounts = () => {
  const w = useWords(texts)
  const { number } = useFormats()
  type Row = Pick<DayRow, 'missing' | 'estimated' | 'uncertain'>
  return (['missing', 'estimated', 'uncertain'] as const).map((id) => ({
    id,
    label: w[id],
    align: 'end' as const,
    cell: (row: Row) => number(row[id]),
    by: (row: Row) => row[id],
  }))
}

const Days = ({ length }: { readonly length: Length }) => {
  const w = useWords(texts)
  const { number, day } = useFormats()
  const counts = useCounts()
  return (
    <Answer of={useAsk(api.qualityOfDays, { query: spanOf(length) })} lines={6}>
      {(rows) => (
        <Table<DayRow>
          label={w.table(w.byDay)}
          rows={rows}
          keyOf={(row) => `${row.day} ${row.grid_area}`}
          to={(row) => paths.quality({}, { span: length, day: row.day, area: row.grid_area ?? '' })}
          empty={
            <EmptyState icon="check" title={w.allMeasured}>
              {w.allMeasuredHow}
            </EmptyState>
          }
          columns={[
            { id: 'day', label: w.day, cell: (row) => day(row.day), by: (row) => row.day },
            {
              id: 'area',
              label: w.area,
              cell: ({ grid_area }) => (grid_area === null ? w.noArea : <span data-written>{grid_area}</span>),
              by: ({ grid_area }) => grid_area ?? '',
              width: '30%',
            },
            { id: 'points', label: w.points, align: 'end', cell: (row) => number(row.points), by: (row) => row.points },
            ...counts,
          ]}
        />
      )}
    </Answer>
  )
}

const Points = ({ on, area }: { readonly on: string; readonly area: string | undefined }) => {
  const w = useWords(texts)
  const { number } = useFormats()
  const counts = useCounts()
  const asked = { query: { day: on, ...(area === undefined ? {} : { grid_area: area }) } }
  return (
    <Answer of={useAsk(api.qualityOfPoints, asked)} lines={6}>
      {(rows) => (
        <>
          <Table<PointRow>
            label={w.table(w.points)}
            rows={rows}
            keyOf={({ point_id }) => String(point_id)}
            to={({ customer_id, point_id, site_id }) =>
              customer_id === null
                ? paths.site({ site: String(site_id) })
                : paths.consumption({ customer: String(customer_id), point: String(point_id) }, { by: 'day', at: on })
            }
            empty={
              <EmptyState icon="check" title={w.allMeasured}>
                {w.allMeasuredHow}
              </EmptyState>
            }
            columns={[
              {
                id: 'code',
                label: w.code,
                cell: ({ code }) => <code>{code}</code>,
                by: ({ code }) => code,
                width: '28%',
              },
              { id: 'energy', label: w.energy, cell: ({ energy }) => w[energy], by: ({ energy }) => w[energy] },
              ...counts,
              { id: 'version', label: w.version, align: 'end', cell: ({ version }) => number(version) },
              { id: 'source', label: w.source, cell: ({ source }) => <span data-written>{source}</span> },
            ]}
          />
          {rows.length === api.mostPoints && <p className="drop-hint">{w.first(number(rows.length))}</p>}
        </>
      )}
    </Answer>
  )
}

type FaultRow = z.output<typeof exchange.waitingFaults.gives>[number]

const Faults = () => {
  const w = useWords(texts)
  const told = useTold()
  const may = useMay()
  const tell = useToast()
  const { number, day } = useFormats()
  const replay = useChange(exchange.replayFaults, { stale: [exchange.waitingFaults, exchange.imports, ...stale] })
  const faults = useAsk(
    exchange.waitingFaults,
    { query: { kind: 'consumption' } },
    { again: (now) => (now?.some(({ state }) => state === 'replaying') ? 1_000 : false) },
  )
  const client = useQueryClient()
  const moving = faults.data?.some(({ state }) => state === 'replaying') ?? false
  // What has come in since is seen above and below as soon as it is done.
  useEffect(() => {
    if (!moving)
      for (const { action } of [...stale, exchange.imports]) void client.invalidateQueries({ queryKey: [action] })
  }, [moving, client])
  const days = ({ first_day: first, last_day: last }: FaultRow): string =>
    first === null || last === null ? '–' : first === last ? day(first) : `${day(first)} – ${day(last)}`
  return (
    <>
      {replay.error && <ErrorView error={replay.error} />}
      <Answer of={faults} lines={4}>
        {(rows) => (
          <Table<FaultRow>
            label={w.table(w.faults)}
            rows={rows}
            keyOf={({ job_id, reason }) => `${job_id} ${reason}`}
            empty={
              <EmptyState icon="check" title={w.noFaults}>
                {w.noFaultsHow}
              </EmptyState>
            }
            columns={[
              {
                id: 'file',
                label: w.file,
                cell: ({ job_id, file_name }) => (
                  <span data-written>
                    <Link to={paths.import({ import: String(job_id) })}>{file_name}</Link>
                  </span>
                ),
                by: ({ file_name }) => file_name,
              },
              { id: 'wrong', label: w.wrong, cell: ({ reason }) => told.fault(reason)[0] },
              { id: 'mend', label: w.mend, cell: ({ reason }) => told.fault(reason)[1], width: '26%' },
              { id: 'days', label: w.days, cell: days, by: ({ first_day }) => first_day ?? '' },
              { id: 'rows', label: w.rows, align: 'end', cell: (row) => number(row.rows), by: (row) => row.rows },
              {
                id: 'again',
                label: w.againShort,
                cell: ({ job_id, file_name, state }) =>
                  may(exchange.replayFaults) && (
                    <Button
                      icon="history"
                      busy={
                        state === 'replaying' || (replay.isPending && replay.variables?.params.import_id === job_id)
                      }
                      onPress={() =>
                        replay.mutate(
                          { params: { import_id: job_id } },
                          { onSuccess: () => tell({ text: w.replaying }) },
                        )
                      }
                    >
                      {w.againShort} <span className="unseen">{file_name}</span>
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </>
  )
}

const Imports = () => {
  const w = useWords(texts)
  const jobs = useAsk(
    exchange.imports,
    { query: { kind: 'consumption' } },
    { again: (now) => (now?.some(isMoving) ? 2_000 : false) },
  )
  return (
    <Panel title={w.imports} flush>
      <Answer of={jobs}>{(rows) => <Jobs jobs={rows} label={w.table(w.imports)} />}</Answer>
    </Panel>
  )
}

export const Page = ({ query }: Here) => {
  const w = useWords(texts)
  const may = useMay()
  const tell = useToast()
  const { day } = useFormats()
  const { go } = useNavigation()
  const length = lengthOf({ query })
  const on = /^\d{4}-\d\d-\d\d$/.test(query['day'] ?? '') ? query['day'] : undefined
  const estimate = useChange(estimation.askEstimates, { stale })
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={
        may(estimation.askEstimates) && (
          <Button
            icon="consumption"
            busy={estimate.isPending}
            onPress={() => estimate.mutate({ body: dueOf(length) }, { onSuccess: () => tell({ text: w.asked }) })}
          >
            {w.estimate}
          </Button>
        )
      }
    >
      {estimate.error && <ErrorView error={estimate.error} />}
      {on === undefined ? (
        <Panel
          title={w.byDay}
          flush
          actions={
            <Segments
              label={w.span}
              options={(['fortnight', 'month', 'quarter'] as const).map((id) => ({ id, label: w[id] }))}
              chosen={length}
              onChoose={(id) => go(paths.quality({}, { span: id }))}
            />
          }
        >
          <Days length={length} />
        </Panel>
      ) : (
        <Panel
          title={w.ofDay(day(on))}
          flush
          actions={
            <ButtonLink to={paths.quality({}, { span: length })} tone="quiet">
              {w.back}
            </ButtonLink>
          }
        >
          <Points on={on} area={query['area']} />
        </Panel>
      )}
      {may(exchange.waitingFaults) && (
        <Panel title={w.faults} flush>
          <Faults />
        </Panel>
      )}
      {may(exchange.imports) && <Imports />}
    </Frame>
  )
}
