// Who sits at the desk, in which role and for which company, and what that permits. Every page may ask; the server checks again.
import { createContext, use } from 'react'
import type { z } from 'zod'
import type { session } from '../../../chapters/access/api.ts'
import type { Endpoint } from '../../../register/endpoint.ts'

export { changeSession, endSession, readSession } from '../../../chapters/access/api.ts'

export type Session = z.output<typeof session>

export const SessionContext = createContext<Session | undefined>(undefined)

/** @throws Error outside the shell, where nobody is known to sit. */
export const useSession = (): Session => {
  const here = use(SessionContext)
  if (here === undefined) throw new Error('useSession is asked outside the shell')
  return here
}

/** Whether the one at the desk may call the endpoint: what they may not is not shown. */
export const useMay = (): ((endpoint: Pick<Endpoint, 'action'>) => boolean) => {
  const { actions } = useSession()
  return ({ action }) => actions.includes(action)
}
