// How the parts of the kit move between pages without knowing the router: the desk and the portal each give theirs.
import { createContext, type MouseEvent, type ReactNode, use } from 'react'
import { RouterProvider } from 'react-aria-components'

export type Navigation = {
  readonly go: (address: string) => void
  /** Fetches the code of a page; never its data: who is only pointed at has not been opened, and no access log shall say so. */
  readonly ready: (address: string) => void
}

const Here = createContext<Navigation>({ go: (address) => window.location.assign(address), ready: () => undefined })

export const NavigationProvider = ({ to, children }: { readonly to: Navigation; readonly children: ReactNode }) => (
  <Here value={to}>
    <RouterProvider navigate={to.go}>{children}</RouterProvider>
  </Here>
)

export const useNavigation = (): Navigation => use(Here)

/** What an `<a>` needs to be followed inside the page, and still open in a new tab, be copied, or be sent. */
export const useLink = (address: string) => {
  const { go, ready } = useNavigation()
  return {
    href: address,
    onClick: (event: MouseEvent): void => {
      if (
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return
      event.preventDefault()
      go(address)
    },
    onPointerEnter: () => ready(address),
    onFocus: () => ready(address),
  }
}
