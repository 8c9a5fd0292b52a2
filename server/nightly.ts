// What the register does by itself once a day, and as it starts: the search for customers who stand in it twice, statistics of consumption, and what else it is given.
import { scanDuplicates } from '../chapters/customers/duplicates/api.ts'
import { duplicateRoutes } from '../chapters/customers/duplicates/routes.ts'
import { makeStatistics } from '../chapters/metering/statistics/api.ts'
import { statisticRoutes } from '../chapters/metering/statistics/routes.ts'
import { answer, type Serving } from '../enforcement/serve.ts'

const day = 24 * 60 * 60_000
const scanner = { handle: 'system:duplicate-scan', staff_id: null, role: 'duplicate-scan', hat: 'group' }
const nobody = { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined }

const statistician = { handle: 'system:statistics', staff_id: null, role: 'statistics' }
const asked = { params: {}, query: {}, body: undefined, because: undefined, session: nobody }

const scan = async (serving: Serving): Promise<void> => {
  const route = duplicateRoutes.find(({ endpoint }) => endpoint === scanDuplicates)
  if (route === undefined) throw new Error('nothing searches for duplicates')
  await answer(serving, route, scanner, asked)
}

/** Each company by itself: what one of them serves tells the other nothing. */
const summarise = async (serving: Serving): Promise<void> => {
  const route = statisticRoutes(serving.register).find(({ endpoint }) => endpoint === makeStatistics)
  if (route === undefined) throw new Error('nothing makes statistics')
  const role = serving.register.description.roles.find(({ id }) => id === statistician.role)
  for (const hat of Object.keys(role?.hats ?? {})) await answer(serving, route, { ...statistician, hat }, asked)
}

export type Nightly = { readonly stop: () => Promise<void> }

/** One at a time; one that fails is reported, and tried again the next day. */
export const startNightly = (
  serving: Serving,
  failed: (error: unknown) => void,
  others: readonly (() => Promise<void>)[] = [],
): Nightly => {
  let running: Promise<void> = Promise.resolve()
  const run = (): void => {
    for (const task of [() => scan(serving), ...others, () => summarise(serving)])
      running = running.then(task).catch(failed)
  }
  run()
  const timer = setInterval(run, day)
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
