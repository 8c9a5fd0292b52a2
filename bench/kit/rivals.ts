// What the search is held against: PostgreSQL's trigram index, ranked, and SQLite's FTS5 with trigrams, in this process.
import { DatabaseSync } from 'node:sqlite'
import type { Pool } from '../../platform/database.ts'
import { fold } from '../../platform/text.ts'

/** One line for each person: names, numbers, telephone, e-mail, addresses. */
const lines = `
  select c.id as customer_id,
         (select string_agg(fold_text(concat_ws(' ', given, family, organisation)), ' ') from customer_name where customer_id = c.id) as names,
         concat_ws(' ', c.number, c.business_id,
           (select string_agg(case channel when 'phone' then '0' || substr(value, 5) else lower(value) end, ' ') from contact_point where customer_id = c.id),
           (select string_agg(fold_text(street || ' ' || post_office), ' ') from postal_address where customer_id = c.id)) as others
    from customer c where not c.protected and not c.restricted`

export const openTrigram = async (owner: Pool): Promise<void> => {
  await owner.query(`
    create extension if not exists pg_trgm;
    drop table if exists trigram_search, trigram_write; drop function if exists trigram_refresh;
    create table trigram_search as select customer_id, names || ' ' || others as line from (${lines}) l;
    alter table trigram_search add primary key (customer_id);
    create index trigram_line on trigram_search using gin (line gin_trgm_ops);
    create table trigram_write as select customer_id, names, others, to_tsvector('simple', names || ' ' || others) as document from (${lines}) l
      where customer_id <= 100000;
    alter table trigram_write add primary key (customer_id);
    create index on trigram_write using gin (names gin_trgm_ops);
    create index on trigram_write using gin (others gin_trgm_ops);
    create index on trigram_write using gin (document);
    create function trigram_refresh(person bigint) returns void language plpgsql set plan_cache_mode = force_generic_plan as $f$ begin
      delete from trigram_write where customer_id = person;
      insert into trigram_write select customer_id, names, others, to_tsvector('simple', names || ' ' || others) from (${lines} and c.id = person) l;
    end $f$;
    analyze trigram_search, trigram_write`)
}

export const closeTrigram = (owner: Pool) =>
  owner.query(
    'drop table if exists trigram_search, trigram_write; drop function if exists trigram_refresh; drop extension if exists pg_trgm',
  )

const wordsOf = (text: string): readonly string[] => (text.includes('@') ? text.toLowerCase() : fold(text)).split(' ')

export const trigram = async (pool: Pool, text: string): Promise<readonly number[]> => {
  const words = wordsOf(text)
  const where = words.map((_, i) => `line like $${i + 2}`).join(' and ')
  const { rows } = await pool.query<{ customer_id: string }>({
    name: `trigram ${words.length}`,
    text: `select customer_id from trigram_search where ${where} order by word_similarity($1, line) desc limit 20`,
    values: [words.join(' '), ...words.map((word) => `%${word}%`)],
  })
  return rows.map((row) => Number(row.customer_id))
}

/** One person made anew in the three indexes, from the same tables that ours is made from, planned once as ours is. */
export const trigramRefresh = (owner: Pool, id: number) =>
  owner.query({ name: 'trigram refresh', text: 'select trigram_refresh($1)', values: [id] })

/** What an insertion has put off, and a search or the vacuum does. */
export const trigramFlush = (owner: Pool) =>
  owner.query(
    `select gin_clean_pending_list(indexrelid) from pg_index join pg_class on oid = indexrelid
      where indrelid = 'trigram_write'::regclass and relam = (select oid from pg_am where amname = 'gin')`,
  )

export type Fts = { readonly ask: (text: string) => readonly number[]; readonly close: () => void }

export const openFts = async (owner: Pool): Promise<Fts> => {
  const db = new DatabaseSync(':memory:')
  db.exec(`create virtual table person using fts5(line, tokenize='trigram', content='')`)
  const insert = db.prepare('insert into person (rowid, line) values (?, ?)')
  db.exec('begin')
  for (let last = 0; ;) {
    const { rows } = await owner.query<{ customer_id: string; line: string }>(
      'select customer_id, line from trigram_search where customer_id > $1 order by customer_id limit 20000',
      [last],
    )
    for (const { customer_id, line } of rows) insert.run(Number(customer_id), line)
    if (rows.length === 0) break
    last = Number(rows.at(-1)?.customer_id)
  }
  db.exec('commit')
  const find = db.prepare('select rowid from person where person match ? limit 20')
  return {
    ask: (text) => {
      const terms = wordsOf(text).filter((word) => word.length > 2)
      if (terms.length === 0) return []
      return find.all(terms.map((word) => `"${word.replaceAll('"', '')}"`).join(' ')).map((row) => Number(row['rowid']))
    },
    close: () => db.close(),
  }
}
