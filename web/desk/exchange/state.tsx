// The state of an import in words that tell the clerk what has happened so far, and who brought it.
import type { z } from 'zod'
import type { importJob } from '../../../chapters/exchange/api.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { useWords } from '../../kit/words.ts'
import { texts } from './words.ts'

export type Job = z.output<typeof importJob>

const stateOf = ({ state, dry_run, rows_faulty }: Job) => {
  if (state === 'running') return dry_run ? 'trying' : 'running'
  if (state === 'done') return dry_run ? 'tried' : rows_faulty > 0 ? 'doneFaulty' : 'done'
  return state === 'discarded' ? 'mapped' : state
}

const tones: Readonly<Record<ReturnType<typeof stateOf>, BadgeTone>> = {
  mapped: 'plain',
  tried: 'plain',
  trying: 'note',
  running: 'note',
  replaying: 'note',
  undoing: 'note',
  done: 'well',
  doneFaulty: 'care',
  failed: 'stop',
  stopped: 'care',
  undone: 'plain',
}

export const StateBadge = ({ job }: { readonly job: Job }) => {
  const w = useWords(texts)
  const state = stateOf(job)
  return <Badge tone={tones[state]}>{w[state]}</Badge>
}

/** Names of the staff are opened in chapter access alone: here one knows oneself, and tells colleagues apart. */
export const useWho = (): ((job: Job) => string) => {
  const w = useWords(texts)
  return ({ own, recorded_by }) => {
    if (own) return w.you
    const [, id] = recorded_by.split(':')
    return recorded_by.startsWith('staff:') ? w.colleague(id ?? '') : w.commandLine
  }
}

export const isMoving = ({ state }: Pick<Job, 'state'>): boolean => ['running', 'replaying', 'undoing'].includes(state)
