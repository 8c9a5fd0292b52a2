// Warnings, ordered by what follows from them. Three are seen; the rest are counted, and one press away.
import { type ReactNode, useState } from 'react'
import { Button } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { useWords, words } from './words.ts'
import './Banner.css'

const texts = words({
  fi: {
    why: 'Miksi näen tämän?',
    more: (n: number) => `Näytä vielä ${n}`,
    fewer: 'Näytä vähemmän',
    warnings: 'Varoitukset',
  },
  sv: {
    why: 'Varför ser jag det här?',
    more: (n: number) => `Visa ${n} till`,
    fewer: 'Visa färre',
    warnings: 'Varningar',
  },
  en: { why: 'Why do I see this?', more: (n: number) => `Show ${n} more`, fewer: 'Show fewer', warnings: 'Warnings' },
})

/** Most serious first: `stop` forbids something, `care` changes how one works, `note` is good to know, `well` tells of success. */
export const consequences = ['stop', 'care', 'note', 'well'] as const
export type Consequence = (typeof consequences)[number]

export type BannerProps = {
  readonly consequence: Consequence
  readonly title: string
  /** Of one line: source, day, until when. */
  readonly children?: ReactNode
  /** Which rule shows it, and what it rests on. */
  readonly why?: ReactNode
  /** The one thing that may be done about it. */
  readonly action?: ReactNode
}

const icons: Record<Consequence, IconName> = { stop: 'stop', care: 'warning', note: 'info', well: 'check' }

export const Banner = ({ consequence, title, children, why, action }: BannerProps) => {
  const w = useWords(texts)
  return (
    <div className="banner" data-consequence={consequence}>
      <Icon name={icons[consequence]} />
      <div className="banner-text">
        <p>
          <strong>{title}</strong> {children}
        </p>
        {why !== undefined && (
          <details>
            <summary>{w.why}</summary>
            <div>{why}</div>
          </details>
        )}
      </div>
      {action}
    </div>
  )
}

const seen = 3

/** The banners of one person or page; `id` tells them apart. */
export const Banners = ({ banners }: { readonly banners: readonly (BannerProps & { readonly id: string })[] }) => {
  const w = useWords(texts)
  const [all, setAll] = useState(false)
  const ordered = consequences.flatMap((each) => banners.filter(({ consequence }) => consequence === each))
  if (ordered.length === 0) return null
  return (
    <section className="banners" aria-label={w.warnings}>
      {(all ? ordered : ordered.slice(0, seen)).map(({ id, ...banner }) => (
        <Banner key={id} {...banner} />
      ))}
      {ordered.length > seen && (
        <Button tone="quiet" onPress={() => setAll(!all)}>
          {all ? w.fewer : w.more(ordered.length - seen)}
        </Button>
      )}
    </section>
  )
}
