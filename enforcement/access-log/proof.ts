// Proofs out of the log: what a customer downloads with each line, and what `verify.mjs` checks without us.
import type { Read } from '../../platform/database.ts'
import { bytes, instant, int, nullable, shape, text, texts, uuid } from '../../platform/row.ts'
import { columns, sql } from '../../platform/sql.ts'
import { consistencyProof, type Hashes, inclusionProof, rootAt, tileSize } from './tree.ts'

const lineRow = shape({
  id: int,
  request: uuid,
  seq: int,
  at: instant,
  actor: text,
  role: text,
  purpose: text,
  hat: text,
  subject_id: nullable(int),
  categories: texts,
  endpoint: text,
  because: nullable(text),
  outcome: text,
  notice_hash: text,
  salt: bytes,
})
/** A leaf tells of nobody: the neighbours of a line that is proved were not looked at. */
const leafRow = shape({ id: int, leaf: bytes })
const tileRow = shape({ level: int, index: int, hashes: bytes })
const rootRow = shape({ level: int, index: int, root: bytes })
const checkpointRow = shape({ size: int, note: text })

/** All that a verifier needs for one line; hexadecimal hashes. */
export type ProofBundle = {
  readonly line: readonly (string | null)[]
  readonly salt: string
  readonly index: number
  readonly size: number
  readonly hashes: readonly string[]
  readonly checkpoint: string
}

type Place = { readonly level: number; readonly index: number }
const named = ({ level, index }: Place): string => `${level}/${index}`
const tileOf = ({ level, index }: Place): Place => ({ level, index: Math.floor(index / tileSize) })

/** Hashes of these nodes: out of complete tiles, and at the open right edge from what those will be made of. */
const hashesAt = async (db: Read, places: readonly Place[]): Promise<ReadonlyMap<string, Buffer>> => {
  const wanted = [...new Map(places.map(tileOf).map((tile) => [named(tile), tile])).values()]
  const rows = await db.all(
    tileRow,
    sql`select ${columns(tileRow)} from access_tile
         where (level, index) in (select * from unnest(${wanted.map(({ level }) => level)}::smallint[], ${wanted.map(({ index }) => index)}::bigint[]))`,
  )
  const tiles = new Map(rows.map((row) => [named(row), row.hashes]))
  const open = places.filter((place) => !tiles.has(named(tileOf(place))))
  const openNodes = open.filter(({ level }) => level > 0).map(({ level, index }) => ({ level: level - 1, index }))
  const roots = await db.all(
    rootRow,
    sql`select ${columns(rootRow)} from access_tile
         where (level, index) in (select * from unnest(${openNodes.map(({ level }) => level)}::smallint[], ${openNodes.map(({ index }) => index)}::bigint[]))`,
  )
  const leaves = await db.all(
    leafRow,
    sql`select ${columns(leafRow)} from access_event
         where id = any (${open.filter(({ level }) => level === 0).map(({ index }) => index)}::bigint[])`,
  )
  return new Map([
    ...leaves.map((row): [string, Buffer] => [named({ level: 0, index: row.id }), row.leaf]),
    ...roots.map((row): [string, Buffer] => [named({ level: row.level + 1, index: row.index }), row.root]),
    ...places.flatMap((place): [string, Buffer][] => {
      const at = (place.index % tileSize) * 32
      const hash = tiles.get(named(tileOf(place)))?.subarray(at, at + 32)
      return hash === undefined ? [] : [[named(place), hash]]
    }),
  ])
}

/** Makes the proof twice: first to learn which hashes it is made of, then of those. */
const proved = async (db: Read, proof: (hashes: Hashes) => readonly Buffer[]): Promise<readonly Buffer[]> => {
  const places: Place[] = []
  proof((level, index) => {
    places.push({ level, index })
    return Buffer.alloc(32)
  })
  const hashes = await hashesAt(db, places)
  return proof((level, index) => {
    const hash = hashes.get(named({ level, index }))
    if (hash === undefined) throw new Error(`the access log lacks the hash ${level}/${index} that its size says it has`)
    return hash
  })
}

const written = (hashes: readonly Buffer[]): readonly string[] => hashes.map((hash) => hash.toString('hex'))

export const newestCheckpoint = (db: Read) =>
  db.maybe(checkpointRow, sql`select size, note from access_checkpoint order by size desc limit 1`)

/** The proof of one line against the newest checkpoint; undefined while that checkpoint does not reach it. */
export const proofOfLine = async (db: Read, id: number): Promise<ProofBundle | undefined> => {
  const row = await db.maybe(lineRow, sql`select ${columns(lineRow)} from access_event where id = ${id}`)
  const checkpoint = await newestCheckpoint(db)
  if (row === undefined || checkpoint === undefined || checkpoint.size <= id) return undefined
  const hashes = written(await proved(db, (known) => inclusionProof(known, id, checkpoint.size)))
  return {
    line: [
      'asiakasrekisteri/1',
      row.at,
      row.request,
      String(row.seq),
      row.actor,
      row.role,
      row.purpose,
      row.hat,
      row.subject_id === null ? null : String(row.subject_id),
      row.categories.join(' '),
      row.endpoint,
      row.because,
      row.outcome,
      row.notice_hash,
    ],
    salt: row.salt.toString('hex'),
    index: id,
    size: checkpoint.size,
    hashes,
    checkpoint: checkpoint.note,
  }
}

/** That the log of `second` lines begins with the log of `first`. */
export const consistencyOf = async (db: Read, first: number, second: number): Promise<readonly string[]> =>
  written(await proved(db, (known) => consistencyProof(known, first, second)))

/** The root that the log had when it was so long; it must have been. */
export const rootOfLog = async (db: Read, size: number): Promise<Buffer> => {
  const [root] = await proved(db, (known) => [rootAt(known, size)])
  return root as Buffer
}
