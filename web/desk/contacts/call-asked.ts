// Whether the dialog of a call stands, and for which call: the bar opens it, and so does the next customer of the wrap-up.
import { useSyncExternalStore } from 'react'
import type { Waiting } from './call-state.ts'

type Asked = { readonly ringing: Waiting | undefined }

let asked: Asked | undefined
const listeners = new Set<() => void>()
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A call that rings; undefined to type a number. */
export const askCall = (what: Waiting | undefined | 'closed'): void => {
  asked = what === 'closed' ? undefined : { ringing: what }
  for (const listener of listeners) listener()
}

export const useCallAsked = () => ({ asked: useSyncExternalStore(subscribe, () => asked), ask: askCall })
