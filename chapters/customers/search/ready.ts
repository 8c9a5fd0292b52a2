// The search made ready at start: rebuilt where a crash has emptied it, its words read into memory.
import type { Pool } from '../../../platform/database.ts'
import { fold } from '../../../platform/text.ts'
import { type Words, wordsOf } from './words.ts'

const isEmpty = 'select not exists (select from search_name) and exists (select from customer_name) as empty'

/** Each distinct first word of a key, by jumping from one to the next in the index: every word of a name stands first in one of its keys. */
const firstWords = `
  with recursive word (w) as (
    (select split_part(key, ' ', 1) from search_name order by key limit 1)
    union all
    select (select split_part(key, ' ', 1) from search_name where key > word.w || ' ' || U&'\\+10FFFF' order by key limit 1)
      from word where word.w is not null)
  select w from word where w is not null`

export const readWords = async (pool: Pool): Promise<Words> => {
  const words = await pool.query<{ w: string }>(firstWords)
  const places = await pool.query<{ fi: string; sv: string }>(
    'select distinct post_office_fi as fi, post_office_sv as sv from postcode',
  )
  return wordsOf(
    words.rows.map(({ w }) => w),
    places.rows.flatMap(({ fi, sv }) => [fold(fi), fold(sv)]),
  )
}

/** @param pool of the login `search-index.customer-care.group`, the only one that may rebuild */
export const rebuildSearch = async (pool: Pool): Promise<void> => {
  const connection = await pool.connect()
  let failed: Error | undefined
  try {
    await connection.query('begin; set local statement_timeout = 0; select search_rebuild(); commit')
  } catch (error) {
    failed = error as Error
    throw error
  } finally {
    // A connection that failed halfway is in a broken transaction: closed, not lent again.
    connection.release(failed)
  }
}

/** Rebuilt only if it is empty though there are names. Some 15 s for a million people. */
export const openSearch = async (pool: Pool): Promise<Words> => {
  const { rows } = await pool.query<{ empty: boolean }>(isEmpty)
  if (rows[0]?.empty === true) await rebuildSearch(pool)
  return readWords(pool)
}
