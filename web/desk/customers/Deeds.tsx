// What is done to the party as a whole, behind one button: those deeds that the role may do, each in the palette as well.
import { useState } from 'react'
import type { z } from 'zod'
import * as card from '../../../chapters/customers/api.ts'
import { recordDeath } from '../../../chapters/customers/death/api.ts'
import { raiseLock } from '../../../chapters/customers/locks/api.ts'
import { restrict, restrictions } from '../../../chapters/customers/restriction/api.ts'
import { useAsk } from '../../kit/ask.ts'
import { IconButton } from '../../kit/Button.tsx'
import { useCommands } from '../../kit/Keys.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWords } from '../../kit/words.ts'
import { TakeOver } from '../contracts/estates/TakeOver.tsx'
import { useMay } from '../shell/session.ts'
import { RecordDeath } from './death/Death.tsx'
import { texts as deathTexts } from './death/words.ts'
import { Lock } from './locks/Lock.tsx'
import { texts as lockTexts } from './locks/words.ts'
import { Protect } from './walls/Protection.tsx'
import { Restrict } from './walls/Restriction.tsx'
import { texts as wallTexts } from './walls/words.ts'
import { texts } from './words.ts'

export const Deeds = ({ head }: { readonly head: z.output<typeof card.customerHead> }) => {
  const w = useWords(texts)
  const walls = useWords(wallTexts)
  const locks = useWords(lockTexts)
  const death = useWords(deathTexts)
  const may = useMay()
  const [open, setOpen] = useState<'protect' | 'lock' | 'restrict' | 'death'>()
  /** The day of a death that was recorded just now, when its estate has something to take over. */
  const [left, setLeft] = useState<string>()
  const close = (): void => setOpen(undefined)
  const held = useAsk(restrictions, { params: { customer_id: head.id } }, { when: may(restrictions) })
  const restricted = held.data?.some(({ lifted_at }) => lifted_at === null) ?? true
  const deeds = [
    ...(may(card.protect) && !head.protected
      ? [{ id: 'protect', label: walls.protect, icon: 'shield' as const, run: () => setOpen('protect') }]
      : []),
    // Who may record an order needs no lock.
    ...(may(raiseLock) && !may(card.protect) && !head.protected
      ? [{ id: 'lock', label: locks.raise, icon: 'shield' as const, run: () => setOpen('lock') }]
      : []),
    ...(may(restrict) && !restricted
      ? [{ id: 'restrict', label: walls.restrict, icon: 'lock' as const, run: () => setOpen('restrict') }]
      : []),
    ...(may(recordDeath) && head.kind === 'natural' && head.deceased_on === null
      ? [{ id: 'death', label: death.record, icon: 'note' as const, run: () => setOpen('death') }]
      : []),
  ]
  useCommands(deeds.map(({ id, label, icon, run }) => ({ id: `customer.${id}`, label, icon, group: w.title, run })))
  return (
    <>
      {deeds.length > 0 && (
        <Menu label={w.deeds} sections={[{ items: deeds }]}>
          <IconButton label={w.deeds} icon="more" />
        </Menu>
      )}
      {open === 'protect' && <Protect customer_id={head.id} onClose={close} />}
      {open === 'lock' && <Lock customer_id={head.id} onClose={close} />}
      {open === 'restrict' && <Restrict customer_id={head.id} onClose={close} />}
      {open === 'death' && <RecordDeath customer_id={head.id} onEstate={setLeft} onClose={close} />}
      {left !== undefined && head.deceased_on !== null && (
        <TakeOver
          customer_id={head.id}
          deceased_on={left}
          isProtected={head.protected}
          onClose={() => setLeft(undefined)}
        />
      )}
    </>
  )
}
