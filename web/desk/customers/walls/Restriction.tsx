// A restriction of processing, set and lifted by those who serve the rights of people.
import { useState } from 'react'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/restriction/api.ts'
import { useChange } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { texts } from './words.ts'

type Given = { readonly customer_id: CustomerId; readonly onClose: () => void }
const stale = [api.restrictions]

export const Restrict = ({ customer_id, onClose }: Given) => {
  const w = useWords(texts)
  const tell = useToast()
  const restrict = useChange(api.restrict, { stale })
  const [ground, setGround] = useState<(typeof api.restrictionGrounds)[number]>('accuracy')
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={w.restrict}
      act={w.restrict}
      tone="stop"
      ready={reason.trim().length > 4}
      onClose={onClose}
      onAct={async () => {
        await restrict.mutateAsync({ params: { customer_id }, body: { ground, reason: reason.trim() } })
        tell({ text: w.restricted })
      }}
    >
      {() => (
        <>
          <p>{w.restrictHint}</p>
          <SelectField
            label={w.ground}
            value={ground}
            options={api.restrictionGrounds.map((id) => ({ id, label: w[id] }))}
            onChange={(id) => setGround(api.restrictionGrounds.find((each) => each === id) ?? 'accuracy')}
          />
          <TextField label={w.reason} value={reason} onChange={setReason} maxLength={500} takesFocus required />
        </>
      )}
    </FormDialog>
  )
}

export const LiftRestriction = ({ customer_id, onClose }: Given) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const lift = useChange(api.liftRestriction, { stale })
  const [told_on, setTold] = useState<string | undefined>(today())
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={w.unrestrict}
      act={w.unrestrict}
      ready={reason.trim().length > 4 && told_on !== undefined}
      onClose={onClose}
      onAct={async () => {
        if (told_on === undefined) return
        await lift.mutateAsync({ params: { customer_id }, body: { told_on, reason: reason.trim() } })
        tell({ text: w.unrestricted })
      }}
    >
      {(refused) => (
        <>
          <p>{w.unrestrictHint}</p>
          <DayField
            label={w.told}
            value={told_on}
            onChange={setTold}
            fault={faultAt(refused, 'body.told_on')}
            required
          />
          <TextField label={w.reason} value={reason} onChange={setReason} maxLength={500} takesFocus required />
        </>
      )}
    </FormDialog>
  )
}
