// SQL of lists that were taken out.
import type { Read } from '../../../platform/database.ts'
import { branded, computed, instant, int, nullable, shape, text, texts, uuid } from '../../../platform/row.ts'
import { columns, raw, sql } from '../../../platform/sql.ts'
import type { Form } from '../../../register/list.ts'

const exportRow = shape({
  id: uuid,
  at: instant,
  recorded_by: text,
  role: text,
  hat: text,
  purpose: text,
  list: text,
  form: branded<Form>(text),
  reason: text,
  recipient: text,
  categories: texts,
})
const peopleRow = shape({ people: computed(int, ['disclosure']) })
const nameRow = shape({ by: computed(nullable(text), ['staff-identity']) })
const none = shape({})
const page = 100

export type Sought = {
  readonly customer_id: number | undefined
  readonly recorded_by: string | undefined
  readonly before: string | undefined
}

/** Newest first, with how many persons each held. */
export const listExports = async (db: Read, { customer_id, recorded_by, before }: Sought, names: boolean) => {
  const named = (names ? nameRow : none) as typeof nameRow
  const rows = await db.all(
    { ...exportRow, ...peopleRow, ...named },
    sql`select ${columns(exportRow, 'e')}, (select count(*) from disclosure d where d.list_export_id = e.id)::int as people
               ${raw(names ? `, (select s.name from staff s where 'staff:' || s.id = e.recorded_by) as by` : '')}
          from list_export e
         where (${before ?? null}::timestamptz is null or e.at < ${before ?? null}::timestamptz)
           and (${recorded_by ?? null}::text is null or e.recorded_by = ${recorded_by ?? null})
           and (${customer_id ?? null}::bigint is null
                or exists (select from disclosure d where d.list_export_id = e.id and d.customer_id = ${customer_id ?? null}))
         order by e.at desc limit ${page}`,
  )
  const unread = { by: null }
  return rows.map((row) => ({ ...unread, ...row }))
}
