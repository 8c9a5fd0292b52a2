// One offer: what it says, what was done with it and by what proof, and what can be done next.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../../chapters/contracts/offers/api.ts'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { Banner } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { Dialog } from '../../../kit/Dialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useWords } from '../../../kit/words.ts'
import { download } from '../../access/download.ts'
import { useMay } from '../../shell/session.ts'
import { type Stepping, StepDialog } from './StepDialog.tsx'
import { texts, wordOfWay } from './words.ts'
import './OfferDialog.css'

type Opened = Output<typeof api.openOffer>

const stepWords = {
  drafted: 'stepDrafted',
  sent: 'stepSent',
  accepted: 'stepAccepted',
  declined: 'stepDeclined',
  withdrawn: 'stepWithdrawn',
} as const

export const Proofs = ({ steps }: { readonly steps: readonly z.output<typeof api.step>[] }) => {
  const w = useWords(texts)
  const { day } = useFormats()
  return (
    <ul className="lines">
      {steps.map(({ id, step, on_day, how, reference }) => (
        <li key={id}>
          {w[stepWords[step as keyof typeof stepWords]]} {day(on_day)} · {w[wordOfWay(how)]}
          {reference !== null && (
            <>
              {' · '}
              <span data-written>{reference}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A box that scrolls takes the focus, so that keys can scroll it. */
const scrolled = (label: string) => ({ role: 'region', 'aria-label': label, tabIndex: 0 })

const Body = ({ offer }: { readonly offer: Opened }) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const { start } = offer
  return (
    <>
      {start?.code && (
        <Banner consequence="care" title={w.cannotStart}>
          {start.earliest === null ? w.noEarliest : w.earliest(day(start.earliest))}
        </Banner>
      )}
      {start?.replaces && <p>{w.replaces(start.replaces)}</p>}
      {offer.state === 'drafted' && <p>{w.notSent}</p>}
      <h3>{w.document}</h3>
      <pre className="offer-text" lang={offer.language} {...scrolled(w.document)}>
        {offer.document}
      </pre>
      <p className="quiet">
        {w.hash}: <code>{offer.document_hash.slice(0, 16)}…</code>
      </p>
      <h3>{w.proof}</h3>
      <Proofs steps={offer.steps} />
    </>
  )
}

export const OfferDialog = ({
  customer_id,
  offer_id,
  onClose,
}: {
  readonly customer_id: CustomerId
  readonly offer_id: number
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const may = useMay()
  const asked = useAsk(api.openOffer, { params: { customer_id, offer_id } })
  const [stepping, setStepping] = useState<Stepping>()
  const offer = asked.data
  const can = offer !== undefined && may(api.acceptOffer)
  if (offer !== undefined && stepping !== undefined)
    return <StepDialog offer={offer} step={stepping} onClose={() => setStepping(undefined)} />
  return (
    <Dialog
      title={offer === undefined ? w.offers : `${w.offers}: ${offer.number}`}
      open
      onClose={onClose}
      size="large"
      actions={
        offer && (
          <>
            <Button
              icon="download"
              onPress={() => download(`${offer.number}.txt`, 'text/plain;charset=utf-8', offer.document)}
            >
              {w.download}
            </Button>
            {can && (offer.state === 'drafted' || offer.state === 'sent') && (
              <Button onPress={() => setStepping('withdrawn')}>{w.takeBack}</Button>
            )}
            {can && offer.state === 'sent' && <Button onPress={() => setStepping('declined')}>{w.decline}</Button>}
            {can && offer.state === 'drafted' && (
              <Button tone="strong" onPress={() => setStepping('sent')}>
                {w.send}
              </Button>
            )}
            {can && offer.state === 'sent' && (
              <Button tone="strong" onPress={() => setStepping('accepted')}>
                {w.accept}
              </Button>
            )}
          </>
        )
      }
    >
      <Answer of={asked}>{(opened) => <Body offer={opened} />}</Answer>
    </Dialog>
  )
}
