// The shell around the pages of one who has signed in; without a session there is nothing to frame.
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { asking, useAsk, useChange } from '../../kit/ask.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { suggestLanguage } from '../../kit/preferences.ts'
import { useSay } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { fittings } from '../fittings.ts'
import { paths } from '../paths.ts'
import { permitted } from './Rail.tsx'
import { forgetOpenCustomers } from './open-customers.ts'
import { forgetAllWhy } from './why.ts'
import { changeSession, endSession, readSession, type Session } from './session.ts'
import { Shell } from './Shell.tsx'

const Framed = ({ session }: { readonly session: Session }) => {
  const client = useQueryClient()
  const tell = useToast()
  const say = useSay()
  const here = useRouterState({ select: ({ location }) => location.pathname })
  const change = useChange(changeSession, { stale: [] })
  const to = useNavigation()
  const end = useChange(endSession, { stale: [] })
  const { language } = session.user
  useEffect(() => suggestLanguage(language), [language])
  useEffect(() => {
    // What comes next is there when it is asked for: the chosen person's card, and the places of one's role.
    const { rail, searches, customerTab } = fittings
    const finds = permitted(searches, session).length > 0
    const next = permitted(rail, session).map((place) => place.to)
    const later = setTimeout(() => {
      for (const address of [...(finds && customerTab ? [customerTab.to('0')] : []), ...next]) to.ready(address)
    }, 500)
    return () => clearTimeout(later)
  }, [session, to])
  const failed = (error: unknown): void => tell({ text: say(error).what })
  return (
    <Shell
      session={session}
      fittings={fittings}
      here={here}
      onChange={(body) =>
        change.mutate(
          { body },
          {
            onSuccess: (changed) => {
              const { queryKey } = asking(readSession, {})
              client.setQueryData(queryKey, changed)
              // Under another hat or role everything may read otherwise: what was read before is dropped, not only stale.
              void client.resetQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] })
            },
            onError: failed,
          },
        )
      }
      onSignOut={() =>
        end.mutate(
          {},
          {
            onSuccess: ({ leave_at }) => {
              forgetOpenCustomers()
              forgetAllWhy()
              window.location.replace(leave_at ?? paths.signIn())
            },
            onError: failed,
          },
        )
      }
    >
      <Outlet />
    </Shell>
  )
}

export const SessionShell = () => (
  <Answer of={useAsk(readSession, {})}>{(session) => <Framed session={session} />}</Answer>
)
