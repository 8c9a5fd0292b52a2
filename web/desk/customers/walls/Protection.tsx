// What an order of protection closes: opened for a reason, one person at a time, changed behind the wall, prolonged, and lifted.
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../../chapters/customers/api.ts'
import { waitingLocks } from '../../../../chapters/customers/locks/api.ts'
import { protectedSites, sitesOfCustomer } from '../../../../chapters/sites/api.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { BecauseContext, useAsk, useChange, useFresh } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Panel } from '../../../kit/Panel.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { ProtectedSites } from '../../sites/ProtectedSites.tsx'
import { AddressList } from '../addresses/Addresses.tsx'
import { ContactPoints } from '../ContactDetails.tsx'
import { texts as lockTexts } from '../locks/words.ts'
import { Reason } from '../Strict.tsx'
import { texts } from './words.ts'

type Given = { readonly customer_id: api.CustomerId; readonly onClose: () => void }
const stale = [api.openCustomer, api.openProtected, api.addresses, api.contactDetails, sitesOfCustomer, waitingLocks]

export const Protect = ({
  customer_id,
  as = 'protect',
  onClose,
}: Given & { readonly as?: 'protect' | 'prolong' | 'confirm' }) => {
  const w = useWords(texts)
  const { confirm } = useWords(lockTexts)
  const act = { protect: w.protect, prolong: w.prolong, confirm }[as]
  const tell = useToast()
  const faultAt = useFaults()
  const protect = useChange(api.protect, { stale })
  const [granted_by, setGrantedBy] = useState<(typeof api.protectionSources)[number]>('customer')
  const [basis, setBasis] = useState('')
  const [to, setTo] = useState<string>()
  const [review_on, setReview] = useState<string>()
  return (
    <FormDialog
      title={act}
      act={act}
      tone="stop"
      ready={to !== undefined || review_on !== undefined}
      onClose={onClose}
      onAct={async () => {
        await protect.mutateAsync({
          params: { customer_id },
          body: { granted_by, basis: basis.trim() || null, to: to ?? null, review_on: review_on ?? null },
        })
        tell({ text: w.protected })
      }}
    >
      {(refused) => (
        <>
          <p>{w.protectHint}</p>
          <SelectField
            label={w.grantedBy}
            value={granted_by}
            options={api.protectionSources.map((id) => ({ id, label: w[id] }))}
            onChange={(id) => setGrantedBy(api.protectionSources.find((each) => each === id) ?? 'customer')}
          />
          <TextField label={w.basis} value={basis} onChange={setBasis} maxLength={300} />
          <div className="field-row">
            <DayField label={w.to} hint={w.toHint} value={to} onChange={setTo} fault={faultAt(refused, 'body.to')} />
            <DayField
              label={w.review}
              hint={w.reviewHint}
              value={review_on}
              onChange={setReview}
              fault={faultAt(refused, 'body.review_on')}
            />
          </div>
        </>
      )}
    </FormDialog>
  )
}

const Lift = ({ customer_id, onClose }: Given) => {
  const w = useWords(texts)
  const tell = useToast()
  const lift = useChange(api.liftProtection, { stale })
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={w.lift}
      act={w.lift}
      tone="stop"
      ready={reason.trim().length > 4}
      onClose={onClose}
      onAct={async () => {
        await lift.mutateAsync({ params: { customer_id }, body: { reason: reason.trim() } })
        tell({ text: w.lifted })
      }}
    >
      {() => (
        <>
          <p>{w.liftHint}</p>
          <TextField label={w.reason} value={reason} onChange={setReason} maxLength={300} takesFocus required />
        </>
      )}
    </FormDialog>
  )
}

const Orders = ({ orders, locks }: Pick<z.output<typeof api.openProtected.gives>, 'orders' | 'locks'>) => {
  const w = useWords(texts)
  const l = useWords(lockTexts)
  const { day } = useFormats()
  return (
    <>
      <h3>{w.orders}</h3>
      <ul className="lines">
        {orders.map((order) => (
          <li key={order.id}>
            {w[order.granted_by]}, {order.during.to === null ? w.forNow : w.until(day(order.during.to))}
            {order.review_on && ` · ${w.reviewed(day(order.review_on))}`}
            {order.lifted_at && ` · ${w.liftedOn(day(new Date(order.lifted_at)), order.lifted_reason ?? '')}`}
            {order.basis && <small className="provenance">{order.basis}</small>}
          </li>
        ))}
        {locks.map((lock) => (
          <li key={`lock ${lock.id}`}>
            {w.customer}, {l[lock.outcome ?? 'open']}
            {lock.settled_at && ` ${day(new Date(lock.settled_at))}`}
            <small className="provenance">
              {day(new Date(lock.recorded_at))}: {lock.reason}
            </small>
          </li>
        ))}
      </ul>
    </>
  )
}

const Opened = ({ customer_id, because }: { readonly customer_id: api.CustomerId; readonly because: string }) => {
  const fresh = useFresh()
  const asked = { params: { customer_id } }
  const opened = useAsk(api.openProtected, asked, { because })
  return (
    <Answer of={opened}>
      {({ orders, locks, addresses, contact_details }) => (
        <>
          <AddressList
            customer_id={customer_id}
            rows={addresses}
            fresh={async () => (await fresh(api.openProtected, asked)).addresses}
          />
          <ContactPoints
            customer_id={customer_id}
            points={contact_details}
            fresh={async () => (await fresh(api.openProtected, asked)).contact_details}
          />
          <Orders orders={orders} locks={locks} />
        </>
      )}
    </Answer>
  )
}

/** Everything done below is done for the reason that the wall was opened for. */
const Behind = ({ because, children }: { readonly because: string; readonly children: ReactNode }) => (
  <BecauseContext value={because}>{children}</BecauseContext>
)

export const Protection = ({ customer_id }: { readonly customer_id: api.CustomerId }) => {
  const w = useWords(texts)
  const may = useMay()
  const l = useWords(lockTexts)
  const { day } = useFormats()
  const [open, setOpen] = useState<'prolong' | 'lift'>()
  const waiting = useAsk(waitingLocks, { query: { customer_id } }, { when: may(waitingLocks) })
  const [lock] = waiting.data ?? []
  if (!may(api.openProtected)) return null
  const close = (): void => setOpen(undefined)
  return (
    <Panel
      title={w.panel}
      actions={
        may(api.protect) && (
          <>
            <Button tone="quiet" onPress={() => setOpen('prolong')}>
              {lock === undefined ? w.prolong : l.confirm}
            </Button>
            <Button tone="quiet" onPress={() => setOpen('lift')}>
              {w.lift}
            </Button>
          </>
        )
      }
    >
      {lock !== undefined && (
        <p>
          <strong>{l.waits(day(lock.review_on))}</strong> {lock.reason}
        </p>
      )}
      <p className="quiet">{w.openHint}</p>
      <Reason act={w.open}>
        {(because) => (
          <Behind because={because}>
            <Opened customer_id={customer_id} because={because} />
            {may(protectedSites) && <ProtectedSites customer_id={customer_id} because={because} />}
          </Behind>
        )}
      </Reason>
      {open === 'prolong' && (
        <Protect customer_id={customer_id} as={lock === undefined ? 'prolong' : 'confirm'} onClose={close} />
      )}
      {open === 'lift' && <Lift customer_id={customer_id} onClose={close} />}
    </Panel>
  )
}
