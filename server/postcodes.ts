// The postcodes of Finland, put in at the first start: sites refer to them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Login } from '../platform/database.ts'

type Listed = {
  readonly postcode: string
  readonly postcode_fi_name: string
  readonly postcode_sv_name: string
  readonly type_code: string
  readonly municipal_code: string
  readonly municipal_name_fi: string
  readonly municipal_name_sv: string
}
export type Postcode = {
  readonly code: string
  readonly office: string
  readonly municipality: string
  readonly homes: boolean
}

const listed = async (): Promise<readonly Listed[]> =>
  JSON.parse(await readFile(join(import.meta.dirname, 'demo/data/postcodes.json'), 'utf8')) as Listed[]

/** `homes`: an area where people live, not a box, a company or a parcel point. */
export const postcodes = async (): Promise<readonly Postcode[]> =>
  (await listed()).map((one) => ({
    code: one.postcode,
    office: one.postcode_fi_name,
    municipality: one.municipal_code,
    homes: one.type_code === '1',
  }))

/** New ones are added and names brought up to date; none is taken away, since sites refer to them. Returns how many rows changed. */
export const loadPostcodes = async (owner: Login): Promise<number> => {
  const all = await listed()
  const client = new pg.Client({ ...owner })
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `insert into postcode as p (code, post_office_fi, post_office_sv, municipality_code, municipality_fi, municipality_sv)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as new (code, fi, sv, m, m_fi, m_sv)
        where not exists (select from postcode o where (o.code, o.post_office_fi, o.post_office_sv, o.municipality_code, o.municipality_fi, o.municipality_sv)
                          = (new.code, new.fi, new.sv, new.m, new.m_fi, new.m_sv))
       on conflict (code) do update set post_office_fi = excluded.post_office_fi, post_office_sv = excluded.post_office_sv,
         municipality_code = excluded.municipality_code, municipality_fi = excluded.municipality_fi, municipality_sv = excluded.municipality_sv`,
      [
        all.map((one) => one.postcode),
        all.map((one) => one.postcode_fi_name),
        all.map((one) => one.postcode_sv_name),
        all.map((one) => one.municipal_code),
        all.map((one) => one.municipal_name_fi),
        all.map((one) => one.municipal_name_sv),
      ],
    )
    return rowCount ?? 0
  } finally {
    await client.end()
  }
}
