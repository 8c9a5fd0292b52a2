// The report of a printer or message service: which contracts' notices arrived, when and how.
import { useState } from 'react'
import * as api from '../../../../chapters/contracts/notices/api.ts'
import { useChange } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { useFormats } from '../../../kit/format.ts'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { texts } from './words.ts'

/** As many as the register takes at once. */
const part = 5000

export const Deliveries = ({ change_id, onClose }: { readonly change_id: number; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const { number } = useFormats()
  const tell = useToast()
  const faultAt = useFaults()
  const record = useChange(api.recordDeliveries, { stale: [api.openPriceChange, api.priceChanges, api.notices] })
  const [on_day, setDay] = useState<string | undefined>(today())
  const [how, setHow] = useState<(typeof api.proofWays)[number]>('letter')
  const [reference, setReference] = useState('')
  const [typed, setTyped] = useState('')
  const numbers = [...new Set(typed.split(/[\s,;"]+/).filter(Boolean))]
  return (
    <FormDialog
      title={w.record}
      act={w.record}
      ready={on_day !== undefined && reference.trim() !== '' && numbers.length > 0}
      onClose={onClose}
      onAct={async () => {
        if (on_day === undefined) return
        let [recorded, known, unknown] = [0, 0, 0]
        for (let i = 0; i < numbers.length; i += part) {
          const body = { on_day, how, reference: reference.trim(), numbers: numbers.slice(i, i + part) }
          const done = await record.mutateAsync({ params: { change_id }, body })
          recorded += done.recorded
          known += done.known
          unknown += done.unknown.length
        }
        tell({ text: w.recorded(number(recorded), number(known), number(unknown)) })
      }}
    >
      {(refused) => (
        <>
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
              options={api.proofWays.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setHow(api.proofWays.find((each) => each === id) ?? 'letter')}
            />
          </div>
          <TextField label={w.reference} value={reference} onChange={setReference} maxLength={300} required />
          <TextField
            label={w.numbers}
            hint={w.numbersHint}
            value={typed}
            onChange={setTyped}
            lines={6}
            maxLength={1_000_000}
            required
          />
        </>
      )}
    </FormDialog>
  )
}
