// What asks for a reason: declining a proposal, and parting those who were joined.
import { useState } from 'react'
import { listParted } from '../../../../chapters/contacts/parted/api.ts'
import * as api from '../../../../chapters/customers/duplicates/api.ts'
import { openCustomer } from '../../../../chapters/customers/api.ts'
import { useChange } from '../../../kit/ask.ts'
import { TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { texts } from './words.ts'

export const stale = [api.listDuplicates, api.listMerges, listParted, openCustomer]
export const leastReason = 5

const Reasoned = ({
  title,
  act,
  how,
  onAct,
  onClose,
}: {
  readonly title: string
  readonly act: string
  readonly how: string
  readonly onAct: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={title}
      act={act}
      size="small"
      ready={reason.trim().length >= leastReason}
      onAct={() => onAct(reason.trim())}
      onClose={onClose}
    >
      {() => (
        <>
          <p>{how}</p>
          <TextField
            label={w.reason}
            hint={w.reasonHow}
            lines={2}
            value={reason}
            onChange={setReason}
            maxLength={500}
            takesFocus
            required
          />
        </>
      )}
    </FormDialog>
  )
}

export const Part = ({ merge_id, onClose }: { readonly merge_id: number; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const tell = useToast()
  const part = useChange(api.undoMerge, { stale })
  return (
    <Reasoned
      title={w.part}
      act={w.part}
      how={w.partHow}
      onAct={async (reason) => {
        const { review } = await part.mutateAsync({ params: { merge_id }, body: { reason } })
        tell({ text: review === 0 ? w.parted : `${w.parted}. ${w.review(review)}` })
      }}
      onClose={onClose}
    />
  )
}

export const Decline = ({ merge_id, onClose }: { readonly merge_id: number; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const tell = useToast()
  const decline = useChange(api.declineMerge, { stale })
  return (
    <Reasoned
      title={w.declineTitle}
      act={w.decline}
      how={w.waitingHow}
      onAct={async (reason) => {
        await decline.mutateAsync({ params: { merge_id }, body: { reason } })
        tell({ text: w.declined })
      }}
      onClose={onClose}
    />
  )
}
