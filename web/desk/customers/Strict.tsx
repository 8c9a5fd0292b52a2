// Strict data: hidden until a reason is given, one person at a time, and gone from the memory with the part of the screen that showed it.
import { type ReactNode, use, useState } from 'react'
import * as api from '../../../chapters/customers/api.ts'
import { changeIdentityCode } from '../../../chapters/customers/party/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { BecauseContext, useAsk, useChange } from '../../kit/ask.ts'
import { Button } from '../../kit/Button.tsx'
import { today } from '../../kit/days.ts'
import { TextField } from '../../kit/Field.tsx'
import { useFormats } from '../../kit/format.ts'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useFaults } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { AskWhy } from '../shell/AskWhy.tsx'
import { useMay } from '../shell/session.ts'
import { sinceOf, SinceFields } from './Since.tsx'
import { texts } from './words.ts'

export const Reason = ({
  act,
  children,
}: {
  readonly act: string
  readonly children: (because: string) => ReactNode
}) => {
  const ofCard = use(BecauseContext)
  const [asking, setAsking] = useState(false)
  const [because, setBecause] = useState<string>()
  if (because !== undefined) return children(because)
  return asking ? (
    <AskWhy same={ofCard} onWhy={setBecause} />
  ) : (
    <Button icon="lock" onPress={() => setAsking(true)}>
      {act}
    </Button>
  )
}

const ChangeCode = ({
  customer_id,
  instead_of,
  onClose,
}: {
  readonly customer_id: api.CustomerId
  /** The code that was seen as today's. */
  readonly instead_of: number | null
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const change = useChange(changeIdentityCode, { stale: [api.showIdentityCode, api.openCustomer] })
  const [code, setCode] = useState('')
  const [since, setSince] = useState({ slip: true, from: today() as string | undefined })
  const from = instead_of === null ? null : sinceOf(since)
  return (
    <FormDialog
      title={w.changeCode}
      act={w.save}
      ready={code.trim().length > 9 && from !== undefined}
      onClose={onClose}
      onAct={async () => {
        if (from === undefined) return
        await change.mutateAsync({ params: { customer_id }, body: { code: code.trim(), from, instead_of } })
        tell({ text: w.saved })
      }}
    >
      {(refused) => (
        <>
          <TextField
            label={w.identityCode}
            value={code}
            onChange={setCode}
            maxLength={20}
            fault={faultAt(refused, 'body.code')}
            takesFocus
            required
          />
          {instead_of !== null && (
            <SinceFields value={since} onChange={setSince} fault={faultAt(refused, 'body.from')} />
          )}
        </>
      )}
    </FormDialog>
  )
}

const Codes = ({ customer_id, because }: { readonly customer_id: api.CustomerId; readonly because: string }) => {
  const w = useWords(texts)
  const may = useMay()
  const { day } = useFormats()
  const [changing, setChanging] = useState(false)
  const codes = useAsk(api.showIdentityCode, { params: { customer_id } }, { because })
  return (
    <BecauseContext value={because}>
      <Answer of={codes} lines={1}>
        {(rows) => (
          <>
            {rows.length === 0 && <p>{w.nothing}</p>}
            {rows.map((row) => (
              <p key={row.id}>
                {row.code}
                {row.during.to && ` · ${w.until(day(row.during.to))}`}
              </p>
            ))}
            {may(changeIdentityCode) && <Button onPress={() => setChanging(true)}>{w.changeCode}</Button>}
            {changing && (
              <ChangeCode
                customer_id={customer_id}
                instead_of={rows.find(({ during }) => during.to === null)?.id ?? null}
                onClose={() => setChanging(false)}
              />
            )}
          </>
        )}
      </Answer>
    </BecauseContext>
  )
}

export const IdentityCode = ({ customer_id }: { readonly customer_id: api.CustomerId }) => {
  const w = useWords(texts)
  const may = useMay()
  if (!may(api.showIdentityCode)) return null
  return (
    <Panel title={w.identityCode}>
      <Reason act={w.show}>{(because) => <Codes customer_id={customer_id} because={because} />}</Reason>
    </Panel>
  )
}
