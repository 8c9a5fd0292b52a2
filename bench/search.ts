// The search box against a ranked trigram index and FTS5 over the same people, in turns: CPU a query, recall, HTTP, and the cost of a write.
import type { Pool } from '../platform/database.ts'
import { readWords, searchCustomers } from '../chapters/customers/index.ts'
import { nothingSeen, witnessOf } from '../enforcement/witness.ts'
import { statementsOn } from '../platform/database.ts'
import { clockOf, cpuOf, median, ownCpu, type Pair, pidOf, quantile, rowOf, spentOn } from './kit/measure.ts'
import { exact, queriesOf, type Query, slipped, truthOf } from './kit/people.ts'
import { population, type Population } from './kit/population.ts'
import { closeTrigram, openFts, openTrigram, trigram, trigramFlush, trigramRefresh } from './kit/rivals.ts'
import { servedOn } from './kit/served.ts'
import { against, type Row, type Spent, topic } from './kit/topic.ts'

type Ask = (text: string) => readonly number[] | Promise<readonly number[]>
type Contender = { readonly ask: Ask; readonly pid: number | undefined }

const login = 'customer-service.customer-care.retail'

/** Each query asked of all, in an order that turns; one list of costs for each contender. */
const race = async (queries: readonly Query[], contenders: readonly Contender[]) => {
  const spent = contenders.map((): Spent[] => [])
  const hits = contenders.map((): boolean[] => [])
  for (const [i, { text, id }] of queries.entries())
    for (let turn = 0; turn < contenders.length; turn++) {
      const which = (i + turn) % contenders.length
      const { ask, pid } = contenders[which] as Contender
      const cpu = () => ownCpu() + (pid === undefined ? 0 : cpuOf(pid))
      const [before, began] = [cpu(), performance.now()]
      const found = await ask(text)
      const wall = performance.now() - began
      spent[which]?.push({ cpu: cpu() - before, wall })
      hits[which]?.push(found.includes(id))
    }
  return { spent, hits }
}

const at = (spent: readonly Spent[], share: number): Spent => ({
  cpu: quantile(
    spent.map(({ cpu }) => cpu),
    share,
  ),
  wall: quantile(
    spent.map(({ wall }) => wall),
    share,
  ),
})

const ratioRow = (
  told: Pick<Row, 'what' | 'baseline' | 'mark'>,
  rounds: readonly (readonly Spent[][])[],
  rival: number,
  share: number,
): Row => {
  const pairs = rounds.map((spent) => ({
    ours: at(spent[0] as Spent[], share),
    theirs: at(spent[rival] as Spent[], share),
  }))
  return rowOf({ ...told, unit: 'ms', is: 'faster' }, pairs)
}

/** Milliseconds of CPU of each kind of query: where the p95 comes from. */
const kindsOf = (queries: readonly Query[], spent: readonly (readonly Spent[])[]): string =>
  [...Map.groupBy(queries.keys(), (i) => queries[i]?.kind)]
    .map(([kind, at]) => {
      const told = spent.map((of) => {
        const cpu = at.map((i) => of[i]?.cpu ?? Number.NaN)
        return `${median(cpu).toFixed(2)} / ${quantile(cpu, 0.95).toFixed(2)}`
      })
      return `${kind}: ${told.join(', ')}`
    })
    .join('; ')

/** Percent of queries of these kinds that found whom they meant. */
const recall = (queries: readonly Query[], hits: readonly boolean[], kinds: readonly string[]): number => {
  const of = queries.flatMap(({ kind }, i) => (kinds.includes(kind) ? [hits[i] === true] : []))
  return (100 * of.filter(Boolean).length) / of.length
}

const overHttp = async (people: Population, queries: readonly Query[]): Promise<readonly Row[]> => {
  const served = await servedOn(people)
  try {
    const clock = await clockOf(people.owner)
    const ask = async (text: string): Promise<Spent> =>
      spentOn(clock, async () => {
        const answer = await fetch(`${served.url}/api/search?text=${encodeURIComponent(text)}`, {
          headers: { cookie: served.cookie },
        })
        if (!answer.ok) throw new Error(`the search answered ${answer.status}: ${await answer.text()}`)
        await answer.arrayBuffer()
      })
    // The server lets one user ask 1,200 times a minute.
    const texts = queries.slice(0, 600).map(({ text }) => text)
    for (const text of texts.slice(0, 80)) await ask(text)
    const alone: Spent[] = []
    for (const text of texts) alone.push(await ask(text))
    const left = texts.slice(0, 450)
    const eight: Spent[] = []
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let text = left.pop(); text !== undefined; text = left.pop()) eight.push(await ask(text))
      }),
    )
    const row = (what: string, spent: readonly Spent[], share: number, limit: number, mark: string): Row =>
      against(limit, { what, unit: 'ms', is: 'below', values: [at(spent, share)], mark })
    return [
      row('over HTTP, log and walls on, p50', alone, 0.5, 5, 'M14'),
      row('over HTTP, p95', alone, 0.95, 15, 'M14'),
      row('over HTTP, p99', alone, 0.99, 40, 'M14'),
      row('over HTTP, eight at a time, p95', eight, 0.95, 15, 'M14'),
    ]
  } finally {
    await served.stop()
  }
}

/** What is changed of a person, a kind each in turn: the category that an endpoint would have written, and the change. */
const changes = [
  [
    'contact-details',
    `update contact_point set value = left(value, 6) || translate(substr(value, 7), '0123456789', '1234567890')
      where customer_id = any ($1::bigint[]) and channel = 'phone'`,
  ],
  [
    'postal-address',
    `update postal_address set street = case when street like '% Z' then left(street, -2) else street || ' Z' end where customer_id = any ($1::bigint[])`,
  ],
  [
    'name',
    `update customer_name set family = case when family like '%-Uusi' then left(family, -5) else family || '-Uusi' end
      where customer_id = any ($1::bigint[]) and family is not null`,
  ],
] as const

/** The same people changed, and then made findable again in turns: one of a telephone number, an address or a name. */
const writes = async ({ owner }: Population, pool: Pool, people: number, pairs: number): Promise<Row> => {
  const { rows } = await owner.query<{ id: string }>(
    `select customer_id as id from trigram_write t
      where exists (select from contact_point where customer_id = t.customer_id and channel = 'phone')
        and exists (select from postal_address where customer_id = t.customer_id)
        and exists (select from customer_name where customer_id = t.customer_id and family is not null)
      order by md5(customer_id::text) limit $1`,
    [people],
  )
  const ids = rows.map(({ id }, i) => ({ id: Number(id), change: changes[i % changes.length] ?? changes[0] }))
  const clock = await clockOf(owner)
  const change = async () => {
    for (const of of changes) await owner.query(of[1], [ids.filter((one) => one.change === of).map(({ id }) => id)])
  }
  const ours = async () => {
    for (const {
      id,
      change: [written],
    } of ids)
      await pool.query({
        name: 'refresh',
        text: 'select search_refresh_written(array[$1::bigint], array[$2::text])',
        values: [id, written],
      })
  }
  const theirs = async () => {
    for (const { id } of ids) await trigramRefresh(owner, id)
    await trigramFlush(owner)
  }
  const measured: Pair[] = []
  for (let pair = -1; pair < pairs; pair++) {
    await change()
    const first = await spentOn(clock, pair % 2 === 0 ? ours : theirs)
    const second = await spentOn(clock, pair % 2 === 0 ? theirs : ours)
    // The first is a warm-up.
    if (pair >= 0) measured.push(pair % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first })
  }
  return rowOf(
    {
      what: 'a person with one fact changed made findable again',
      baseline: 'two trigram GINs and a tsvector GIN from the same tables, pending lists flushed',
      unit: 'ms',
      is: 'faster',
      mark: { name: 'M15', ratio: 5, moonshot: 15 },
    },
    measured,
    ids.length,
  )
}

export const bench = topic({
  what: 'the search box: a name, number, address or slip of the finger among all customers',
  options: {
    customers: { default: 100_000, tiny: 400, what: 'people in the register' },
    each: { default: 20, tiny: 2, what: 'queries of each of eleven kinds in a round' },
    pairs: { default: 5, tiny: 1, what: 'rounds, each with other queries' },
    writes: { default: 150, tiny: 5, what: 'people made findable again in a run' },
    http: { default: 500, tiny: 5, what: 'queries over HTTP' },
  },
  run: async ({ customers, each, pairs, writes: many, http }, say) => {
    const people = await population(customers, say)
    const { register, owner } = people
    try {
      await openTrigram(owner)
      say('the trigram indexes are built')
      const fts = await openFts(owner)
      const truth = await truthOf(owner)
      const pool = register.pool(login)
      const reads = register.bundles.get(login)?.reads ?? new Set()
      const words = await readWords(register.pool('search-index.customer-care.group'))
      const db = statementsOn(pool, witnessOf(register.origins, register.verdicts, reads, nothingSeen()))
      const may = (category: string) => (reads as ReadonlySet<string>).has(category)
      const contenders: readonly Contender[] = [
        {
          ask: async (text) =>
            (await searchCustomers(db, { text, may, keys: register.keys, words })).map((one) => one.customer_id),
          pid: await pidOf(pool),
        },
        { ask: (text) => trigram(owner, text), pid: await pidOf(owner) },
        { ask: fts.ask, pid: undefined },
      ]
      say(`${truth.length} people are asked for`)
      await race(queriesOf(truth, Math.max(1, Math.ceil(each / 2)), 4), contenders)
      const rounds: Spent[][][] = []
      const asked: Query[] = []
      const shares: { exact: number[]; slipped: number[]; theirs: number[] }[] = []
      for (let round = 0; round < pairs; round++) {
        const queries = queriesOf(truth, each, 10 + round)
        const { spent, hits } = await race(queries, contenders)
        rounds.push(spent)
        asked.push(...queries)
        const of = (which: number, kinds: readonly string[]) => recall(queries, hits[which] ?? [], kinds)
        shares.push({
          exact: [of(0, exact)],
          slipped: [of(0, [slipped])],
          theirs: [of(1, exact), of(1, [slipped]), of(2, exact), of(2, [slipped])],
        })
      }
      fts.close()
      const together = contenders.map((_, which) => rounds.flatMap((spent) => spent[which] ?? []))
      say(`p50 / p95 of ours, the trigram index, FTS5: ${kindsOf(asked, together)}`)
      const ranked = 'pg_trgm GIN, every word, ordered by word_similarity'
      const sqlite = 'SQLite FTS5 trigram in this process, first 20, unranked'
      const found = (what: string, values: readonly number[], limit: number): Row =>
        against(limit, {
          what,
          unit: '%',
          is: 'above',
          values: values.map((value) => ({ cpu: value, wall: value })),
          mark: 'M13',
        })
      say(
        `found by the trigram index: ${median(shares.map(({ theirs }) => theirs[0] ?? 0)).toFixed(0)} % of exact, ${median(shares.map(({ theirs }) => theirs[1] ?? 0)).toFixed(0)} % with a slip; by FTS5 ${median(shares.map(({ theirs }) => theirs[2] ?? 0)).toFixed(0)} and ${median(shares.map(({ theirs }) => theirs[3] ?? 0)).toFixed(0)} %`,
      )
      const rows = [
        ratioRow(
          {
            what: 'search, p95 of eleven kinds',
            baseline: ranked,
            mark: { name: 'M12', ratio: 50, moonshot: 1000 },
          },
          rounds,
          1,
          0.95,
        ),
        ratioRow({ what: 'search, p50', baseline: ranked }, rounds, 1, 0.5),
        ratioRow(
          { what: 'search, p95', baseline: sqlite, mark: { name: 'M12', ratio: 3, moonshot: 15 } },
          rounds,
          2,
          0.95,
        ),
        found(
          'the one meant is among 20, exact kinds',
          shares.flatMap((of) => of.exact),
          99,
        ),
        found(
          'the one meant is among 20, a slip in the name',
          shares.flatMap((of) => of.slipped),
          90,
        ),
        await writes(people, pool, many, pairs),
      ]
      return [...rows, ...(await overHttp(people, queriesOf(truth, Math.ceil(http / 11), 99)))]
    } finally {
      await closeTrigram(owner)
      await people.close()
    }
  },
})
