// The tabs of open customers, under the bar.
import type { ComponentType } from 'react'
import { IconButton } from '../../kit/Button.tsx'
import { useCommands } from '../../kit/Keys.tsx'
import { useLink, useNavigation } from '../../kit/navigation.tsx'
import { useWords, words } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import { useOpenCustomers } from './open-customers.ts'
import './OpenTabs.css'

const texts = words({
  fi: {
    open: 'Avoimet asiakkaat',
    close: 'Sulje asiakkaan välilehti',
    go: (n: number) => `Avoin asiakas ${n}`,
    closeThis: 'Sulje tämä asiakas',
  },
  sv: {
    open: 'Öppna kunder',
    close: 'Stäng kundens flik',
    go: (n: number) => `Öppen kund ${n}`,
    closeThis: 'Stäng den här kunden',
  },
  en: {
    open: 'Open customers',
    close: "Close the customer's tab",
    go: (n: number) => `Open customer ${n}`,
    closeThis: 'Close this customer',
  },
})

export type CustomerTab = {
  readonly to: (id: string) => string
  /** Says who it is, as far as the one at the desk may know. */
  readonly Label: ComponentType<{ readonly id: string }>
}

const Tab = ({
  to,
  Label,
  id,
  here,
  onClose,
}: CustomerTab & { readonly id: string; readonly here: boolean; readonly onClose: () => void }) => {
  const w = useWords(texts)
  return (
    <li className="open-tab" data-here={here || undefined}>
      <a {...useLink(to(id))} aria-current={here ? 'page' : undefined}>
        <Label id={id} />
      </a>
      <IconButton label={w.close} icon="close" onPress={onClose} />
    </li>
  )
}

export const OpenTabs = ({ tab, here }: { readonly tab: CustomerTab; readonly here: string }) => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const { ids, close } = useOpenCustomers()
  const at = ids.find((id) => here === tab.to(id) || here.startsWith(`${tab.to(id)}/`))

  const shut = (id: string): void => {
    close(id)
    if (id !== at) return
    const index = ids.indexOf(id)
    const next = ids[index + 1] ?? ids[index - 1]
    go(next === undefined ? paths.start() : tab.to(next))
  }
  useCommands([
    ...ids.map((id, index) => ({
      id: `open.${index + 1}`,
      label: w.go(index + 1),
      group: w.open,
      keys: `Alt+${index + 1}`,
      run: () => go(tab.to(id)),
    })),
    ...(at === undefined
      ? []
      : [
          {
            id: 'open.close',
            label: w.closeThis,
            group: w.open,
            keys: 'X',
            icon: 'close' as const,
            run: () => shut(at),
          },
        ]),
  ])

  if (ids.length === 0) return null
  return (
    <nav className="open-tabs" aria-label={w.open}>
      <ul>
        {ids.map((id) => (
          <Tab key={id} {...tab} id={id} here={id === at} onClose={() => shut(id)} />
        ))}
      </ul>
    </nav>
  )
}
