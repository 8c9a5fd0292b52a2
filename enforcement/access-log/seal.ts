// Writes the sealed log: lines, the tiles that they complete and the new frontier in one transaction. One writer at a time in a database.
import type { Connection, Pool } from '../../platform/database.ts'
import { leafOfText, type WrittenLine } from './line.ts'
import { rowsOf } from './rows.ts'
import { append, emptyTree, type Frontier, rootOf, tileSize } from './tree.ts'

/** Who seals, and the type of a row of access_event there. */
export type Sealer = { readonly pool: Pool; readonly rowType: number }

export const sealerOn = async (pool: Pool): Promise<Sealer> => {
  const { rows } = await pool.query<{ type: number }>(`select 'access_event'::regtype::oid::int8::int4 as type`)
  return { pool, rowType: rows[0]?.type as number }
}

/** The tree, and the leaves after its last complete tile when they are at hand: of what this process itself has sealed. */
export type Edge = Frontier & { readonly open?: readonly Buffer[] | undefined }

const lock = 4_710_003

// One round trip. Each statement sees what the last holder of the lock has committed; an answer waits for the disk, whatever the server's default.
const beginning = `
  begin;
  set local synchronous_commit = on;
  select pg_advisory_xact_lock(${lock});
  select size, frontier from access_batch order by size desc limit 1`

const frontierOf = (row: { size: string; frontier: Buffer } | undefined): Frontier =>
  row === undefined
    ? emptyTree
    : {
        size: Number(row.size),
        roots: Array.from({ length: row.frontier.length / 32 }, (_, i) => row.frontier.subarray(i * 32, i * 32 + 32)),
      }

/** Alone in the log: `work` is given the tree as it stands. */
export const inTurn = async <T>(
  pool: Pool,
  work: (connection: Connection, tree: Frontier) => Promise<T>,
): Promise<T> => {
  const connection = await pool.connect()
  try {
    const answers = (await connection.query(beginning)) as unknown as { rows: { size: string; frontier: Buffer }[] }[]
    const result = await work(connection, frontierOf(answers.at(-1)?.rows[0]))
    await connection.query('commit')
    connection.release()
    return result
  } catch (error) {
    // Whatever state it is in, it goes; an unfinished transaction goes with it.
    connection.release(true)
    throw error
  }
}

// Alone, it is one round trip and one transaction that waits for the disk. It does nothing when the log is past the tree that it goes on from,
// nor when another has the turn or waits for it: those who seal at once share the lock, and do not starve the one who takes turns.
// The newest size is asked for by its order: whether there is a larger one would be read from the whole table.
export const insertLines = (tiles: boolean) => `
  with durable as materialized (
    select set_config('synchronous_commit', 'on', true)
     where pg_try_advisory_xact_lock_shared(${lock})
       and coalesce((select size from access_batch order by size desc limit 1), 0) <= $1::bigint),
  lines as (
    insert into access_event
      (id, request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash, salt, leaf)
    select id, request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash, salt, leaf
      from durable cross join unnest($2::access_event[]))${
        tiles
          ? `,
  tiles as (
    insert into access_tile (level, index, root, hashes)
    select 0, $6::bigint + n - 1, root, hashes from durable cross join unnest($7::bytea[], $8::bytea[]) with ordinality as t (root, hashes, n))`
          : ''
      }
  insert into access_batch (size, frontier, at) select $3::bigint, $4::bytea, $5::timestamptz from durable`

const [linesAlone, linesAndTiles] = [insertLines(false), insertLines(true)]

/** Adds the tiles, of every level, that a log grown from `before` to `after` lines completes. */
const completeTiles = async (connection: Connection, before: number, after: number): Promise<void> => {
  for (let [level, span] = [0, tileSize]; span <= after; [level, span] = [level + 1, span * tileSize]) {
    const [from, to] = [Math.floor(before / span), Math.floor(after / span)]
    if (from === to) continue
    const { rows } = await connection.query<{ hash: Buffer }>(
      level === 0
        ? 'select leaf as hash from access_event where id >= $1 and id < $2 order by id'
        : `select root as hash from access_tile where level = ${level - 1} and index >= $1 and index < $2 order by index`,
      [from * tileSize, to * tileSize],
    )
    const tiles = Array.from({ length: to - from }, (_, i) =>
      rows.slice(i * tileSize, (i + 1) * tileSize).map(({ hash }) => hash),
    )
    await connection.query(
      `insert into access_tile (level, index, root, hashes)
       select ${level}, $1::bigint + n - 1, root, hashes
         from unnest($2::bytea[], $3::bytea[]) with ordinality as t (root, hashes, n)`,
      [from, tiles.map(tileRoot), tiles.map((hashes) => Buffer.concat(hashes))],
    )
  }
}

const tileRoot = (hashes: readonly Buffer[]): Buffer => rootOf(append(emptyTree, hashes))

/** Tiles of leaves that are complete with these, and the leaves that are left. */
const cut = (leaves: readonly Buffer[]) => {
  const whole = Math.floor(leaves.length / tileSize)
  return {
    tiles: Array.from({ length: whole }, (_, i) => leaves.slice(i * tileSize, (i + 1) * tileSize)),
    open: leaves.slice(whole * tileSize),
  }
}

type Grown = { readonly after: Edge; readonly tiles: readonly (readonly Buffer[])[] }

const grown = (tree: Edge, leaves: readonly Buffer[]): Grown => {
  const after = append(tree, leaves)
  if (tree.open !== undefined) {
    const { tiles, open } = cut([...tree.open, ...leaves])
    return { after: { ...after, open }, tiles }
  }
  const sinceTile = after.size % tileSize
  return {
    after: { ...after, open: sinceTile <= leaves.length ? leaves.slice(leaves.length - sinceTile) : undefined },
    tiles: [],
  }
}

type Put = { readonly lines: readonly WrittenLine[]; readonly leaves: readonly Buffer[]; readonly now: Date }

/** Puts the lines as the next leaves after `tree`, and the tiles; false when another has sealed since. */
const put = async (
  on: Connection | Pool,
  rowType: number,
  { size }: Edge,
  { lines, leaves, now }: Put,
  { after, tiles }: Grown,
): Promise<boolean> => {
  const values = [size, rowsOf(rowType, size, lines, leaves), after.size, Buffer.concat(after.roots), now]
  const { rowCount } = await on.query(
    tiles.length === 0
      ? { name: 'seal-lines', text: linesAlone, values }
      : {
          name: 'seal-lines-and-tiles',
          text: linesAndTiles,
          values: [
            ...values,
            Math.floor(size / tileSize),
            tiles.map(tileRoot),
            tiles.map((hashes) => Buffer.concat(hashes)),
          ],
        },
  )
  return rowCount === 1
}

const putOf = (lines: readonly WrittenLine[], now: Date): Put => ({
  lines,
  leaves: lines.map(({ salt, text }) => leafOfText(salt, text)),
  now,
})

/** Seals the lines in the transaction of `inTurn`, with the tiles that they complete. The tree as it then stands; undefined as with `put`. */
export const seal = async (
  { rowType }: Sealer,
  connection: Connection,
  tree: Frontier,
  lines: readonly WrittenLine[],
  now: Date,
): Promise<Edge | undefined> => {
  const what = putOf(lines, now)
  // What other processes have sealed is not at hand: the tiles are made of what the table holds.
  const { after } = grown({ size: tree.size, roots: tree.roots }, what.leaves)
  if (!(await put(connection, rowType, tree, what, { after, tiles: [] }))) return undefined
  await completeTiles(connection, tree.size, after.size)
  return after
}

const isTaken = (error: unknown): boolean => (error as { code?: string }).code === '23505'

/** Whether a tile that stands for tiles is completed, or one whose leaves are not at hand. */
const needsTurn = ({ size, open }: Edge, lines: number): boolean => {
  const completes = (span: number): boolean => Math.floor((size + lines) / span) > Math.floor(size / span)
  return completes(tileSize ** 2) || (open === undefined && completes(tileSize))
}

/**
 * Seals the lines by one statement, without waiting for a turn: the numbers of the leaves are unique, so of two that go on from one tree one
 * is refused. Undefined when it was refused, or when it needs a turn.
 */
export const sealAtOnce = async (
  { pool, rowType }: Sealer,
  tree: Edge,
  lines: readonly WrittenLine[],
  now: Date,
): Promise<Edge | undefined> => {
  if (needsTurn(tree, lines.length)) return undefined
  const what = putOf(lines, now)
  const growth = grown(tree, what.leaves)
  try {
    return (await put(pool, rowType, tree, what, growth)) ? growth.after : undefined
  } catch (error) {
    if (isTaken(error)) return undefined
    throw error
  }
}

const patience = 20

/** Seals after whatever is there: who seals at once may come in between, and then it is tried again. */
export const sealInTurn = async (
  pool: Pool,
  work: (connection: Connection, tree: Frontier) => Promise<Edge | undefined>,
): Promise<Edge> => {
  for (let attempt = 1; ; attempt++)
    try {
      const after = await inTurn(pool, work)
      if (after !== undefined) return after
      if (attempt === patience) throw new Error('others seal faster than this process can')
    } catch (error) {
      if (!isTaken(error) || attempt === patience) throw error
    }
}

/** Of lines that a broken connection or a killed process leaves in doubt, those that are not in the log. A line is known by its salt. */
export const unsealed = async (
  connection: Connection,
  lines: readonly WrittenLine[],
): Promise<readonly WrittenLine[]> => {
  if (lines.length === 0) return []
  // A request has no index of its own; its time has.
  const times = lines.map(({ at }) => at.getTime())
  const { rows } = await connection.query<{ salt: Buffer }>(
    'select salt from access_event where at between $1 and $2 and request = any ($3::uuid[])',
    [
      new Date(times.reduce((a, b) => Math.min(a, b))),
      new Date(times.reduce((a, b) => Math.max(a, b))),
      [...new Set(lines.map((line) => line.request))],
    ],
  )
  const sealed = new Set(rows.map(({ salt }) => salt.toString('hex')))
  return lines.filter((line) => !sealed.has(line.salt.toString('hex')))
}

/** Tiles that a database from before this table's present form lacks. */
export const missingTiles = async (connection: Connection, tree: Frontier): Promise<void> => {
  const { rows } = await connection.query<{ tiles: string }>(
    'select coalesce(max(index) + 1, 0) as tiles from access_tile where level = 0',
  )
  await completeTiles(connection, Number(rows[0]?.tiles ?? 0) * tileSize, tree.size)
}
