// The route map brought to life: loading, titles, announcements, and what is shown when a page cannot be.
import { useEffect, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Outlet,
  useRouter,
  useRouterState,
} from '@tanstack/react-router'
import { ButtonLink } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { ErrorView } from '../kit/ErrorView.tsx'
import { KeysProvider } from '../kit/Keys.tsx'
import { type Navigation, NavigationProvider } from '../kit/navigation.tsx'
import { ArrivalContext, Page } from '../kit/Page.tsx'
import { useLanguage } from '../kit/preferences.ts'
import { RefusalTextsProvider } from '../kit/refusals.ts'
import { ToastProvider } from '../kit/Toast.tsx'
import { useWords, words } from '../kit/words.ts'
import type { PageFile, PageRoute } from './page.ts'
import { type Address, paths } from './paths.ts'
import { loadRefusals, useRefusals } from './refusals.ts'
import { pages } from './routes.ts'
import { SessionShell } from './shell/SessionShell.tsx'

const texts = words({
  fi: {
    name: 'Asiakasrekisteri',
    missing: 'Sivua ei ole',
    missingHow: 'Osoite on vanha tai siinä on virhe.',
    start: 'Työpöydälle',
  },
  sv: {
    name: 'Kundregistret',
    missing: 'Sidan finns inte',
    missingHow: 'Adressen är gammal eller fel.',
    start: 'Till skrivbordet',
  },
  en: {
    name: 'Customer register',
    missing: 'There is no such page',
    missingHow: 'The address is old or mistyped.',
    start: 'To the desk',
  },
})

const locales = { fi: 'fi-FI', sv: 'sv-SE', en: 'en-US' } as const

const Failed = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter()
  return (
    <ErrorView
      error={error}
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  )
}

const Missing = () => {
  const w = useWords(texts)
  return (
    <Page title={w.missing}>
      <EmptyState icon="search" title={w.missingHow} action={<ButtonLink to={paths.start()}>{w.start}</ButtonLink>} />
    </Page>
  )
}

/** Sets the document's title, and says it aloud when another page is entered. */
const Arrival = ({ onLeave }: { readonly onLeave: () => void }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const router = useRouter()
  const file = useRouterState({ select: ({ matches }) => matches.at(-1)?.loaderData as PageFile<Address> | undefined })
  const title = file?.title?.(language) ?? w.missing
  const [arrived, setArrived] = useState(false)
  useEffect(() => {
    document.title = `${title} – ${w.name}`
  }, [title, w])
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
        if (fromLocation === undefined || !pathChanged) return
        onLeave()
        setArrived(true)
      }),
    [router, onLeave],
  )
  return (
    <p className="unseen" aria-live="polite">
      {arrived && title}
    </p>
  )
}

const Waiting = () => {
  const busy = useRouterState({ select: ({ isLoading }) => isLoading })
  return busy && <div className="waiting" aria-hidden="true" />
}

const Root = () => {
  const router = useRouter()
  const language = useLanguage()
  const refusals = useRefusals()
  const [arrival] = useState(() => {
    let due = false
    return {
      begin: () => {
        due = true
      },
      take: () => {
        const taken = due
        due = false
        return taken
      },
    }
  })
  const [to] = useState<Navigation>(() => ({
    go: (address) => router.history.push(address),
    ready: (address) => {
      const { pathname } = new URL(address, window.location.origin)
      const match = router.matchRoutes(pathname, {}).at(-1)
      const route: PageRoute | undefined = pages.find(({ pattern }) => pattern === match?.fullPath)
      // Without it, the page asks again when it is entered, and says what failed.
      route?.load().catch(() => undefined)
    },
  }))
  return (
    <I18nProvider locale={locales[language]}>
      <NavigationProvider to={to}>
        <RefusalTextsProvider value={refusals}>
          <KeysProvider>
            <ToastProvider>
              <Waiting />
              <Arrival onLeave={arrival.begin} />
              <ArrivalContext value={arrival.take}>
                <Outlet />
              </ArrivalContext>
            </ToastProvider>
          </KeysProvider>
        </RefusalTextsProvider>
      </NavigationProvider>
    </I18nProvider>
  )
}

export const createDeskRouter = (client: QueryClient) => {
  const root = createRootRoute({ component: Root, notFoundComponent: Missing, errorComponent: Failed })
  const frames = {
    shell: createRoute({
      getParentRoute: () => root,
      id: 'shell',
      component: SessionShell,
    }),
    bare: createRoute({ getParentRoute: () => root, id: 'bare' }),
  }
  const routesIn = (frame: PageRoute['frame']) =>
    pages
      .filter((each) => each.frame === frame)
      .map(({ pattern, load }) => {
        const route = createRoute({
          getParentRoute: () => frames[frame],
          path: pattern,
          loaderDeps: ({ search }) => search as Readonly<Record<string, string>>,
          loader: async ({ params, deps }) => {
            const [file] = await Promise.all([load(), pattern === paths.start.pattern ? undefined : loadRefusals()])
            await file.loader?.({ params, query: deps, client })
            return file
          },
          component: function Entered() {
            const { Page: Body } = route.useLoaderData()
            const params = route.useParams()
            // Another person is another page: nothing typed or opened for one may be seen with the other.
            return <Body key={JSON.stringify(params)} params={params} query={route.useLoaderDeps()} />
          },
        })
        return route
      })
  // One name at least: `/desk/$` alone would take `/desk` from the start page.
  const missing = createRoute({ getParentRoute: () => frames.shell, path: '/desk/$name/$', component: Missing })
  return createRouter({
    routeTree: root.addChildren([
      frames.shell.addChildren([...routesIn('shell'), missing]),
      frames.bare.addChildren(routesIn('bare')),
    ]),
    trailingSlash: 'preserve',
    // The query cache decides what is fresh.
    defaultStaleTime: 0,
    defaultErrorComponent: Failed,
    defaultNotFoundComponent: Missing,
    defaultPendingMs: 60_000,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const asked = new URLSearchParams(search as Record<string, string>).toString()
      return asked === '' ? '' : `?${asked}`
    },
    InnerWrap: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
}
