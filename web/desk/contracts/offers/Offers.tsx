// What was offered to the customer under the company whose hat is worn: what waits for an answer, and what is over.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../../chapters/contracts/offers/api.ts'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Button } from '../../../kit/Button.tsx'
import { Earlier } from '../../../kit/Earlier.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useCommands } from '../../../kit/Keys.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { useName } from '../pricing/ProductsPage.tsx'
import { NewOffer } from './NewOffer.tsx'
import { OfferDialog } from './OfferDialog.tsx'
import { texts } from './words.ts'

type Offer = z.output<typeof api.offer>

const tones = {
  drafted: 'note',
  sent: 'care',
  accepted: 'well',
  declined: 'plain',
  withdrawn: 'plain',
  lapsed: 'plain',
} as const

const Line = ({ offer, onOpen }: { readonly offer: Offer; readonly onOpen: () => void }) => {
  const w = useWords(texts)
  const { day, euros } = useFormats()
  const name = useName()
  const isOpen = offer.state === 'drafted' || offer.state === 'sent'
  return (
    <li>
      <div className="line-head">
        <strong>{name(offer)}</strong>
        <Button tone="quiet" onPress={onOpen}>
          {w.open}
        </Button>
      </div>
      <p>
        <Badge tone={tones[offer.state]}>{w[offer.state]}</Badge>{' '}
        {offer.in_writing && isOpen && <Badge tone="care">{w.writingOnly}</Badge>}
      </p>
      <p className="quiet">
        {[
          offer.number,
          w.starts(day(offer.starts_on)),
          ...(isOpen ? [w.validUntil(day(offer.valid_until))] : []),
          ...(offer.year_cost === null ? [] : [w.aYear(euros(offer.year_cost.gross))]),
        ].join(' · ')}
      </p>
    </li>
  )
}

export const Offers = ({
  customer_id,
  isProtected,
}: {
  readonly customer_id: CustomerId
  readonly isProtected: boolean
}) => {
  const w = useWords(texts)
  const may = useMay()
  const [making, setMaking] = useState(false)
  const [opening, setOpening] = useState<number>()
  // Of a protected person it is made where their home is open.
  const makes = may(api.draftOffer) && !isProtected
  useCommands(
    makes
      ? [
          {
            id: 'offer.new',
            label: w.newOffer,
            group: w.offers,
            icon: 'contracts',
            keys: 'O',
            run: () => setMaking(true),
          },
        ]
      : [],
  )
  return (
    <Panel
      title={w.offers}
      actions={
        makes && (
          <Button icon="plus" onPress={() => setMaking(true)}>
            {w.newOffer}
          </Button>
        )
      }
    >
      <Answer of={useAsk(api.offersOfCustomer, { params: { customer_id } })} lines={1}>
        {(offers) => {
          const isOpen = ({ state }: Offer) => state === 'drafted' || state === 'sent'
          const line = (offer: Offer) => <Line key={offer.id} offer={offer} onOpen={() => setOpening(offer.id)} />
          const open = offers.filter(isOpen)
          return (
            <>
              {open.length === 0 && <p className="quiet">{w.none}</p>}
              <ul className="lines">{open.map(line)}</ul>
              <Earlier rows={offers.filter((offer) => !isOpen(offer))} label={w.earlier}>
                {line}
              </Earlier>
            </>
          )
        }}
      </Answer>
      {making && (
        <NewOffer
          customer_id={customer_id}
          onClose={() => setMaking(false)}
          onMade={(id) => {
            setMaking(false)
            setOpening(id)
          }}
        />
      )}
      {opening !== undefined && (
        <OfferDialog customer_id={customer_id} offer_id={opening} onClose={() => setOpening(undefined)} />
      )}
    </Panel>
  )
}
