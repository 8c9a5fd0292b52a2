// The sealed access log: lines wait together and are sealed in one transaction with one flush; what was answered is in it, or in the spool.
import { type KeyObject, randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import type { Pool } from '../../platform/database.ts'
import { Unavailable } from '../../platform/errors.ts'
import type { AccessEvent, AccessLog } from '../access-event.ts'
import { checkpointNote, verifierKey } from './checkpoint.ts'
import { comparedWithKept, keptFile } from './kept.ts'
import { linesOf, type WrittenLine } from './line.ts'
import {
  type Edge,
  inTurn,
  missingTiles,
  seal,
  sealAtOnce,
  type Sealer,
  sealerOn,
  sealInTurn,
  unsealed,
} from './seal.ts'
import { leftBehind, openSpool } from './spool.ts'
import { rootOf } from './tree.ts'

export type SealedLog = AccessLog & {
  /** What its checkpoints are verified with: `origin+id+base64`. */
  readonly key: string
  /** Signs the newest size, unless that size is signed already; the note, or undefined when there is nothing new. */
  readonly checkpoint: () => Promise<string | undefined>
  /** Seals what waits and signs it. While the database is away the lines stay in the spool for the next process. */
  readonly close: () => Promise<void>
}

export type SealedLogOptions = {
  /** The pool of `log-sealer.security.group`. */
  readonly pool: Pool
  /** For the spool and the copy of the checkpoints; may be shared with other processes of the register. */
  readonly folder: string
  readonly signingKey: KeyObject
  /** Name of the log in its checkpoints. */
  readonly origin: string
  readonly now: () => Date
  /** Lines that may wait; beyond it the register serves nobody. */
  readonly maxWaiting?: number
  /** After a restore from an older backup: the size of the checkpoint that is knowingly given up. The log tells of it. */
  readonly restored?: { readonly givenUp: number; readonly noticeHash: string } | undefined
}

/** Lines of one note; a strict one is waited for, and fails as a whole. */
type Waiting = {
  readonly line: WrittenLine
  readonly strict: boolean
  readonly kept?: { readonly resolve: () => void; readonly reject: (error: Error) => void }
}

const batchSize = 1024

/** Milliseconds: how long prompt lines may lack the disk while the database is away, and how often it is asked for again. */
const windowLength = 100

/**
 * Milliseconds that prompt lines gather before they are sealed: a batch costs as much as twenty lines. They are in the spool meanwhile, and
 * well within the window.
 */
const gatherLength = 20

/**
 * Under load strict lines gather as well, as long as this and until there are so many, for an answer that waits for the disk with others costs
 * a third of one that waits alone. Who comes alone is sealed at once.
 */
const strictGathering = { milliseconds: 3, lines: 64 } as const

/** Milliseconds after a batch of several answers in which the next one is taken to be of several as well. */
const busyFor = 10

/** Seals what killed processes left in the folder: first, in order, and once. */
const recover = async (sealer: Sealer, folder: string, now: () => Date): Promise<void> => {
  const { lines, forget } = leftBehind(folder)
  for (let from = 0; from < lines.length; from += batchSize)
    await sealInTurn(sealer.pool, async (connection, tree) => {
      const missing = await unsealed(connection, lines.slice(from, from + batchSize))
      return missing.length > 0 ? seal(sealer, connection, tree, missing, now()) : tree
    })
  forget()
}

/** What the machinery does without being asked by an endpoint. */
export const restoredAction = {
  id: 'go on from a restored access log',
  label: {
    fi: 'käyttölokin jatkaminen varmuuskopiosta',
    sv: 'fortsätta åtkomstloggen från en säkerhetskopia',
    en: 'go on from a restored access log',
  },
} as const

/** The line by which a log that goes on from an older backup says so itself. */
const tellingOf = (givenUp: number, size: number, at: Date, noticeHash: string): AccessEvent => ({
  at,
  request: randomUUID(),
  actor: 'system:start',
  role: 'log-sealer',
  purpose: 'security',
  hat: 'group',
  subject: null,
  categories: ['access-log'],
  endpoint: restoredAction.id,
  because: `reason:restored at ${size} lines; the checkpoint of ${givenUp} lines was given up`,
  outcome: 'written',
  noticeHash,
})

export const openAccessLog = async ({
  pool,
  folder,
  signingKey,
  origin,
  now,
  maxWaiting = 50_000,
  restored,
}: SealedLogOptions): Promise<SealedLog> => {
  const size = await inTurn(pool, async (connection, tree) => {
    await missingTiles(connection, tree)
    return tree.size
  })
  const givenUp = await comparedWithKept({ pool, folder, signingKey, size, givenUp: restored?.givenUp })
  const sealer = await sealerOn(pool)
  await recover(sealer, folder, now)
  const spool = openSpool(folder)
  const waiting: Waiting[] = []
  let sealing: Promise<void> | undefined
  let inDoubt = false
  let [sealedBatches, seenBatches] = [0, 0]
  let closed = false

  /** As we left it; another process may have gone on from it. */
  let known: Edge | undefined
  const sealBatch = async (batch: readonly Waiting[]): Promise<void> => {
    const lines = batch.map(({ line }) => line)
    const tree = inDoubt ? undefined : known
    known = undefined
    known =
      (tree && (await sealAtOnce(sealer, tree, lines, now()))) ??
      (await sealInTurn(pool, async (connection, newest) => {
        // A commit whose answer was lost may have held.
        const missing = inDoubt ? await unsealed(connection, lines) : lines
        return missing.length > 0 ? seal(sealer, connection, newest, missing, now()) : newest
      }))
  }

  /** Lines of answers that wait for the disk. */
  let strictLines = 0
  let busyUntil = 0

  const sealWaiting = async (whileTrue: () => boolean): Promise<void> => {
    while (waiting.length > 0 && whileTrue()) {
      const batch = waiting.slice(0, batchSize)
      try {
        await sealBatch(batch)
        inDoubt = false
      } catch (cause) {
        // Strict lines fail with their answer; the others stay in the spool and in the queue until the database is back.
        inDoubt = true
        const prompt = waiting.filter(({ strict }) => !strict)
        strictLines = 0
        for (const { kept } of waiting.splice(0, waiting.length, ...prompt))
          kept?.reject(new Unavailable('log.unreachable', { cause }))
        return
      }
      sealedBatches++
      waiting.splice(0, batch.length)
      const strict = batch.filter((line) => line.strict).length
      strictLines -= strict
      spool.sealed(batch.length - strict)
      const answers = batch.filter(({ kept }) => kept !== undefined)
      if (answers.length > 1) busyUntil = performance.now() + busyFor
      for (const { kept } of answers) kept?.resolve()
    }
  }
  let gathering: NodeJS.Timeout | undefined
  // One sealing at a time; what comes meanwhile makes the next batch.
  const begin = (): void => {
    clearTimeout(gathering)
    gathering = undefined
    let first = 1
    sealing ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => sealWaiting(() => first-- > 0 || waiting.length >= batchSize))
      .finally(() => {
        sealing = undefined
        if (!inDoubt) wake()
      })
  }
  let gathersFor = 0
  const gather = (milliseconds: number): void => {
    if (gathering !== undefined && gathersFor <= milliseconds) return
    clearTimeout(gathering)
    gathersFor = milliseconds
    gathering = setTimeout(begin, milliseconds).unref()
  }
  const wake = (): void => {
    // Closing seals what is left by itself: two at once would take the same lines.
    if (closed || sealing !== undefined || waiting.length === 0) return
    if (waiting.length >= batchSize || strictLines >= strictGathering.lines) begin()
    else if (strictLines === 0) gather(gatherLength)
    else if (performance.now() < busyUntil) gather(strictGathering.milliseconds)
    else begin()
  }
  // Half a window without a batch, twice, and the lines of the first half would be past it.
  const window = setInterval(() => {
    if (waiting.length > 0 && sealedBatches === seenBatches) {
      spool.flush()
      begin()
    }
    seenBatches = sealedBatches
  }, windowLength / 2)
  window.unref()

  /** Prompt lines of this turn of the event loop: they are written to the spool together. */
  let spooling: { readonly lines: WrittenLine[]; readonly written: Promise<void> } | undefined
  const writeSpool = (): void => {
    const lines = spooling?.lines ?? []
    spooling = undefined
    spool.append(lines)
    for (const line of lines) waiting.push({ line, strict: false })
    wake()
  }
  const inSpool = (lines: readonly WrittenLine[]): Promise<void> => {
    spooling ??= { lines: [], written: new Promise<void>((resolve) => setImmediate(resolve)).then(writeSpool) }
    spooling.lines.push(...lines)
    return spooling.written
  }

  const note = async (events: readonly AccessEvent[], { strict }: { readonly strict: boolean }): Promise<void> => {
    if (closed) throw new Unavailable('log.closed')
    const waits = waiting.length + (spooling?.lines.length ?? 0)
    if (waits + events.length > maxWaiting)
      throw new Unavailable('log.full', { detail: `${waits} lines wait for the database; ${maxWaiting} may` })
    const lines = linesOf(events)
    if (lines.length === 0) return
    if (!strict) return inSpool(lines)
    await new Promise<void>((resolve, reject) => {
      const last = lines.length - 1
      strictLines += lines.length
      lines.forEach((line, i) =>
        waiting.push(i === last ? { line, strict, kept: { resolve, reject } } : { line, strict }),
      )
      wake()
    })
  }

  const checkpoint = (): Promise<string | undefined> =>
    inTurn(pool, async (connection, tree) => {
      const { rows } = await connection.query<{ size: string }>(
        'select size from access_checkpoint order by size desc limit 1',
      )
      if (Number(rows[0]?.size ?? 0) === tree.size) return undefined
      const root = rootOf(tree)
      const signed = checkpointNote(origin, tree.size, root, signingKey)
      await connection.query('insert into access_checkpoint (size, root, note, at) values ($1, $2, $3, $4)', [
        tree.size,
        root,
        signed,
        now(),
      ])
      // Kept outside the database as well: who could rewrite one cannot rewrite the other unseen.
      // On a line of its own, also after half a note of a killed process.
      appendFileSync(keptFile(folder), `\n${signed}`, { mode: 0o600, flush: true })
      return signed
    })

  if (givenUp !== undefined) await note([tellingOf(givenUp, size, now(), restored?.noticeHash ?? '')], { strict: true })

  return {
    key: verifierKey(origin, signingKey),
    note,
    checkpoint,
    close: async () => {
      closed = true
      clearInterval(window)
      clearTimeout(gathering)
      // Who was told no is told so by their own note.
      await spooling?.written.catch(() => undefined)
      await sealing
      await sealWaiting(() => true)
      if (waiting.length === 0) await checkpoint()
      spool.close()
    },
  }
}
