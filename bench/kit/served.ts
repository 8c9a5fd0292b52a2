// The register over HTTP on a population, and the cookie of an agent who has signed in.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../platform/settings.ts'
import { serveProgram } from '../../server/program.ts'
import { signedInAt } from '../../tests/signed-in.ts'
import { openLog } from './card.ts'
import type { Population } from './population.ts'

export type ServedPopulation = {
  readonly url: string
  readonly cookie: string
  readonly stop: () => Promise<void>
}

export const servedOn = async (people: Population): Promise<ServedPopulation> => {
  const { register, login } = people
  const folder = await mkdtemp(join(tmpdir(), 'bench-served-'))
  const { log, close } = await openLog(people)
  const settings = { ...readSettings({}), PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' }
  const program = await serveProgram({ register, log, owner: login, now: () => new Date(), stop: close }, settings)
  const stop = async () => {
    await program.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const cookie = await signedInAt(program.url, register, {
      login: `mittaus${Date.now()}`,
      name: 'Mittaaja',
      roles: ['customer-service'],
    })
    return { url: program.url, cookie, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
