// A lock raised by whoever hears of an order of protection: a reason, and it is closed.
import { useState } from 'react'
import * as card from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/locks/api.ts'
import { sitesOfCustomer } from '../../../../chapters/sites/api.ts'
import { useChange } from '../../../kit/ask.ts'
import { TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { texts } from './words.ts'

const stale = [card.openCustomer, card.addresses, card.contactDetails, sitesOfCustomer]

export const Lock = ({
  customer_id,
  onClose,
}: {
  readonly customer_id: card.CustomerId
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const raise = useChange(api.raiseLock, { stale })
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={w.raise}
      act={w.act}
      tone="stop"
      ready={reason.trim().length > 4}
      onClose={onClose}
      onAct={async () => {
        await raise.mutateAsync({ params: { customer_id }, body: { reason: reason.trim() } })
        // Nothing to take back: only the identity desk opens what was closed.
        tell({ text: w.raised })
      }}
    >
      {(refused) => (
        <>
          <p>{w.hint}</p>
          <TextField
            label={w.reason}
            hint={w.reasonHint}
            value={reason}
            onChange={setReason}
            maxLength={300}
            fault={faultAt(refused, 'body.reason')}
            takesFocus
            required
          />
        </>
      )}
    </FormDialog>
  )
}
