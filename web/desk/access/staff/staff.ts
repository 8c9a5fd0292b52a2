// What the users' page knows of a person, and the day's own words for it.
import type { z } from 'zod'
import { tieStaff } from '../../../../chapters/access/single-sign-on/api.ts'
import * as api from '../../../../chapters/access/staff/api.ts'
import { useChange } from '../../../kit/ask.ts'

export type Listed = z.output<typeof api.listStaff.gives>
export type Person = Listed['staff'][number]
export type Told = z.output<typeof api.inviteStaff.gives>

const stale = { stale: [api.listStaff] }

export const useStaffChanges = () => ({
  invite: useChange(api.inviteStaff, stale),
  correct: useChange(api.changeStaff, stale),
  give: useChange(api.giveRole, stale),
  endRole: useChange(api.endRole, stale),
  setState: useChange(api.setStaffState, stale),
  endSessions: useChange(api.endStaffSessions, stale),
  reset: useChange(api.resetSignIn, stale),
  tie: useChange(tieStaff, stale),
})

/** In the fragment, which a browser sends to nobody: neither our own log nor a proxy's has it. */
export const firstSignInLink = (signIn: string, { login, password }: Pick<Told, 'login' | 'password'>): string =>
  `${window.location.origin}${signIn}#${new URLSearchParams({ login, password })}`
