// What passes to the estate and what stays, on the day that is chosen; then all of it at once.
import { useState } from 'react'
import type { z } from 'zod'
import { events } from '../../../../chapters/contacts/events/api.ts'
import { contractsOfCustomer, contractsOfSite } from '../../../../chapters/contracts/api.ts'
import * as api from '../../../../chapters/contracts/estates/api.ts'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import { openSite, protectedSites, sitesOfCustomer } from '../../../../chapters/sites/api.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk, useChange, useFresh } from '../../../kit/ask.ts'
import { Refusal } from '../../../kit/client.ts'
import { DayField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { placeOf, streetOf } from '../../sites/address.ts'
import { useSpan } from '../../sites/Sites.tsx'
import { texts as siteTexts } from '../../sites/words.ts'
import { texts as contractTexts } from '../words.ts'
import { texts } from './words.ts'

type Passing = z.output<typeof api.toTakeOver.gives>

/** What is on screen of who has which contract and lives where. */
export const stale = [
  api.toTakeOver,
  contractsOfCustomer,
  contractsOfSite,
  sitesOfCustomer,
  protectedSites,
  openSite,
  events,
]

const idsOf = (rows: readonly { readonly id: number; readonly stays: string | null }[]): number[] =>
  rows.filter(({ stays }) => stays === null).map(({ id }) => id)

const Rows = ({ contracts, homes }: Passing) => {
  const w = useWords(texts)
  const c = useWords(contractTexts)
  const s = useWords(siteTexts)
  const language = useLanguage()
  const span = useSpan()
  return (
    <ul className="lines">
      {contracts.map((row) => (
        <li key={`contract ${row.id}`}>
          <strong>{{ fi: row.name_fi, sv: row.name_sv, en: row.name_en }[language]}</strong>
          <p className="quiet">
            {c[row.kind]} {row.number} · {c[row.role]}, {span(row.during)}
            {row.others > 0 && ` · ${w.others(row.others)}`}
          </p>
          {row.stays !== null && <p>{w[row.stays]}</p>}
        </li>
      ))}
      {homes.map((row) => (
        <li key={`home ${row.id}`}>
          <strong>{row.site === null ? w.hidden : streetOf(row.site, language)}</strong>
          <p className="quiet">
            {row.site !== null && `${placeOf(row.site, language)} · `}
            {s[row.role]}, {span(row.during)}
          </p>
          {row.stays !== null && <p>{w[row.stays]}</p>}
        </li>
      ))}
    </ul>
  )
}

/** `deceased_on` is the day that is proposed. */
export const TakeOver = ({
  customer_id,
  deceased_on,
  isProtected,
  onClose,
}: {
  readonly customer_id: CustomerId
  readonly deceased_on: string
  readonly isProtected: boolean
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const fresh = useFresh()
  const pass = useChange(api.takeOver, { stale })
  const back = useChange(api.takeBack, { stale })
  const [day, setDay] = useState<string | undefined>(deceased_on)
  const asked = { params: { customer_id }, query: { day: day ?? deceased_on } }
  const seen = useAsk(api.toTakeOver, asked, { when: day !== undefined })
  const contracts = idsOf(seen.data?.contracts ?? [])
  const homes = idsOf(seen.data?.homes ?? [])
  return (
    <FormDialog
      title={w.title}
      act={w.act}
      size="large"
      ready={day !== undefined && contracts.length + homes.length > 0}
      onClose={onClose}
      onAct={async () => {
        if (day === undefined) return
        try {
          const done = await pass.mutateAsync({ params: { customer_id }, body: { day, contracts, homes } })
          tell({
            text: w.done(done.contracts, done.homes),
            undo: () => back.mutateAsync({ params: { customer_id } }),
          })
        } catch (error) {
          // What would pass now is shown beside the reason.
          if (error instanceof Refusal && error.problem.code === 'takeover.changed') await fresh(api.toTakeOver, asked)
          throw error
        }
      }}
    >
      {(refused) => (
        <>
          <DayField
            label={w.day}
            hint={w.dayHint}
            value={day}
            onChange={setDay}
            fault={faultAt(refused, 'body.day')}
            takesFocus
            required
          />
          <Answer of={seen}>
            {(rows) => (
              <>
                {rows.estate !== null && <p>{w.lead(rows.estate.name)}</p>}
                <Rows {...rows} />
                {rows.contracts.length + rows.homes.length === 0 ? (
                  <p>{w.nothing}</p>
                ) : (
                  contracts.length + homes.length === 0 && <p>{w.none}</p>
                )}
              </>
            )}
          </Answer>
          <p className="quiet">{w.company}</p>
          {isProtected && <p className="quiet">{w.desk}</p>}
        </>
      )}
    </FormDialog>
  )
}
