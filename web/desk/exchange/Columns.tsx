// Which column becomes what, and at once what the first rows would be by that.
import type { z } from 'zod'
import * as api from '../../../chapters/exchange/api.ts'
import { useQueryClient } from '@tanstack/react-query'
import { asking, useAsk } from '../../kit/ask.ts'
import { ErrorView } from '../../kit/ErrorView.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Table } from '../../kit/Table.tsx'
import { useWords } from '../../kit/words.ts'
import { texts } from './words.ts'

export type Opened = z.output<typeof api.openImport.gives>
export type Mapped = Pick<Opened, 'kind' | 'source' | 'columns'>
type Preview = z.output<typeof api.previewImport.gives>

/** Words of a field, and of a fault what is wrong and how to mend it. */
export const useTold = () => {
  const language = useLanguage()
  const fields: Readonly<Record<string, string>> = api.fieldWords[language]
  const faults: Readonly<Record<string, readonly [string, string]>> = api.faultWords[language]
  return {
    field: (id: string): string => fields[id] ?? id,
    fault: (code: string): readonly [string, string] => faults[code] ?? faults['other'] ?? [code, ''],
  }
}

const none = 'none'
const examples = 3

const withField = (columns: Mapped['columns'], column: number, field: string): Mapped['columns'] => {
  const kept = Object.entries(columns).filter(([known, at]) => known !== field && at !== column)
  return Object.fromEntries(field === none ? kept : [...kept, [field, column]])
}

const PreviewRows = ({ preview: { rows, fields }, mapped }: { readonly preview: Preview; readonly mapped: Mapped }) => {
  const w = useWords(texts)
  const told = useTold()
  const at = (field: string): number => mapped.columns[field] ?? -1
  const taken = fields.filter((field) => at(field) >= 0).toSorted((a, b) => at(a) - at(b))
  type Row = Preview['rows'][number]
  const cellOf = ({ cells, record, faults }: Row, field: string) => {
    const wrong = faults.filter((fault) => fault.field === field)
    const written = cells[at(field)] ?? ''
    if (wrong.length > 0)
      return (
        <span className="cell-fault">
          {written} {wrong.map(({ code }) => told.fault(code)[0]).join(', ')}
        </span>
      )
    return record === null ? written : (record[field] ?? '')
  }
  return (
    <Table<Row>
      label={w.table(w.preview)}
      rows={rows}
      keyOf={({ row_number }) => String(row_number)}
      columns={[
        { id: 'row', label: w.row, width: '4rem', cell: ({ row_number }) => row_number },
        ...taken.map((field) => ({ id: field, label: told.field(field), cell: (row: Row) => cellOf(row, field) })),
      ]}
    />
  )
}

export const Columns = ({
  job,
  mapped,
  onChange,
}: {
  readonly job: Opened
  readonly mapped: Mapped
  readonly onChange: (mapped: Mapped) => void
}) => {
  const w = useWords(texts)
  const told = useTold()
  const { kind, columns } = mapped
  const preview = useAsk(api.previewImport, { params: { import_id: job.id }, body: { kind, columns } })
  const client = useQueryClient()
  const changeKind = async (next: Mapped['kind']): Promise<void> => {
    const asked = asking(api.previewImport, { params: { import_id: job.id }, body: { kind: next, columns: {} } })
    // Without an answer the columns are chosen one by one.
    const { proposed } = await client.fetchQuery(asked).catch(() => ({ proposed: {} }))
    onChange({ ...mapped, kind: next, columns: proposed })
  }
  const fieldAt = new Map(Object.entries(columns).map(([field, column]) => [column, field]))
  const options = [
    { id: none, label: w.notTaken },
    ...(preview.data?.fields ?? Object.keys(columns)).map((field) => ({ id: field, label: told.field(field) })),
  ]
  const missing = preview.data?.column_faults ?? []
  return (
    <>
      <Panel title={w.columns}>
        <p>{w.columnsLead}</p>
        <div className="mapping-basis">
          <TextField
            label={w.source}
            hint={w.sourceHint}
            required
            maxLength={60}
            value={mapped.source}
            onChange={(source) => onChange({ ...mapped, source })}
          />
          {api.kinds.length > 1 && (
            <SelectField
              label={w.kind}
              value={kind}
              options={api.kinds.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => void changeKind(id as Mapped['kind'])}
            />
          )}
        </div>
        {missing.length > 0 && (
          <p className="cell-fault" role="alert">
            {missing.map(({ field, code }) => `${told.field(field)}: ${told.fault(code).join('. ')}`).join(' ')}
          </p>
        )}
        <div className="mapping">
          {job.header.map((name, column) => (
            <SelectField
              key={name}
              label={name}
              hint={(preview.data?.rows ?? [])
                .map(({ cells }) => cells[column] ?? '')
                .filter((cell) => cell !== '')
                .slice(0, examples)
                .map((cell) => cell.slice(0, 40))
                .join(' · ')}
              value={fieldAt.get(column) ?? none}
              options={options}
              onChange={(field) => onChange({ ...mapped, columns: withField(columns, column, field) })}
            />
          ))}
        </div>
      </Panel>
      <Panel title={w.preview} flush>
        {preview.error ? (
          <ErrorView error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          preview.data && <PreviewRows preview={preview.data} mapped={mapped} />
        )}
      </Panel>
    </>
  )
}
