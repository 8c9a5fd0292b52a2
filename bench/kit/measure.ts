// CPU time and turns: the machine may be shared, so what is compared is the time on a core, ours and the baseline's in turns A B B A.
import { readdirSync, readFileSync } from 'node:fs'
import type { Pool } from '../../platform/database.ts'
import type { Row, Spent } from './topic.ts'

/** Milliseconds that a process of this machine has been on a core. Linux alone tells it of another process. */
export const cpuOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6

export const ownCpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.round((values.length - 1) * share))] ?? Number.NaN

export const median = (values: readonly number[]): number => quantile(values, 0.5)

const statOf = (pid: number): readonly string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

const tick = 10

/** Milliseconds of a process with all of its threads, of its children, and of those that have ended. */
export const treeCpu = (pid: number): number => {
  const stat = statOf(pid)
  const own = [11, 12, 13, 14].reduce((sum, at) => sum + Number(stat[at]) * tick, 0)
  return childrenOf(pid).reduce((sum, child) => sum + cpuOrNothing(child), own)
}

const childrenOf = (parent: number): readonly number[] =>
  readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) && Number(statOf(Number(name))[1]) === parent ? [Number(name)] : []
    } catch {
      // It has ended meanwhile.
      return []
    }
  })

const cpuOrNothing = (pid: number): number => {
  try {
    return cpuOf(pid)
  } catch {
    return 0
  }
}

/** A clock of all that the database server and this process have spent, those of its processes that have ended included. */
export const clockOf = async (pool: Pool): Promise<() => number> => {
  const postmaster = Number(statOf(await pidOf(pool))[1])
  return () => ownCpu() + treeCpu(postmaster)
}

export const pidOf = async (pool: Pool): Promise<number> =>
  (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0

/** Milliseconds. */
export const spentOn = async (clock: () => number, work: () => Promise<unknown>): Promise<Spent> => {
  const [cpu, wall] = [clock(), performance.now()]
  await work()
  const ended = performance.now()
  return { cpu: clock() - cpu, wall: ended - wall }
}

export type Pair = { readonly ours: Spent; readonly theirs: Spent }

/** `count` pairs in turns A B B A; the first of each is a warm-up and not counted. */
export const inTurns = async (
  count: number,
  clock: () => number,
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<readonly Pair[]> => {
  await ours()
  await theirs()
  const pairs: Pair[] = []
  for (let pair = 0; pair < count; pair++) {
    const oursFirst = pair % 2 === 0
    const first = await spentOn(clock, oursFirst ? ours : theirs)
    const second = await spentOn(clock, oursFirst ? theirs : ours)
    pairs.push(oursFirst ? { ours: first, theirs: second } : { ours: second, theirs: first })
  }
  return pairs
}

type Told = Pick<Row, 'what' | 'baseline' | 'is' | 'unit'> & Partial<Pick<Row, 'mark'>>

/** @param per what the milliseconds of a pair are divided by: requests of a run, a thousand for seconds */
export const rowOf = (told: Told, pairs: readonly Pair[], per = 1, of: 'cpu' | 'wall' = 'cpu'): Row => {
  const ratios = pairs.map(({ ours, theirs }) => (told.is === 'faster' ? theirs[of] / ours[of] : ours[of] / theirs[of]))
  const middle = (who: 'ours' | 'theirs'): Spent => ({
    cpu: median(pairs.map((pair) => pair[who].cpu)) / per,
    wall: median(pairs.map((pair) => pair[who].wall)) / per,
  })
  return {
    ...told,
    ours: middle('ours'),
    theirs: middle('theirs'),
    ratio: median(ratios),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
  }
}
