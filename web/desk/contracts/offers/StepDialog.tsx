// A step of an offer: on which day, how, and where the proof lies.
import { useState } from 'react'
import { events } from '../../../../chapters/contacts/events/api.ts'
import * as contracts from '../../../../chapters/contracts/api.ts'
import * as api from '../../../../chapters/contracts/offers/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import { useChange } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { CheckboxField, DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { texts, wordOfWay } from './words.ts'

type Way = (typeof api.ways)[number]
export type Stepping = 'sent' | 'accepted' | 'declined' | 'withdrawn'

const ofStep = {
  sent: { title: 'send', done: 'doneSent' },
  accepted: { title: 'accept', done: 'doneAccepted' },
  declined: { title: 'decline', done: 'doneDeclined' },
  withdrawn: { title: 'takeBack', done: 'doneWithdrawn' },
} as const

const durable: readonly Way[] = ['email', 'letter', 'sms', 'portal', 'signed']
const spoken: readonly Way[] = [...durable, 'call', 'visit']

export const StepDialog = ({
  offer,
  step,
  onClose,
}: {
  readonly offer: Output<typeof api.openOffer>
  readonly step: Stepping
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const stale = [api.offersOfCustomer, api.openOffer]
  const send = useChange(api.sendOffer, { stale })
  const accept = useChange(api.acceptOffer, {
    stale: [...stale, contracts.contractsOfCustomer, contracts.contractsOfSite, events],
  })
  const close = useChange(api.closeOffer, { stale })
  const ways = step === 'sent' || (step === 'accepted' && offer.in_writing) ? durable : spoken
  const [on_day, setDay] = useState<string | undefined>(today())
  const [how, setHow] = useState<Way>('email')
  const [reference, setReference] = useState('')
  const [starts_on, setStart] = useState<string | undefined>(offer.start?.earliest ?? offer.starts_on)
  const [early_delivery, setEarly] = useState(false)
  const { title, done } = ofStep[step]
  return (
    <FormDialog
      title={`${w[title]}: ${offer.number}`}
      act={w[title]}
      tone={step === 'declined' || step === 'withdrawn' ? 'stop' : 'strong'}
      ready={on_day !== undefined && (step !== 'accepted' || starts_on !== undefined)}
      onClose={onClose}
      onAct={async () => {
        if (on_day === undefined) return
        const params = { customer_id: offer.customer_id, offer_id: offer.id }
        const kept = { version: offer.version, on_day, how, reference: reference.trim() }
        if (step === 'sent') await send.mutateAsync({ params, body: kept })
        else if (step === 'accepted')
          await accept.mutateAsync({ params, body: { ...kept, starts_on: starts_on ?? null, early_delivery } })
        else await close.mutateAsync({ params, body: { ...kept, outcome: step } })
        tell({ text: w[done] })
      }}
    >
      {(refused) => (
        <>
          {step === 'sent' && <p>{w.notSent}</p>}
          {step === 'accepted' && offer.in_writing && <p>{w.writingOnly}.</p>}
          <div className="field-row">
            <DayField
              label={w.onDay}
              value={on_day}
              onChange={setDay}
              fault={faultAt(refused, 'body.on_day')}
              takesFocus
              required
            />
            <SelectField
              label={w.how}
              value={how}
              options={ways.map((id) => ({ id, label: w[wordOfWay(id)] }))}
              onChange={(id) => setHow(ways.find((each) => each === id) ?? 'email')}
              fault={faultAt(refused, 'body.how')}
            />
          </div>
          <TextField
            label={w.reference}
            hint={w.referenceHint}
            value={reference}
            onChange={setReference}
            maxLength={300}
          />
          {step === 'accepted' && (
            <>
              <DayField
                label={w.firstDay}
                value={starts_on}
                onChange={setStart}
                fault={faultAt(refused, 'body.starts_on')}
                required
              />
              {offer.withdrawable && (
                <>
                  <CheckboxField value={early_delivery} onChange={setEarly}>
                    {w.early}
                  </CheckboxField>
                  {faultAt(refused, 'body.early_delivery') !== undefined && (
                    <p className="field-fault">{faultAt(refused, 'body.early_delivery')}</p>
                  )}
                </>
              )}
            </>
          )}
        </>
      )}
    </FormDialog>
  )
}
