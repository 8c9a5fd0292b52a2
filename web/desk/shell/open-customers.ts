// The customers whose tabs are open: ids only, in this window's session, so that they come back after a crash and go with the window.
import { createContext, use, useEffect, useState } from 'react'

export const most = 8
const place = 'asiakasrekisteri.open-customers'

/** A ninth pushes out the one that was opened first. */
export const opened = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids : [...ids, id].slice(-most)

export const read = (text: string | null): readonly string[] => {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string').slice(-most) : []
  } catch {
    return []
  }
}

export type OpenCustomers = {
  readonly ids: readonly string[]
  readonly open: (id: string) => void
  readonly close: (id: string) => void
}

export const useOpenCustomersState = (): OpenCustomers => {
  const [ids, setIds] = useState(() => read(sessionStorage.getItem(place)))
  useEffect(() => sessionStorage.setItem(place, JSON.stringify(ids)), [ids])
  const [change] = useState(() => ({
    open: (id: string) => setIds((now) => opened(now, id)),
    close: (id: string) => setIds((now) => now.filter((each) => each !== id)),
  }))
  return { ids, ...change }
}

export const forgetOpenCustomers = (): void => sessionStorage.removeItem(place)

export const OpenCustomersContext = createContext<OpenCustomers>({
  ids: [],
  open: () => undefined,
  close: () => undefined,
})

export const useOpenCustomers = (): OpenCustomers => use(OpenCustomersContext)

/** A customer's page calls it: the customer has a tab from then on. */
export const useOpenCustomer = (id: string): void => {
  const { open } = useOpenCustomers()
  useEffect(() => open(id), [open, id])
}
