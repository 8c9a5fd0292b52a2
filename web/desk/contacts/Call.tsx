// The telephone in the desk's bar: who waits, whose call is in hand, and the key that begins one.
import { lazy, Suspense } from 'react'
import * as api from '../../../chapters/contacts/calls/api.ts'
import { Button } from '../../kit/Button.tsx'
import { useCommands } from '../../kit/Keys.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { useWords } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { useCallAsked } from './call-asked.ts'
import { useInHand, useWaiting } from './call-state.ts'
import { texts } from './call-words.ts'
import { Clock } from './Clock.tsx'
import './Call.css'

const CallDialog = lazy(async () => ({ default: (await import('./CallDialog.tsx')).CallDialog }))

const Telephone = () => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const waiting = useWaiting()
  const hand = useInHand()
  const { asked, ask } = useCallAsked()
  // The one that rang as the dialog was opened stays in it, whoever rings meanwhile.
  const [ringing] = waiting
  const toCard = (): void => hand && go(paths.customer({ customer: String(hand.customer_id) }))
  useCommands([
    {
      id: 'call',
      label: ringing ? w.answer : w.newCall,
      group: w.call,
      icon: 'phone',
      keys: 'C',
      run: () => ask(ringing),
    },
    ...(hand
      ? [{ id: 'call.card', label: w.toCard, group: w.call, icon: 'person' as const, keys: 'G C', run: toCard }]
      : []),
  ])
  return (
    <>
      <output className="unseen">{ringing && w.callFrom(ringing.number ?? w.withheld)}</output>
      {ringing && (
        <Button tone="strong" icon="phone" onPress={() => ask(ringing)}>
          {ringing.number ?? w.withheld}
          {waiting.length > 1 && ` +${waiting.length - 1}`}
        </Button>
      )}
      {hand ? (
        <Button icon="phone" onPress={toCard}>
          <span className="call-name">{hand.name}</span> <Clock from={hand.taken_at} to={hand.ended_at} />
        </Button>
      ) : (
        !ringing && (
          <Button tone="quiet" icon="phone" onPress={() => ask(undefined)}>
            {w.call}
          </Button>
        )
      )}
      {asked && (
        <Suspense>
          <CallDialog ringing={asked.ringing} waiting={waiting} onClose={() => ask('closed')} />
        </Suspense>
      )}
    </>
  )
}

export const Call = () => {
  const may = useMay()
  return may(api.takeCall) ? <Telephone /> : null
}
