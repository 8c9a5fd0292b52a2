// The whole log against what was signed: lines, their hashes, tiles, what the sealer goes on from, and every checkpoint.
import type { ClientBase } from 'pg'
import type { AccessEvent } from '../access-event.ts'
import { leafOf } from './line.ts'
import { append, emptyTree, type Frontier, rootOf, tileSize } from './tree.ts'
// @ts-expect-error The verifier is published as plain JavaScript and has no types.
import { verifyCheckpoint } from './verify.mjs'

const page = 5000
const hashLength = 32

type Row = Omit<AccessEvent, 'subject' | 'noticeHash'> & {
  readonly id: string
  readonly seq: number
  readonly subject_id: string | null
  readonly notice_hash: string
  readonly salt: Buffer
  readonly leaf: Buffer
}

const lines = `
  select id, request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash, salt, leaf
    from access_event where id >= $1 and id < $2 order by id`

const leafOfRow = ({ subject_id, notice_hash, ...row }: Row): Buffer =>
  leafOf({ ...row, subject: subject_id === null ? null : Number(subject_id), noticeHash: notice_hash })

export type Auditing = {
  /** Past every wall. */
  readonly owner: ClientBase
  /** The log's public key, as it is published. */
  readonly key: string
  /** Lines from then on are kept; who took one away took it before its time. */
  readonly keptFrom: Date
}

/** What is wrong, a line each, of as much as the caller wants to hear; nothing when the log is whole. */
export const auditLog = async ({ owner, key, keptFrom }: Auditing, most = 20): Promise<readonly string[]> => {
  const found: string[] = []
  const rowsOf = async <T extends object>(text: string, values: unknown[] = []): Promise<readonly T[]> =>
    (await owner.query<T>(text, values)).rows
  const [last] = await rowsOf<{ size: string; frontier: Buffer }>(
    'select size, frontier from access_batch order by size desc limit 1',
  )
  const size = Number(last?.size ?? 0)
  const checkpoints = new Map<number, { readonly size: number; readonly root: Uint8Array; readonly note: string }>()
  for (const one of await rowsOf<{ size: string; root: Buffer; note: string }>(
    'select size, root, note from access_checkpoint',
  )) {
    const at = Number(one.size)
    try {
      const signed = (await verifyCheckpoint(one.note, key)) as { size: number; root: Uint8Array }
      if (signed.size !== at || !one.root.equals(signed.root))
        found.push(`the checkpoint of ${at} is not what was signed`)
      checkpoints.set(at, { ...signed, note: one.note })
    } catch (error) {
      found.push(`the checkpoint of ${at}: ${(error as Error).message}`)
    }
    if (at > size) found.push(`a checkpoint of ${at} was signed, and the log has ${size} lines`)
  }
  const [beyond] = await rowsOf<{ n: string }>('select count(*) as n from access_event where id < 0 or id >= $1', [
    size,
  ])
  if (Number(beyond?.n) > 0) found.push(`${beyond?.n} lines stand beyond the end of the log, and nobody sealed them`)

  let tree: Frontier = emptyTree
  for (let from = 0; from < size && found.length < most; from += page) {
    const to = Math.min(size, from + page)
    const rows = new Map((await rowsOf<Row>(lines, [from, to])).map((row) => [Number(row.id), row]))
    const tiles = new Map(
      (
        await rowsOf<{ index: string; hashes: Buffer }>(
          'select index, hashes from access_tile where level = 0 and index between $1 and $2',
          [Math.floor(from / tileSize), Math.floor(to / tileSize)],
        )
      ).map(({ index, hashes }) => [Number(index), hashes]),
    )
    const sealedAt = await rowsOf<{ size: string; at: Date }>(
      'select size, at from access_batch where size > $1 order by size limit $2',
      [from, page],
    )
    for (let id = from; id < to; id += 1) {
      const row = rows.get(id)
      const place = (id % tileSize) * hashLength
      const sealed = tiles.get(Math.floor(id / tileSize))?.subarray(place, place + hashLength)
      const sealing = sealedAt.find((batch) => Number(batch.size) > id)
      if (row === undefined && (sealed === undefined || sealing === undefined || sealing.at >= keptFrom))
        found.push(`line ${id} is gone before its time`)
      if (row !== undefined && !leafOfRow(row).equals(row.leaf)) found.push(`line ${id} is not what was sealed`)
      if (row !== undefined && sealed !== undefined && !sealed.equals(row.leaf))
        found.push(`the hash of line ${id} is not that of its tile`)
      tree = append(tree, [row?.leaf ?? sealed ?? Buffer.alloc(hashLength)])
      const signed = checkpoints.get(id + 1)
      if (signed !== undefined && !rootOf(tree).equals(signed.root))
        found.push(`the log of ${id + 1} lines is not the one that was signed`)
    }
  }
  if (last !== undefined && found.length === 0 && !last.frontier.equals(Buffer.concat(tree.roots)))
    found.push('what the sealer goes on from is not what the lines give')
  return found.slice(0, most)
}
