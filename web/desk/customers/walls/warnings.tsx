// The banner row of a card: rules over what is known, ordered by what follows from it, each with its source, its day and why one sees it.
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import type * as card from '../../../../chapters/customers/api.ts'
import { deathOf, reverseDeath } from '../../../../chapters/customers/death/api.ts'
import * as acting from '../../../../chapters/customers/representations/api.ts'
import { liftRestriction, restrictions } from '../../../../chapters/customers/restriction/api.ts'
import { useAsk } from '../../../kit/ask.ts'
import type { BannerProps } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Link } from '../../../kit/Link.tsx'
import { useWords } from '../../../kit/words.ts'
import { TakeOver } from '../../contracts/estates/TakeOver.tsx'
import { useTakeOver } from '../../contracts/estates/warnings.tsx'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { ReverseDeath } from '../death/Death.tsx'
import { texts as deathTexts } from '../death/words.ts'
import { holds } from '../representations/Representations.tsx'
import { texts as representationTexts } from '../representations/words.ts'
import { LiftRestriction } from './Restriction.tsx'
import { texts } from './warning-words.ts'

type Head = z.output<typeof card.customerHead>
type Warning = BannerProps & { readonly id: string }

const cardOf = (id: number) => paths.customer({ customer: String(id) })

const useDeath = (head: Head, onReverse: () => void): readonly Warning[] => {
  const w = useWords(texts)
  const d = useWords(deathTexts)
  const { day } = useFormats()
  const may = useMay()
  const touched = head.deceased_on !== null || head.kind === 'estate'
  const death = useAsk(deathOf, { params: { customer_id: head.id } }, { when: touched && may(deathOf) })
  const report = death.data?.reports.find(({ reversed_at }) => reversed_at === null)
  const left = death.data?.estate_of
  return [
    ...(head.deceased_on === null
      ? []
      : [
          {
            id: 'deceased',
            consequence: 'stop' as const,
            title: w.deceased,
            children: (
              <>
                {w.deceasedText(
                  day(head.deceased_on),
                  report === undefined
                    ? ''
                    : ` (${d[report.told_by]}, ${day(new Date(report.recorded_at))}${report.basis ? `, ${report.basis}` : ''})`,
                )}
                {death.data?.estates.map((estate) => (
                  <span key={estate.id}>
                    {' '}
                    {w.estate} <Link to={cardOf(estate.id)}>{estate.name}</Link>
                  </span>
                ))}
              </>
            ),
            why: w.deceasedWhy,
            action: may(reverseDeath) && <Button onPress={onReverse}>{w.reverse}</Button>,
          },
        ]),
    ...(left === null || left === undefined
      ? []
      : [
          {
            id: 'estate',
            consequence: left.deceased_on === null ? ('stop' as const) : ('care' as const),
            title: left.deceased_on === null ? w.living : w.estateOf,
            children: (
              <>
                {left.deceased_on === null ? w.livingText(left.name) : w.estateOfText(left.name, day(left.deceased_on))}{' '}
                <Link to={cardOf(left.id)}>{left.number}</Link>
              </>
            ),
            why: w.estateWhy,
          },
        ]),
  ]
}

const useRestriction = (head: Head, onLift: () => void): readonly Warning[] => {
  const w = useWords(texts)
  const { day } = useFormats()
  const may = useMay()
  const all = useAsk(restrictions, { params: { customer_id: head.id } }, { when: may(restrictions) })
  const now = all.data?.find(({ lifted_at }) => lifted_at === null)
  return now === undefined
    ? []
    : [
        {
          id: 'restricted',
          consequence: 'stop',
          title: w.restricted,
          children: w.restrictedText(w[now.ground], day(new Date(now.began_at))),
          why: w.restrictedWhy(now.reason),
          action: may(liftRestriction) && <Button onPress={onLift}>{w.lift}</Button>,
        },
      ]
}

const cared = ['guardian', 'continuing-power', 'custodian']

const useRepresented = (head: Head): readonly Warning[] => {
  const w = useWords(texts)
  const r = useWords(representationTexts)
  const { day } = useFormats()
  const may = useMay()
  const asked = { params: { customer_id: head.id } }
  const by = useAsk(acting.representations, asked, { when: may(acting.representations) })
  const whom = useAsk(acting.actsFor, asked, { when: may(acting.actsFor) })
  const now = (by.data ?? []).filter(holds)
  const others = (whom.data ?? []).filter(holds)
  return [
    ...now.map((row): Warning => {
      const closed = row.scope.includes('everything')
        ? []
        : acting.scopes.filter((scope) => scope !== 'everything' && !row.scope.includes(scope))
      const scope = row.scope.map((each) => r[each]).join(', ')
      const until = row.during.to === null ? '' : w.until(day(row.during.to))
      return {
        id: `represented-${row.id}`,
        consequence: cared.includes(row.kind) ? 'care' : 'note',
        title: cared.includes(row.kind) ? w.guarded : w.represented,
        children: `${w.mayBeTold(row.representative ?? w.someone, r[row.kind], scope, until)}${closed.length === 0 ? '' : ` ${w.notTold(closed.map((each) => r[each]).join(', '))}`}`,
        why: `${w.representedWhy}${row.evidence === null ? '' : ` (${row.evidence})`}`,
      }
    }),
    ...(head.kind === 'estate' && by.data !== undefined && now.length === 0
      ? [{ id: 'no-representative', consequence: 'care' as const, title: w.noRepresentative }]
      : []),
    ...(others.length === 0
      ? []
      : [{ id: 'acts', consequence: 'note' as const, title: w.acts, children: w.actsText(others.length) }]),
  ]
}

/** What must be known before a word is said, the gravest first, and the dialogs that its actions open. */
export const useWarnings = (head: Head): { readonly banners: readonly Warning[]; readonly dialog: ReactNode } => {
  const w = useWords(texts)
  const [open, setOpen] = useState<'reverse' | 'lift' | 'pass'>()
  const close = (): void => setOpen(undefined)
  const death = useDeath(head, () => setOpen('reverse'))
  const takeOver = useTakeOver(head, () => setOpen('pass'))
  const restriction = useRestriction(head, () => setOpen('lift'))
  const represented = useRepresented(head)
  return {
    banners: [
      ...(head.protected
        ? [
            {
              id: 'protected',
              consequence: 'stop' as const,
              title: w.protected,
              children: w.protectedText,
              why: w.protectedWhy,
            },
          ]
        : []),
      ...restriction,
      ...death,
      ...takeOver,
      ...(head.merged_into === null
        ? []
        : [
            {
              id: 'merged',
              consequence: 'care' as const,
              title: w.merged,
              children: <Link to={cardOf(head.merged_into)}>{w.open}</Link>,
              why: w.mergedWhy,
            },
          ]),
      ...represented,
    ],
    dialog: (
      <>
        {open === 'reverse' && <ReverseDeath customer_id={head.id} onClose={close} />}
        {open === 'pass' && head.deceased_on !== null && (
          <TakeOver customer_id={head.id} deceased_on={head.deceased_on} isProtected={head.protected} onClose={close} />
        )}
        {open === 'lift' && <LiftRestriction customer_id={head.id} onClose={close} />}
      </>
    ),
  }
}
