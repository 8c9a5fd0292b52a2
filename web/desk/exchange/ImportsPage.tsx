// Imports: a file is brought here, and what was brought before is found again.
import * as api from '../../../chapters/exchange/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { asking, useAsk } from '../../kit/ask.ts'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { useFormats } from '../../kit/format.ts'
import { Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { Table } from '../../kit/Table.tsx'
import { useWords } from '../../kit/words.ts'
import type { Loading } from '../page.ts'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { FileDrop } from './FileDrop.tsx'
import { isMoving, type Job, StateBadge, useWho } from './state.tsx'
import { texts } from './words.ts'
import './imports.css'

export const title = (language: Language): string => texts[language].imports
export const loader = ({ client }: Loading) => client.ensureQueryData(asking(api.imports, { query: {} }))

export const Jobs = ({ jobs, label }: { readonly jobs: readonly Job[]; readonly label?: string }) => {
  const w = useWords(texts)
  const { instant, number } = useFormats()
  const who = useWho()
  return (
    <Table
      label={label ?? w.earlier}
      keyOf={({ id }) => String(id)}
      to={({ id }) => paths.import({ import: String(id) })}
      rows={jobs}
      empty={<EmptyState icon="queue" title={w.none} />}
      columns={[
        { id: 'file', label: w.file, cell: (job) => job.file_name, by: (job) => job.file_name },
        { id: 'source', label: w.source, cell: (job) => job.source, by: (job) => job.source },
        { id: 'state', label: w.state, cell: (job) => <StateBadge job={job} /> },
        { id: 'rows', label: w.rows, align: 'end', cell: (job) => number(job.rows_read), by: (job) => job.rows_read },
        { id: 'new', label: w.fresh, align: 'end', cell: (job) => number(job.rows_new), by: (job) => job.rows_new },
        {
          id: 'changed',
          label: w.changedDone,
          align: 'end',
          cell: (job) => number(job.rows_changed),
          by: (job) => job.rows_changed,
        },
        {
          id: 'faulty',
          label: w.faulty,
          align: 'end',
          cell: (job) => number(job.rows_faulty),
          by: (job) => job.rows_faulty,
        },
        { id: 'by', label: w.by, cell: who, by: who },
        {
          id: 'when',
          label: w.when,
          cell: (job) => instant(new Date(job.recorded_at)),
          by: (job) => job.recorded_at,
        },
      ]}
    />
  )
}

export const Page = () => {
  const w = useWords(texts)
  const may = useMay()
  const jobs = useAsk(api.imports, { query: {} }, { again: (now) => (now?.some(isMoving) ? 2_000 : false) })
  return (
    <Frame title={w.imports} lead={w.lead}>
      <div className="imports">
        {may(api.deliverFile) && (
          <Panel title={w.bring}>
            <FileDrop />
          </Panel>
        )}
        <Panel title={w.earlier} flush>
          <Answer of={jobs}>{(rows) => <Jobs jobs={rows} />}</Answer>
        </Panel>
      </div>
    </Frame>
  )
}
