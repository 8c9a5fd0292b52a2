// What became of a file, or would: counts, examples, faults by kind and row by row, and what an undoing left.
import * as api from '../../../chapters/exchange/api.ts'
import { addressOf } from '../../../register/endpoint.ts'
import { Badge } from '../../kit/Badge.tsx'
import { useFormats } from '../../kit/format.ts'
import { Icon } from '../../kit/Icon.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Table } from '../../kit/Table.tsx'
import { useWords } from '../../kit/words.ts'
import { useMay } from '../shell/session.ts'
import { type Opened, useTold } from './Columns.tsx'
import { FileDrop } from './FileDrop.tsx'
import { texts } from './words.ts'

export const Counts = ({ job }: { readonly job: Opened }) => {
  const w = useWords(texts)
  const { number } = useFormats()
  const counts = [
    ['plain', w.read, job.rows_read],
    [job.rows_new > 0 ? 'well' : 'plain', w.fresh, job.rows_new],
    [job.rows_changed > 0 ? 'care' : 'plain', job.dry_run ? w.changed : w.changedDone, job.rows_changed],
    ['plain', w.same, job.rows_same],
    [job.rows_faulty > 0 ? 'stop' : 'plain', w.faulty, job.rows_faulty],
  ] as const
  return (
    <dl className="counts">
      {counts.map(([tone, label, count]) => (
        <div key={label} data-tone={tone}>
          <dt>{label}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

export const Samples = ({ job }: { readonly job: Opened }) => {
  const w = useWords(texts)
  const told = useTold()
  const outcomes = { new: w.becomesNew, changed: w.becomesChanged, same: w.becomesSame } as const
  const tones = { new: 'well', changed: 'care', same: 'plain' } as const
  const taken = Object.entries(job.columns).toSorted(([, a], [, b]) => a - b)
  type Row = Opened['samples'][number]
  return (
    job.samples.length > 0 && (
      <Panel title={w.examples} flush>
        <Table<Row>
          label={w.table(w.examples)}
          rows={job.samples}
          keyOf={({ row_number }) => String(row_number)}
          columns={[
            { id: 'row', label: w.row, width: '4rem', cell: ({ row_number }) => row_number },
            {
              id: 'outcome',
              label: w.state,
              cell: ({ outcome }) => <Badge tone={tones[outcome]}>{outcomes[outcome]}</Badge>,
            },
            ...taken.map(([field, column]) => ({
              id: field,
              label: told.field(field),
              cell: ({ cells, fields }: Row) =>
                fields.includes(field) ? <strong>{cells[column]}</strong> : (cells[column] ?? ''),
            })),
          ]}
        />
      </Panel>
    )
  )
}

/** A plain link: the browser itself keeps what comes. */
const Download = ({ job, format }: { readonly job: Opened; readonly format: 'csv' | 'xlsx' }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { path } = api.takeFaults
  return (
    <a
      className="button"
      download
      href={addressOf(path, { params: { import_id: job.id }, query: { format, language } })}
    >
      <Icon name="download" />
      {w[format]}
    </a>
  )
}

type FaultLine = Opened['faults'][number]['faults'][number] & { readonly row: number; readonly mended: boolean }

export const Faults = ({ job }: { readonly job: Opened }) => {
  const w = useWords(texts)
  const told = useTold()
  const { number } = useFormats()
  const may = useMay()
  if (job.rows_faulty === 0) return null
  const open = job.rows_faulty - job.mended
  const lines = job.faults.flatMap(({ row_number, faults, mended_at }) =>
    faults.map((fault): FaultLine => ({ ...fault, row: row_number, mended: mended_at !== null })),
  )
  return (
    <>
      <Panel
        title={w.faultKinds}
        flush
        actions={
          open > 0 &&
          may(api.takeFaults) && (
            <>
              <Download job={job} format="csv" />
              <Download job={job} format="xlsx" />
            </>
          )
        }
      >
        <Table
          label={w.table(w.faultKinds)}
          rows={job.fault_kinds}
          keyOf={({ field, code }) => `${field} ${code}`}
          columns={[
            { id: 'times', label: w.times, width: '6rem', align: 'end', cell: ({ count }) => number(count) },
            { id: 'field', label: w.field, cell: ({ field }) => told.field(field) },
            { id: 'wrong', label: w.wrong, cell: ({ code }) => told.fault(code)[0] },
            { id: 'mend', label: w.mend, cell: ({ code }) => told.fault(code)[1] },
          ]}
        />
      </Panel>
      <Panel
        title={w.faults}
        flush
        actions={job.mended > 0 && <Badge tone="well">{w.mendedCount(number(job.mended))}</Badge>}
      >
        <Table<FaultLine>
          label={w.table(w.faults)}
          rows={lines}
          keyOf={({ row, field, code }) => `${row} ${field} ${code}`}
          columns={[
            { id: 'row', label: w.row, width: '6rem', cell: ({ row }) => number(row) },
            { id: 'field', label: w.field, cell: ({ field }) => told.field(field) },
            { id: 'value', label: w.value, cell: ({ value }) => value },
            {
              id: 'wrong',
              label: w.wrong,
              cell: ({ code, mended }) =>
                mended ? (
                  <Badge tone="well">{w.isMended}</Badge>
                ) : (
                  <span className="cell-fault">{told.fault(code)[0]}</span>
                ),
            },
            { id: 'mend', label: w.mend, cell: ({ code, mended }) => (mended ? '' : told.fault(code)[1]) },
          ]}
        />
      </Panel>
      {job.faults.length < job.rows_faulty && <p className="drop-hint">{w.first(job.faults.length)}</p>}
      {!job.dry_run && open > 0 && job.state !== 'undone' && may(api.deliverFile) && (
        <Panel title={w.again}>
          <FileDrop mends={job.id} />
        </Panel>
      )}
    </>
  )
}

export const Kept = ({ job }: { readonly job: Opened }) => {
  const w = useWords(texts)
  const whys: Readonly<Record<string, string | undefined>> = {
    'customer.has-contract': w['customer.has-contract'],
    'customer.has-home': w['customer.has-home'],
    'customer.has-contact': w['customer.has-contact'],
    'customer.has-permission': w['customer.has-permission'],
    'row.newer': w['row.newer'],
  }
  return (
    job.kept.length > 0 && (
      <Panel title={w.keptTitle} flush>
        <Table
          label={w.table(w.keptTitle)}
          rows={job.kept}
          keyOf={({ customer_id, kept }) => `${customer_id} ${kept}`}
          columns={[
            { id: 'number', label: w.number, cell: ({ number }) => number, by: ({ number }) => number },
            { id: 'why', label: w.why, cell: ({ kept }) => whys[kept] ?? w['customer.newer'] },
          ]}
        />
      </Panel>
    )
  )
}
