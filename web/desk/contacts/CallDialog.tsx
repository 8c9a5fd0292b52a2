// A call by its number, rung or typed: who may be calling, all of them, and one is picked by a key.
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/contacts/calls/api.ts'
import { ringReason } from '../../../register/reasons.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk, useChange } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { useFormats } from '../../kit/format.ts'
import { Caps } from '../../kit/Keys.tsx'
import { Refused } from '../../kit/Refused.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useWords } from '../../kit/words.ts'
import { CustomerPick } from '../customers/CustomerPick.tsx'
import { useTake, type Waiting } from './call-state.ts'
import { texts } from './call-words.ts'
import './Call.css'

type Candidate = z.output<typeof api.candidate>
type Picked = Pick<Candidate, 'customer_id' | 'representation_id'>

const Facts = ({ of }: { readonly of: Candidate }) => {
  const w = useWords(texts)
  return (
    <>
      <span className="candidate-facts">
        {[of.birth_year, of.city].filter((fact) => fact !== null).join(' · ')}
        {of.representation !== null && ` ${w.actsFor}`}
      </span>
      {of.protected && <Badge tone="stop">{w.protected}</Badge>}
      {of.deceased && <Badge tone="stop">{w.deceased}</Badge>}
      {of.former && <Badge>{w.formerNumber}</Badge>}
    </>
  )
}

const Candidates = ({
  candidates,
  onPick,
}: {
  readonly candidates: readonly Candidate[]
  readonly onPick: (picked: Picked) => void
}) => {
  const w = useWords(texts)
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea') !== null
      const picked = /^[1-9]$/.test(event.key) && !typing ? candidates[Number(event.key) - 1] : undefined
      if (picked === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      onPick(picked)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [candidates, onPick])
  if (candidates.length === 0) return <p className="quiet">{w.nobody}</p>
  return (
    <ol className="candidates">
      {candidates.map((one, index) => (
        <li key={`${one.customer_id}/${one.representation_id ?? ''}`}>
          <Button takesFocus={index === 0} onPress={() => onPick(one)}>
            {index < 9 && <Caps keys={String(index + 1)} />} <strong>{one.name}</strong> <Facts of={one} />
          </Button>
        </li>
      ))}
    </ol>
  )
}

const Ringing = ({ call, onDone }: { readonly call: Pick<Waiting, 'id'>; readonly onDone: () => void }) => {
  const w = useWords(texts)
  const { take, error } = useTake()
  const found = useAsk(api.candidates, { params: { call_id: call.id } }, { because: ringReason(call.id) })
  const pick = (picked: Picked): void =>
    void take(call.id, picked.customer_id, picked.representation_id).then(onDone, () => undefined)
  return (
    <>
      <Refused error={error} />
      <Answer of={found} lines={4}>
        {({ candidates }) => (
          <>
            <p>{w.whoIs}</p>
            <Candidates candidates={candidates} onPick={pick} />
            <CustomerPick
              label={w.someoneElse}
              value={undefined}
              takesFocus={candidates.length === 0}
              onChange={(one) => one && pick({ customer_id: one.customer_id, representation_id: null })}
            />
          </>
        )}
      </Answer>
    </>
  )
}

/** `ringing`: the call that is answered; without it a number is typed. */
export const CallDialog = ({
  ringing,
  waiting,
  onClose,
}: {
  readonly ringing: Waiting | undefined
  readonly waiting: readonly Waiting[]
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const say = useSay()
  const { time } = useFormats()
  const [answered, setAnswered] = useState(ringing)
  const [number, setNumber] = useState('')
  /** A number that was typed is nobody's call once it is let go. */
  const [typed, setTyped] = useState(false)
  const announce = useChange(api.announceCall, { stale: [] })
  const end = useChange(api.endCall, { stale: [api.waitingCalls] })
  const dismiss = (): void => {
    if (answered) end.mutate({ params: { call_id: answered.id } })
    onClose()
  }
  const numberOf = (one: Waiting): string => one.number ?? w.withheld
  return (
    <Dialog
      title={answered ? w.callFrom(numberOf(answered)) : w.newCall}
      open
      onClose={typed ? dismiss : onClose}
      size="medium"
      actions={
        answered &&
        !typed && (
          <Button tone="quiet" onPress={dismiss}>
            {w.dismiss}
          </Button>
        )
      }
    >
      {answered ? (
        <Ringing key={answered.id} call={answered} onDone={onClose} />
      ) : (
        <>
          {waiting.length > 0 && (
            <ul className="candidates">
              {waiting.map((one) => (
                <li key={one.id}>
                  <Button icon="phone" onPress={() => setAnswered(one)}>
                    {numberOf(one)} {time(new Date(one.at))}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <form
            className="call-number"
            onSubmit={(event) => {
              event.preventDefault()
              announce.mutate(
                { body: { number } },
                {
                  onSuccess: (one) => {
                    setTyped(true)
                    setAnswered(one)
                  },
                },
              )
            }}
          >
            <TextField
              label={w.number}
              kind="tel"
              value={number}
              onChange={setNumber}
              maxLength={40}
              takesFocus
              fault={announce.error ? `${say(announce.error).what} ${say(announce.error).todo}` : undefined}
            />
            <Button type="submit" tone="strong" busy={announce.isPending}>
              {w.look}
            </Button>
          </form>
        </>
      )}
    </Dialog>
  )
}
