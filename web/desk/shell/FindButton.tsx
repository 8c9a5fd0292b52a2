// The one search box, in the bar and on the start page: pressed, or typed into, it opens the palette with what was typed.
import { createContext, type KeyboardEvent, use } from 'react'
import { Icon } from '../../kit/Icon.tsx'
import { Caps } from '../../kit/Keys.tsx'
import { usePreferences } from '../../kit/preferences.ts'
import { useWords, words } from '../../kit/words.ts'
import './FindButton.css'

const texts = words({
  fi: { find: 'Etsi asiakas, käyttöpaikka, sopimus…', command: 'Etsi toiminto…' },
  sv: { find: 'Sök kund, driftställe, avtal…', command: 'Sök kommando…' },
  en: { find: 'Find a customer, site, contract…', command: 'Find a command…' },
})

export const FindContext = createContext<(begun: string) => void>(() => undefined)

/** `people`: whether one's role finds anyone by it, or commands alone. */
export const FindButton = ({ people }: { readonly people: boolean }) => {
  const w = useWords(texts)
  const find = use(FindContext)
  const { singleKeys } = usePreferences()
  const typed = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    find(event.key === '/' ? '' : event.key)
  }
  return (
    <button type="button" className="find" aria-haspopup="dialog" onClick={() => find('')} onKeyDown={typed}>
      <Icon name="search" />
      <span>{people ? w.find : w.command}</span>
      <Caps keys={singleKeys ? '/' : 'Mod+K'} />
    </button>
  )
}
