// The places of the desk, of which one sees those that one's actions lead to.
import type { Words } from '../../../register/vocabulary.ts'
import type { Keys } from '../../kit/chords.ts'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { useLink } from '../../kit/navigation.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords, words } from '../../kit/words.ts'
import { noticeAddress, paths } from '../paths.ts'
import { type Session, useSession } from './session.ts'
import './Rail.css'

const texts = words({
  fi: { places: 'Paikat', notice: 'Rekisteriseloste' },
  sv: { places: 'Platser', notice: 'Registerbeskrivning' },
  en: { places: 'Places', notice: 'Privacy notice' },
})

export type RailItem = {
  readonly id: string
  readonly to: string
  readonly icon: IconName
  readonly label: Words
  /** The endpoint that the place begins with; without it everyone goes there. */
  readonly needs?: { readonly action: string }
  readonly keys?: Keys
}

export const permitted = <I extends { readonly needs?: { readonly action: string } }>(
  items: readonly I[],
  { actions }: Session,
): readonly I[] => items.filter(({ needs }) => needs === undefined || actions.includes(needs.action))

const Place = ({ item: { to, icon, label }, here }: { readonly item: RailItem; readonly here: boolean }) => {
  const language = useLanguage()
  return (
    <a className="rail-place" {...useLink(to)} aria-current={here ? 'page' : undefined} title={label[language]}>
      <Icon name={icon} />
      <span>{label[language]}</span>
    </a>
  )
}

export const Rail = ({ items, here }: { readonly items: readonly RailItem[]; readonly here: string }) => {
  const w = useWords(texts)
  const { noticeHash } = useSession()
  // The start lies above every place: one is there on its own page alone.
  const at = items.find(({ to }) => here === to || (to !== paths.start() && here.startsWith(`${to}/`)))
  return (
    <nav className="rail" aria-label={w.places}>
      <div className="rail-places">
        {items.map((item) => (
          <Place key={item.id} item={item} here={item === at} />
        ))}
      </div>
      <a className="rail-notice" href={noticeAddress} target="_blank" rel="noreferrer" title={w.notice}>
        <Icon name="shield" />
        <span>
          {w.notice} <code>{noticeHash.slice(0, 8)}</code>
        </span>
      </a>
    </nav>
  )
}
