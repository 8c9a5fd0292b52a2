// What a page shows comes when it comes: an assertion about it is tried until it holds, and tells the last reason when it never does.
import { setTimeout as pause } from 'node:timers/promises'

/** Generous, since it is waited out only by what fails, and a shared machine may be slow. */
const patience = 15_000

/** @throws what the last try threw */
export const eventually = async (holds: () => Promise<void>): Promise<void> => {
  const until = Date.now() + patience
  for (;;) {
    try {
      return await holds()
    } catch (error) {
      if (Date.now() > until) throw error
      await pause(50)
    }
  }
}
