// Moving in, begun from the person or from the home, and moving out.
import { useState } from 'react'
import type { z } from 'zod'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import { events } from '../../../chapters/contacts/events/api.ts'
import * as api from '../../../chapters/sites/api.ts'
import { useChange } from '../../kit/ask.ts'
import { today } from '../../kit/days.ts'
import { DayField, SelectField } from '../../kit/Field.tsx'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useFaults } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { CustomerPick, type PickedCustomer } from '../customers/CustomerPick.tsx'
import { type PickedSite, SitePick } from './SitePick.tsx'
import { texts } from './words.ts'

/** What is on screen of who lives where. */
const stale = [api.sitesOfCustomer, api.protectedSites, api.openSite, events]

export const MoveIn = ({
  customer_id,
  site_id,
  lives_with,
  onClose,
}: {
  /** The one of the two that is known already. */
  readonly customer_id?: CustomerId
  readonly site_id?: number
  /** Who lives there, where the home is protected. */
  readonly lives_with?: CustomerId
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const move = useChange(api.moveIn, { stale })
  const [site, setSite] = useState<PickedSite>()
  const [customer, setCustomer] = useState<PickedCustomer>()
  const [role, setRole] = useState<(typeof api.occupancyRoles)[number]>('holder')
  const [from, setFrom] = useState<string | undefined>(today())
  const who = customer_id ?? customer?.customer_id
  const where = site_id ?? site?.site_id
  return (
    <FormDialog
      title={w.moveIn}
      act={w.moveInAct}
      ready={who !== undefined && where !== undefined && from !== undefined}
      onClose={onClose}
      onAct={async () => {
        if (who === undefined || where === undefined || from === undefined) return
        await move.mutateAsync({
          params: { customer_id: who },
          body: { site_id: where, role, from, lives_with: lives_with ?? null },
        })
        tell({ text: w.movedIn })
      }}
    >
      {(refused) => (
        <>
          {site_id === undefined && (
            <SitePick value={site} onChange={setSite} fault={faultAt(refused, 'body.site_id')} />
          )}
          {customer_id === undefined && (
            <CustomerPick
              label={w.customer}
              hint={w.customerHint}
              value={customer}
              onChange={setCustomer}
              takesFocus
              required
            />
          )}
          <div className="field-row">
            <SelectField
              label={w.role}
              value={role}
              options={api.occupancyRoles.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setRole(api.occupancyRoles.find((each) => each === id) ?? 'holder')}
            />
            <DayField
              label={w.firstDay}
              value={from}
              onChange={setFrom}
              fault={faultAt(refused, 'body.from')}
              required
            />
          </div>
        </>
      )}
    </FormDialog>
  )
}

export const MoveOut = ({
  stay,
  who,
  onClose,
}: {
  readonly stay: Pick<z.output<typeof api.occupancy>, 'id' | 'customer_id' | 'during' | 'version'>
  readonly who: string
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const move = useChange(api.moveOut, { stale })
  const [to, setTo] = useState<string | undefined>(today())
  return (
    <FormDialog
      title={w.moveOutOf(who)}
      act={w.moveInAct}
      size="small"
      ready={to !== undefined}
      onClose={onClose}
      onAct={async () => {
        if (to === undefined) return
        const { customer_id, id, during, version } = stay
        const params = { customer_id, occupancy_id: id }
        const gone = await move.mutateAsync({ params, body: { to, version } })
        tell({
          text: w.movedOut,
          undo: () => move.mutateAsync({ params, body: { to: during.to, version: gone.version } }),
        })
      }}
    >
      {(refused) => (
        <DayField
          label={w.lastDay}
          value={to}
          onChange={setTo}
          fault={faultAt(refused, 'body.to')}
          takesFocus
          required
        />
      )}
    </FormDialog>
  )
}
