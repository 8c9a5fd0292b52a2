// A death recorded, and taken back when it was a mistake.
import { useState } from 'react'
import { toTakeOver } from '../../../../chapters/contracts/estates/api.ts'
import * as card from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/death/api.ts'
import { actsFor, representations } from '../../../../chapters/customers/representations/api.ts'
import { useChange, useFresh } from '../../../kit/ask.ts'
import { CheckboxField, DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { stale as takenOver } from '../../contracts/estates/TakeOver.tsx'
import { texts } from './words.ts'

const stale = [card.openCustomer, api.deathOf, representations, actsFor, ...takenOver]
type Source = (typeof api.deathSources)[number]

export const RecordDeath = ({
  customer_id,
  onEstate,
  onClose,
}: {
  readonly customer_id: card.CustomerId
  /** There is an estate, and something that it may take over. */
  readonly onEstate: (deceased_on: string) => void
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const may = useMay()
  const fresh = useFresh()
  const record = useChange(api.recordDeath, { stale })
  const reverse = useChange(api.reverseDeath, { stale })
  const [on, setOn] = useState<string>()
  const [toldBy, setToldBy] = useState<Source>('relative')
  const [basis, setBasis] = useState('')
  const [estate, setEstate] = useState(true)
  return (
    <FormDialog
      title={w.record}
      act={w.record}
      tone="stop"
      ready={on !== undefined}
      onClose={onClose}
      onAct={async () => {
        if (on === undefined) return
        const done = await record.mutateAsync({
          params: { customer_id },
          body: { deceased_on: on, told_by: toldBy, basis: basis.trim() || null, estate },
        })
        tell({
          text: w.recorded,
          undo: () => reverse.mutateAsync({ params: { customer_id }, body: { reason: w.reverse } }),
        })
        if (done.estate === null || !may(toTakeOver)) return
        const { contracts, homes } = await fresh(toTakeOver, { params: { customer_id }, query: {} })
        if (contracts.length + homes.length > 0) onEstate(on)
      }}
    >
      {(refused) => (
        <>
          <p>{w.recordHint}</p>
          <div className="field-row">
            <DayField
              label={w.on}
              value={on}
              onChange={setOn}
              fault={faultAt(refused, 'body.deceased_on')}
              takesFocus
              required
            />
            <SelectField
              label={w.toldBy}
              value={toldBy}
              options={api.deathSources.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setToldBy(api.deathSources.find((each) => each === id) ?? 'other')}
            />
          </div>
          <TextField label={w.basis} hint={w.basisHint} value={basis} onChange={setBasis} maxLength={300} />
          <CheckboxField value={estate} onChange={setEstate}>
            {w.makeEstate}
          </CheckboxField>
        </>
      )}
    </FormDialog>
  )
}

export const ReverseDeath = ({
  customer_id,
  onClose,
}: {
  readonly customer_id: card.CustomerId
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const reverse = useChange(api.reverseDeath, { stale })
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={w.reverse}
      act={w.reverse}
      ready={reason.trim().length > 4}
      onClose={onClose}
      onAct={async () => {
        await reverse.mutateAsync({ params: { customer_id }, body: { reason: reason.trim() } })
        tell({ text: w.reversed })
      }}
    >
      {() => (
        <>
          <p>{w.reverseHint}</p>
          <TextField label={w.reason} value={reason} onChange={setReason} maxLength={300} takesFocus required />
        </>
      )}
    </FormDialog>
  )
}
