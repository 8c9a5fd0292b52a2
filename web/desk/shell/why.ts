// Why each customer is open, in this window's session: it comes back with the tabs after a crash, and goes with the window and at sign-out.
import { useSyncExternalStore } from 'react'

const place = 'asiakasrekisteri.why'
const listeners = new Set<() => void>()

const read = (): Readonly<Record<string, string>> => {
  try {
    const kept = Object(JSON.parse(sessionStorage.getItem(place) ?? '{}')) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    )
  } catch {
    return {}
  }
}

const keep = (whys: Readonly<Record<string, string>>): void => {
  sessionStorage.setItem(place, JSON.stringify(whys))
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const whyOf = (customer: string): string | undefined => read()[customer]
export const openBecause = (customer: string, because: string): void => keep({ ...read(), [customer]: because })

/** What was said holds no more: one is asked again. */
export const forgetWhy = (customer: string): void => {
  const { [customer]: _gone, ...others } = read()
  keep(others)
}
export const forgetAllWhy = (): void => {
  sessionStorage.removeItem(place)
  for (const listener of listeners) listener()
}

export const useWhy = (customer: string): string | undefined => useSyncExternalStore(subscribe, () => whyOf(customer))
