// Ending a contract: from which day, and why.
import { useState } from 'react'
import type { z } from 'zod'
import { events } from '../../../chapters/contacts/events/api.ts'
import * as api from '../../../chapters/contracts/api.ts'
import { useChange } from '../../kit/ask.ts'
import { today } from '../../kit/days.ts'
import { DayField, SelectField } from '../../kit/Field.tsx'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useFaults } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { texts } from './words.ts'

const reasons = api.endReasons

export const EndContract = ({
  contract: { id, during, end_reason, version },
  name,
  onClose,
}: {
  readonly contract: Pick<z.output<typeof api.contract>, 'id' | 'during' | 'end_reason' | 'version'>
  readonly name: string
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const end = useChange(api.endContract, { stale: [api.contractsOfCustomer, api.contractsOfSite, events] })
  const [to, setTo] = useState<string | undefined>(today())
  const [reason, setReason] = useState<(typeof reasons)[number]>('moved')
  return (
    <FormDialog
      title={w.endOf(name)}
      act={w.end}
      tone="stop"
      size="small"
      ready={to !== undefined}
      onClose={onClose}
      onAct={async () => {
        if (to === undefined) return
        const params = { contract_id: id }
        const ended = await end.mutateAsync({ params, body: { to, end_reason: reason, version } })
        const was = reasons.find((each) => each === end_reason) ?? (during.to === null ? null : 'other')
        tell({
          text: w.endDone,
          undo: () => end.mutateAsync({ params, body: { to: during.to, end_reason: was, version: ended.version } }),
        })
      }}
    >
      {(refused) => (
        <>
          <DayField
            label={w.ends}
            value={to}
            onChange={setTo}
            fault={faultAt(refused, 'body.to')}
            takesFocus
            required
          />
          <SelectField
            label={w.reason}
            value={reason}
            options={reasons.map((each) => ({ id: each, label: w[each] }))}
            onChange={(chosen) => setReason(reasons.find((each) => each === chosen) ?? 'other')}
          />
        </>
      )}
    </FormDialog>
  )
}
