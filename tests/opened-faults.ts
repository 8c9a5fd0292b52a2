// The faulty rows of an import as they were sealed, opened by the keys of the register.
import type { Pool } from 'pg'
import { openFaults, type SealedJob } from '../chapters/exchange/sealed.ts'
import type { MasterKeys } from '../platform/keys.ts'

export const openedFaults = async (owner: Pool, keys: MasterKeys, job: number) => {
  const { rows: jobs } = await owner.query<SealedJob>(
    'select id, stored_as, data_key, key_version from import_job where id = $1',
    [job],
  )
  const { rows } = await owner.query<{ row_number: string; content: Buffer }>(
    'select row_number, content from import_fault where job_id = $1 order by row_number',
    [job],
  )
  const [sealed] = jobs
  if (sealed === undefined) return []
  return openFaults(
    keys,
    sealed,
    rows.map(({ row_number, content }) => ({ row_number: Number(row_number), content })),
  )
}
