// Estimation at work: when it is asked for, and every night of the days whose values should have come by then.
import { randomUUID } from 'node:crypto'
import { answer, type Serving } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Connection } from '../../../platform/database.ts'
import type { Output } from '../../../register/endpoint.ts'
import { dayAfter } from '../grid.ts'
import * as api from './api.ts'
import { estimatedBy } from './handle.ts'
import type { Span } from './queries.ts'
import { estimationSteps } from './routes.ts'

const estimator = { handle: estimatedBy, staff_id: null, role: 'estimator', hat: 'group' } as const
const login = 'estimator.supply.group'
const noSession = { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined }

/** The network company has until the end of the next day for a day's values, and corrects them until the eleventh (energy-market rules of the datahub). */
const dueAfter = 2
const looksAt = 14
export const dueSpan = (now: Date): Span => {
  const today = dayOf(now)
  return { from: dayAfter(today, -looksAt), to: dayAfter(today, 1 - dueAfter) }
}

export type Estimates = { readonly estimated: number; readonly untold: number }

/** Points by points, each some in a transaction of their own. */
export const estimateDays = async (
  serving: Serving,
  span: Span,
  ended: () => boolean = () => false,
): Promise<Estimates> => {
  const some = estimationSteps.find(({ endpoint }) => endpoint.action === api.estimateSome.action)
  if (some === undefined) throw new Error('nothing estimates')
  let [estimated, untold] = [0, 0]
  for (let after = 0; !ended();) {
    const done = (await answer(serving, some, estimator, {
      params: {},
      query: {},
      body: { ...span, after },
      because: `task:${randomUUID()}`,
      session: noSession,
    })) as Output<typeof api.estimateSome>
    estimated += done.estimated
    untold += done.untold
    if (done.last === null) break
    after = done.last
  }
  return { estimated, untold }
}

export type Estimation = {
  readonly nightly: () => Promise<void>
  /** Settles when nothing waits any more. */
  readonly idle: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Hears what is asked for, one span after another; one that fails is reported, and those that wait go on. */
export const openEstimation = async (
  serving: Serving,
  failed: (error: unknown) => void,
  pause = 5_000,
): Promise<Estimation> => {
  let ended = false
  let working: Promise<void> = Promise.resolve()
  let connection: Connection | undefined
  const work = (span: Span): Promise<void> => {
    working = working.then(async () => void (await estimateDays(serving, span, () => ended))).catch(failed)
    return working
  }
  const listen = async (): Promise<void> => {
    const opened = await serving.register.pool(login).connect()
    if (ended) return opened.release(true)
    opened.on('notification', ({ payload = '' }) => void work(JSON.parse(payload) as Span))
    opened.once('error', () => {
      connection = undefined
      opened.release(true)
      if (!ended) setTimeout(() => void listen().catch(failed), pause).unref()
    })
    await opened.query('listen estimation')
    connection = opened
  }
  await listen()
  return {
    nightly: () => work(dueSpan(serving.now())),
    idle: () => working,
    stop: async () => {
      ended = true
      await working
      connection?.release(true)
      connection = undefined
    },
  }
}
