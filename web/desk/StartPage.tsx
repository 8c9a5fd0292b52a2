// Where the desk opens: the box that finds anyone, and the places that one's task leads to.
import { lazy, Suspense } from 'react'
import type { Language } from '../../register/vocabulary.ts'
import { ButtonLink } from '../kit/Button.tsx'
import { Page as Frame } from '../kit/Page.tsx'
import { useLanguage } from '../kit/preferences.ts'
import { useWords, words } from '../kit/words.ts'
import { ViewLinks } from './access/ViewLinks.tsx'
import { fittings } from './fittings.ts'
import { FindButton } from './shell/FindButton.tsx'
import { permitted } from './shell/Rail.tsx'
import { useMay, useSession } from './shell/session.ts'
import './StartPage.css'

const texts = words({
  fi: { title: 'Työpöytä', hello: (name: string) => `Hei, ${name}`, how: 'Kenen asiaa hoidat?' },
  sv: { title: 'Skrivbord', hello: (name: string) => `Hej, ${name}`, how: 'Vems ärende sköter du?' },
  en: { title: 'Desk', hello: (name: string) => `Hello, ${name}`, how: 'Whose matter is it?' },
})

// For few: nobody else loads it, nor what it is asked by.
const OpenedAddresses = lazy(() =>
  import('./access/OpenedAddresses.tsx').then((file) => ({ default: file.OpenedAddresses })),
)

export const title = (language: Language): string => texts[language].title

export const Page = () => {
  const w = useWords(texts)
  const language = useLanguage()
  const session = useSession()
  const may = useMay()
  const places = permitted(fittings.rail, session).filter(({ id }) => id !== 'start')
  const finds = permitted(fittings.searches, session).length > 0
  return (
    <Frame title={w.hello(session.user.name)} lead={finds ? w.how : undefined}>
      <div className="start">
        <FindButton people={finds} />
        {places.length > 0 && (
          <nav className="start-places" aria-label={w.title}>
            {places.map(({ id, to, icon, label }) => (
              <ButtonLink key={id} to={to} icon={icon}>
                {label[language]}
              </ButtonLink>
            ))}
          </nav>
        )}
        <ViewLinks />
        {may({ action: 'search the access log' }) && (
          <Suspense>
            <OpenedAddresses />
          </Suspense>
        )}
      </div>
    </Frame>
  )
}
