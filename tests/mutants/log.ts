// A log that somebody tampered with: lines dropped, edited, reordered or put in, trees forked, checkpoints of another key. The audit must find each.
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { auditLog } from '../../enforcement/access-log/audit.ts'
import { checkpointNote, verifierKey } from '../../enforcement/access-log/checkpoint.ts'
import { leafOf } from '../../enforcement/access-log/line.ts'
import { openAccessLog } from '../../enforcement/access-log/log.ts'
import { append, emptyTree, rootOf } from '../../enforcement/access-log/tree.ts'
import type { Register } from '../../enforcement/register.ts'
import type { Mutant } from './mutant.ts'

const origin = 'mutants/access-log'
const lines = 700

/** Some lines with three signed checkpoints, two tiles and an open edge. */
const fill = async ({ pool, noticeHash }: Register, signingKey: KeyObject): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'mutants-log-'))
  const log = await openAccessLog({
    pool: pool('log-sealer.security.group'),
    folder,
    signingKey,
    origin,
    now: () => new Date(),
  })
  for (let n = 0; n < lines; n += 100) {
    const events = Array.from({ length: 100 }, (_, i) => ({
      at: new Date(1_790_000_000_000 + (n + i) * 1000),
      request: randomUUID(),
      actor: `staff:${i % 7}`,
      role: 'customer-service',
      purpose: 'customer-care' as const,
      hat: 'retail',
      subject: i,
      categories: ['name', 'contact-details'] as const,
      endpoint: 'open a customer',
      because: 'call:1',
      outcome: 'read' as const,
      noticeHash,
    }))
    await log.note(events, { strict: true })
    if (n % 300 === 0) await log.checkpoint()
  }
  await log.close()
  await rm(folder, { recursive: true })
}

export const logMutants = async (owner: pg.PoolClient, register: Register): Promise<readonly Mutant[]> => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const stranger = generateKeyPairSync('ed25519').privateKey
  await fill(register, privateKey)
  const auditing = { owner, key: verifierKey(origin, privateKey), keptFrom: new Date('2020-01-01') }
  const sound = await auditLog(auditing)
  if (sound.length > 0) throw new Error(`the log is not whole before any breach: ${sound[0]}`)
  const { rows } = await owner.query<Record<string, unknown> & { leaf: Buffer }>(
    'select * from access_event order by id',
  )
  const { rows: signed } = await owner.query<{ size: string }>('select size from access_checkpoint order by size')
  const sizes = signed.map(({ size }) => Number(size))

  const mutants: Mutant[] = []
  const add = (breach: string, ...statements: readonly (readonly [sql: string, values?: unknown[]])[]) =>
    mutants.push({
      kind: 'log',
      breach,
      caught: async () => {
        await owner.query('begin')
        try {
          for (const [sql, values = []] of statements) await owner.query(sql, values)
          return (await auditLog(auditing))[0]
        } finally {
          await owner.query('rollback')
        }
      },
    })
  for (const id of [0, 1, 255, 256, 400, 511, 512, 650, lines - 1]) {
    add(`line ${id} dropped`, ['delete from access_event where id = $1', [id]])
    add(
      `line ${id} dropped, and its tile with it`,
      ['delete from access_event where id = $1', [id]],
      ['delete from access_tile where level = 0 and index = $1', [Math.floor(id / 256)]],
    )
    for (const [column, value] of Object.entries({
      at: "at + interval '1 second'",
      actor: "'staff:99'",
      role: "'billing'",
      purpose: "'rights'",
      hat: "'network'",
      subject_id: 'subject_id + 1',
      categories: "'{name}'",
      endpoint: "'see the products'",
      because: 'null',
      outcome: "'listed'",
      notice_hash: "repeat('0', 64)",
      request: 'gen_random_uuid()',
      seq: 'seq + 1',
      salt: "'\\x00'::bytea",
      leaf: 'sha256(leaf)',
    }))
      // prettier-ignore
      add(`line ${id}: another ${column}`, [`update access_event set ${column} = ${value} where id = $1`, [id]])
    const row = rows[id] as never as Parameters<typeof leafOf>[0] & { subject_id: string; notice_hash: string }
    const forged = leafOf({ ...row, actor: 'staff:99', subject: Number(row.subject_id), noticeHash: row.notice_hash })
    add(`line ${id} edited, and its hash made anew`, [
      "update access_event set actor = 'staff:99', leaf = $2 where id = $1",
      [id, forged],
    ])
    const leaves = rows.map(({ leaf }, i) => (i === id ? forged : leaf))
    const tile = Math.floor(id / 256)
    const edited = [
      ["update access_event set actor = 'staff:99', leaf = $2 where id = $1", [id, forged]],
      [
        'update access_tile set hashes = $2 where level = 0 and index = $1',
        [tile, Buffer.concat(leaves.slice(tile * 256, tile * 256 + 256))],
      ],
      [
        'update access_batch set frontier = $1 where size = $2',
        [Buffer.concat(append(emptyTree, leaves).roots), lines],
      ],
    ] as const satisfies readonly (readonly [string, unknown[]])[]
    add(`line ${id} edited, and its hash, tile and frontier made anew`, ...edited)
    const forks = sizes.map((size): readonly [string, unknown[]] => {
      const root = rootOf(append(emptyTree, leaves.slice(0, size)))
      return [
        'update access_checkpoint set root = $1, note = $2 where size = $3',
        [root, checkpointNote(origin, size, root, stranger), size],
      ]
    })
    add(`line ${id} edited, and all made anew and signed by another key`, ...edited, ...forks)
  }
  for (const [one, other] of [
    [0, 1],
    [10, 300],
    [255, 256],
    [600, 690],
    [lines - 2, lines - 1],
  ])
    // prettier-ignore
    add(
      `lines ${one} and ${other} have changed places`,
      ['update access_event set id = -1 where id = $1', [one]],
      ['update access_event set id = $1 where id = $2', [one, other]],
      ['update access_event set id = $1 where id = -1', [other]],
    )
  add('the last lines cut off', ['delete from access_event where id >= 600'])
  add(
    'the last lines and batches cut off',
    ['delete from access_event where id >= 600'],
    ['delete from access_batch where size > 600'],
  )
  add('a line put in', [
    `insert into access_event select ${lines} as id, request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash, salt, leaf from access_event where id = 0`,
  ])
  add('a line put before all', [
    'insert into access_event select -1, request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash, salt, leaf from access_event where id = 0',
  ])
  add('a tile changed', [
    'update access_tile set hashes = overlay(hashes placing sha256(hashes) from 33) where level = 0 and index = 0',
  ])
  add('the frontier changed', [
    'update access_batch set frontier = overlay(frontier placing sha256(frontier) from 1) where size = $1',
    [lines],
  ])
  for (const size of sizes) {
    const root = rootOf(
      append(
        emptyTree,
        rows.slice(0, size).map(({ leaf }) => leaf),
      ),
    )
    const fork = rootOf(
      append(
        emptyTree,
        rows
          .slice(0, size)
          .map(({ leaf }) => leaf)
          .toReversed(),
      ),
    )
    const note = 'update access_checkpoint set root = $1, note = $2 where size = $3'
    add(`the checkpoint of ${size} signed by another key`, [
      note,
      [root, checkpointNote(origin, size, root, stranger), size],
    ])
    add(`the checkpoint of ${size} signed for another log`, [
      note,
      [root, checkpointNote('another/log', size, root, privateKey), size],
    ])
    add(`the checkpoint of ${size} of a forked tree, signed`, [
      note,
      [fork, checkpointNote(origin, size, fork, privateKey), size],
    ])
    add(`the checkpoint of ${size} says another root than its note`, [
      'update access_checkpoint set root = $1 where size = $2',
      [fork, size],
    ])
    add(`the note of ${size} without its signature`, [
      "update access_checkpoint set note = split_part(note, E'\\n\\n', 1) where size = $1",
      [size],
    ])
  }
  return mutants
}
