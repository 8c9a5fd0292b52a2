// The frame of the desk: the box that finds, the company whose work is done, the places, the open customers, and the page.
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { type FoundGroup, Palette, type Search } from '../../kit/Palette.tsx'
import type { Endpoint } from '../../../register/endpoint.ts'
import { useCommands } from '../../kit/Keys.tsx'
import { useLink, useNavigation } from '../../kit/navigation.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Segments } from '../../kit/Segments.tsx'
import { useWords, words } from '../../kit/words.ts'
import mark from '../mark.svg'
import { paths } from '../paths.ts'
import { FindButton, FindContext } from './FindButton.tsx'
import { OpenCustomersContext, useOpenCustomersState } from './open-customers.ts'
import { type CustomerTab, OpenTabs } from './OpenTabs.tsx'
import { OwnMenu } from './OwnMenu.tsx'
import { permitted, Rail, type RailItem } from './Rail.tsx'
import { type Session, SessionContext } from './session.ts'
import './Shell.css'

const CheatSheet = lazy(async () => ({ default: (await import('../../kit/CheatSheet.tsx')).CheatSheet }))

const texts = words({
  fi: {
    name: 'Asiakasrekisteri',
    skip: 'Siirry sisältöön',
    hat: 'Yhtiö, jonka työtä teet',
    retail: 'Myynti',
    network: 'Verkko',
    group: 'Konserni',
    go: 'Siirry',
    desk: 'Työpöytä',
    find: 'Etsi tai tee',
    keys: 'Pikanäppäimet',
  },
  sv: {
    name: 'Kundregistret',
    skip: 'Hoppa till innehållet',
    hat: 'Bolaget vars arbete du gör',
    retail: 'Försäljning',
    network: 'Nät',
    group: 'Koncern',
    go: 'Gå till',
    desk: 'Skrivbord',
    find: 'Sök eller gör',
    keys: 'Kortkommandon',
  },
  en: {
    name: 'Customer register',
    skip: 'Skip to the content',
    hat: 'The company whose work you do',
    retail: 'Retail',
    network: 'Network',
    group: 'Group',
    go: 'Go to',
    desk: 'Desk',
    find: 'Find or do',
    keys: 'Keyboard shortcuts',
  },
})

/** What the chapters give to the shell; what is absent has no place in it. */
export type Fittings = {
  readonly rail: readonly RailItem[]
  /** What the one box asks, each for those who may call what it needs. */
  readonly searches: readonly { readonly needs?: Pick<Endpoint, 'action'>; readonly find: Search }[]
  /** What the palette shows before anything is typed: who waits on the line, who was open last. */
  readonly useRecent?: () => readonly FoundGroup[]
  /** The state of the telephone. */
  readonly Call?: ComponentType
  /** What stays under every page while it is in hand: the note of a call. */
  readonly Work?: ComponentType
  readonly customerTab?: CustomerTab
}

export type ShellProps = {
  readonly session: Session
  readonly fittings: Fittings
  /** The path of the page that is open. */
  readonly here: string
  readonly onChange: (change: { readonly role?: string; readonly hat?: string }) => void
  readonly onSignOut: () => void
  readonly children: ReactNode
}

/** All that are asked answer as one, in their own order. */
const together =
  (searches: readonly Search[]): Search =>
  async (text, signal, language) => {
    const found = await Promise.all(searches.map((find) => find(text, signal, language)))
    const meant = found.find((each) => each.meant !== undefined)?.meant
    return { ...(meant !== undefined && { meant }), groups: found.flatMap(({ groups }) => groups) }
  }

const nothing: readonly FoundGroup[] = []
const useNothing = (): readonly FoundGroup[] => nothing

export const Shell = ({ session, fittings, here, onChange, onSignOut, children }: ShellProps) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { go } = useNavigation()
  const [asked, setAsked] = useState<string>()
  const [sheet, setSheet] = useState(false)
  const open = useOpenCustomersState()
  const rail = permitted(fittings.rail, session)
  const { Call, Work, customerTab, searches, useRecent = useNothing } = fittings
  const finders = useMemo(() => permitted(searches, session), [searches, session])
  const search = useMemo(() => together(finders.map(({ find }) => find)), [finders])
  const recent = useRecent()

  // On the root, so that menus and dialogs, which stand beside the desk, have the company's ground too.
  useEffect(() => {
    document.documentElement.dataset['hat'] = session.hat
  }, [session.hat])

  useCommands([
    {
      id: 'find',
      label: w.find,
      group: w.desk,
      icon: 'search',
      keys: ['Mod+K', '/'],
      unlisted: true,
      run: () => setAsked(''),
    },
    { id: 'keys', label: w.keys, group: w.desk, icon: 'keyboard', keys: '?', run: () => setSheet(true) },
    ...rail.map(({ id, to, icon, label, keys }) => ({
      id: `go.${id}`,
      label: `${w.go}: ${label[language]}`,
      group: w.go,
      icon,
      ...(keys !== undefined && { keys }),
      run: () => go(to),
    })),
  ])

  const nameOf = (hat: string): string => (hat === 'retail' || hat === 'network' || hat === 'group' ? w[hat] : hat)
  return (
    <SessionContext value={session}>
      <OpenCustomersContext value={open}>
        <FindContext value={setAsked}>
          <div className="shell">
            <a className="skip" href="#page">
              {w.skip}
            </a>
            <header className="bar">
              <a className="brand" {...useLink(paths.start())}>
                <img src={mark} alt="" />
                {w.name}
              </a>
              <FindButton people={finders.length > 0} />
              <div className="bar-side">
                {Call && <Call />}
                {session.hats.length > 1 ? (
                  <Segments
                    label={w.hat}
                    options={session.hats.map((id) => ({ id, label: nameOf(id) }))}
                    chosen={session.hat}
                    onChoose={(hat) => onChange({ hat })}
                  />
                ) : (
                  <span className="bar-hat">{nameOf(session.hat)}</span>
                )}
                <OwnMenu onRole={(role) => onChange({ role })} onKeys={() => setSheet(true)} onSignOut={onSignOut} />
              </div>
            </header>
            <Rail items={rail} here={here} />
            <div className="sheet-of-paper">
              {customerTab && <OpenTabs tab={customerTab} here={here} />}
              <main className="desk-page" id="page" tabIndex={-1}>
                {children}
              </main>
              {Work && <Work />}
            </div>
          </div>
          <Palette
            open={asked !== undefined}
            begun={asked ?? ''}
            search={search}
            recent={recent}
            onClose={() => setAsked(undefined)}
          />
          {sheet && (
            <Suspense>
              <CheatSheet open onClose={() => setSheet(false)} />
            </Suspense>
          )}
        </FindContext>
      </OpenCustomersContext>
    </SessionContext>
  )
}
