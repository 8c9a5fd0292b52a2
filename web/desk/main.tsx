// The staff desk begins here.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from '@tanstack/react-router'
import '../kit/no-eval.ts'
import '../kit/tokens.css'
import '../kit/base.css'
import { asking, createQueryClient } from '../kit/ask.ts'
import { startPreferences } from '../kit/preferences.ts'
import { paths } from './paths.ts'
import { createDeskRouter } from './router.tsx'
import { pages } from './routes.ts'
import { readSession } from './shell/session.ts'

startPreferences()

const client = createQueryClient(() => {
  const { pathname, search } = window.location
  if (pathname === paths.signIn()) return
  // A new document: nothing that the ended session had read stays in memory.
  window.location.replace(paths.signIn({}, { next: `${pathname}${search}` }))
})

// Beside the page's own code, not after it.
if (!pages.some(({ pattern, frame }) => frame === 'bare' && pattern === window.location.pathname))
  void client.prefetchQuery(asking(readSession, {}))

const place = document.getElementById('desk')
if (place === null) throw new Error('index.html has no element with id "desk"')
createRoot(place).render(
  <StrictMode>
    <RouterProvider router={createDeskRouter(client)} />
  </StrictMode>,
)
