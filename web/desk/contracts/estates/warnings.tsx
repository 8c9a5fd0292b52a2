// What a card warns of when its person has died: what still stands in their name, and what the estate took over.
import type { z } from 'zod'
import * as api from '../../../../chapters/contracts/estates/api.ts'
import type { customerHead } from '../../../../chapters/customers/api.ts'
import { useAsk, useChange } from '../../../kit/ask.ts'
import type { BannerProps } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useDeed } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { stale } from './TakeOver.tsx'
import { texts } from './words.ts'

type Warning = BannerProps & { readonly id: string }

export const useTakeOver = (head: z.output<typeof customerHead>, onPass: () => void): readonly Warning[] => {
  const w = useWords(texts)
  const done = useDeed()
  const { day } = useFormats()
  const may = useMay()
  const passes = may(api.takeOver) && head.deceased_on !== null
  // The card's reason would open a protected person by itself: their home is looked at when it is asked for.
  const seen = useAsk(
    api.toTakeOver,
    { params: { customer_id: head.id }, query: {} },
    { when: passes && may(api.toTakeOver) && !head.protected },
  )
  const back = useChange(api.takeBack, { stale })
  const takeBack = (): Promise<void> => done(() => back.mutateAsync({ params: { customer_id: head.id } }), w.backDone)
  if (!passes) return []
  const { contracts = [], homes = [], passed } = seen.data ?? {}
  const standing = new Set(contracts.map(({ contract_id }) => contract_id)).size
  const action = <Button onPress={onPass}>{w.title}</Button>
  const stands = { id: 'takeover', consequence: 'care', title: w.stands, why: w.standsWhy, action } as const
  return [
    ...(head.protected ? [{ ...stands, children: w.standsProtected }] : []),
    ...(seen.data?.estate && standing + homes.length > 0
      ? [{ ...stands, children: w.standsText(standing, homes.length) }]
      : []),
    ...(passed && passed.from !== null
      ? [
          {
            id: 'passed',
            consequence: 'note' as const,
            title: w.passed,
            children: w.passedText(passed.contracts, passed.homes, day(passed.from)),
            why: w.passedWhy,
            action: may(api.takeBack) && <Button onPress={() => void takeBack()}>{w.back}</Button>,
          },
        ]
      : []),
  ]
}
