// Ending a contract: why, and from which day. What the customer withdraws from, or gives notice of, goes by its period and keeps its proof.
import { useState } from 'react'
import type { z } from 'zod'
import { events } from '../../../chapters/contacts/events/api.ts'
import * as api from '../../../chapters/contracts/api.ts'
import * as endings from '../../../chapters/contracts/endings/api.ts'
import { useAsk, useChange } from '../../kit/ask.ts'
import { today } from '../../kit/days.ts'
import { DayField, SelectField } from '../../kit/Field.tsx'
import { useFormats } from '../../kit/format.ts'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useFaults } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { useMay } from '../shell/session.ts'
import { Proof, useProof } from './endings/Proof.tsx'
import { texts as ofEndings } from './endings/words.ts'
import { texts } from './words.ts'

/** A change of product is made by an offer. */
const reasons = api.endReasons.filter((each) => each !== 'changed-product')
type Reason = (typeof api.endReasons)[number]

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
  const e = useWords(ofEndings)
  const { day } = useFormats()
  const may = useMay()
  const tell = useToast()
  const faultAt = useFaults()
  const stale = [api.contractsOfCustomer, api.contractsOfSite, endings.waysToEnd, events]
  const end = useChange(api.endContract, { stale })
  const withdraw = useChange(endings.withdrawFromContract, { stale })
  const give = useChange(endings.giveNotice, { stale })
  const params = { contract_id: id }
  const ways = useAsk(endings.waysToEnd, { params }, { when: may(endings.waysToEnd) }).data
  const [to, setTo] = useState<string | undefined>(today())
  const [free, setFree] = useState<string>()
  const [reason, setReason] = useState<Reason>('moved')
  const [by, setBy] = useState<'customer' | 'seller'>('customer')
  const proof = useProof('call')
  const proved = reason === 'cancelled' || reason === 'terminated'
  const said = (period: string): string => {
    const [, n = '', unit] = /^P(\d+)([DM])$/.exec(period) ?? []
    return unit === 'M' ? e.months(n) : e.days(n)
  }

  const act = async (): Promise<void> => {
    const { on_day, how, reference } = proof
    if (proved) {
      if (on_day === undefined) return
      const kept = { version, on_day, how, reference: reference.trim() }
      if (reason === 'terminated') {
        await give.mutateAsync({ params, body: { ...kept, by, to: free ?? null } })
        return tell({ text: e.given })
      }
      const { goes_on, owes } = await withdraw.mutateAsync({ params, body: kept })
      return tell({ text: goes_on !== null ? e.goesOn(goes_on) : owes ? e.cancelledPays : e.cancelledFree })
    }
    if (to === undefined) return
    const ended = await end.mutateAsync({ params, body: { to, end_reason: reason, version } })
    const was = api.endReasons.find((each) => each === end_reason) ?? (during.to === null ? null : 'other')
    tell({
      text: w.endDone,
      undo: () => end.mutateAsync({ params, body: { to: during.to, end_reason: was, version: ended.version } }),
    })
  }

  return (
    <FormDialog
      title={w.endOf(name)}
      act={w.end}
      tone="stop"
      size={proved ? 'medium' : 'small'}
      ready={proved ? proof.on_day !== undefined : to !== undefined}
      onClose={onClose}
      onAct={act}
    >
      {(refused) => (
        <>
          {!proved && (
            <DayField
              label={w.ends}
              value={to}
              onChange={setTo}
              fault={faultAt(refused, 'body.to')}
              takesFocus
              required
            />
          )}
          <SelectField
            label={w.reason}
            value={reason}
            options={reasons.map((each) => ({ id: each, label: w[each] }))}
            onChange={(chosen) => setReason(reasons.find((each) => each === chosen) ?? 'other')}
          />
          {reason === 'cancelled' && ways !== undefined && (
            <p>
              {ways.withdrawal_until === null
                ? e.noCancel
                : ways.withdrawable
                  ? `${e.cancelUntil(day(ways.withdrawal_until))} ${e.never}`
                  : e.cancelOver(day(ways.withdrawal_until))}
            </p>
          )}
          {reason === 'terminated' && (
            <>
              <SelectField
                label={e.by}
                value={by}
                options={(['customer', 'seller'] as const).map((each) => ({ id: each, label: e[each] }))}
                onChange={(chosen) => setBy(chosen === 'seller' ? 'seller' : 'customer')}
              />
              {ways !== undefined && <p>{e.notice(said(ways[`${by}_notice`]), day(ways[`${by}_earliest`]))}</p>}
              <DayField
                label={w.ends}
                value={free}
                onChange={setFree}
                fault={faultAt(refused, 'body.to')}
                hint={ways === undefined ? undefined : day(ways[`${by}_earliest`])}
              />
            </>
          )}
          {proved && <Proof proof={proof} refused={refused} />}
        </>
      )}
    </FormDialog>
  )
}
