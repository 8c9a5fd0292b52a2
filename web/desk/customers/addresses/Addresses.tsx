// The postal addresses of a party: those of today changed where they stand, the earlier ones folded away.
import { useState } from 'react'
import * as api from '../../../../chapters/customers/addresses/api.ts'
import * as card from '../../../../chapters/customers/api.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk, useChange, useFresh } from '../../../kit/ask.ts'
import { Button, IconButton } from '../../../kit/Button.tsx'
import { Earlier } from '../../../kit/Earlier.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Panel } from '../../../kit/Panel.tsx'
import { useDeed } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { Provenance } from '../Since.tsx'
import { AddAddress, type Address, ChangeAddress, wholeAddress } from './AddressDialog.tsx'
import { texts } from './words.ts'

export const AddressList = ({
  customer_id,
  rows,
  fresh,
}: {
  readonly customer_id: card.CustomerId
  readonly rows: readonly Address[]
  readonly fresh: () => Promise<readonly Address[]>
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const may = useMay()
  const done = useDeed()
  const [open, setOpen] = useState<Address>()
  const end = useChange(api.endAddress, { stale: [card.addresses, card.openProtected] })
  const reopen = useChange(api.reopenAddress, { stale: [card.addresses, card.openProtected] })
  const finish = ({ id, version }: Address): Promise<void> => {
    const params = { customer_id, address_id: id }
    return done(
      () => end.mutateAsync({ params, query: { version } }),
      w.ended,
      (ended) => reopen.mutateAsync({ params, body: { version: ended.version } }),
    )
  }
  const now = rows.filter(({ during }) => during.to === null)
  // What was changed and changed back is no earlier address.
  const before = rows.filter(
    (row) =>
      row.during.to !== null && !now.some((each) => each.kind === row.kind && wholeAddress(each) === wholeAddress(row)),
  )
  return (
    <>
      <dl className="facts">
        {now.map((row) => (
          <div key={row.id}>
            <dt>{w[row.kind]}</dt>
            <dd>
              <span className="inline-edit">
                {wholeAddress(row)}
                {may(api.changeAddress) && (
                  <IconButton label={w.edit(w[row.kind])} icon="edit" onPress={() => setOpen(row)} />
                )}
                {may(api.endAddress) && row.kind !== 'home' && (
                  <IconButton label={w.end(w[row.kind])} icon="close" onPress={() => void finish(row)} />
                )}
              </span>
              <Provenance {...row} />
            </dd>
          </div>
        ))}
      </dl>
      <Earlier rows={before}>
        {(row) => (
          <li key={row.id}>
            {w[row.kind]}: {wholeAddress(row)} · {w.until(day(row.during.to ?? ''))} <Provenance {...row} />
          </li>
        )}
      </Earlier>
      {open && (
        <ChangeAddress customer_id={customer_id} address={open} fresh={fresh} onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}

export const Addresses = ({
  customer_id,
  isProtected,
}: {
  readonly customer_id: card.CustomerId
  readonly isProtected: boolean
}) => {
  const w = useWords(texts)
  const may = useMay()
  const fresh = useFresh()
  const [adding, setAdding] = useState(false)
  const asked = { params: { customer_id } }
  const addresses = useAsk(card.addresses, asked)
  const rows = addresses.data ?? []
  return (
    <Panel
      title={w.addresses}
      actions={
        may(api.addAddress) && (
          <Button tone="quiet" onPress={() => setAdding(true)}>
            {w.add}
          </Button>
        )
      }
    >
      {isProtected && <p className="quiet">{w.hidden}</p>}
      <Answer of={addresses}>
        {(all) =>
          all.length === 0 && !isProtected ? (
            <p className="quiet">{w.nothing}</p>
          ) : (
            <AddressList customer_id={customer_id} rows={all} fresh={() => fresh(card.addresses, asked)} />
          )
        }
      </Answer>
      {adding && (
        <AddAddress
          customer_id={customer_id}
          // Of a protected person the contact address alone is told to all.
          taken={
            isProtected
              ? ['home', 'mailing', 'invoicing']
              : rows.filter(({ during }) => during.to === null).map(({ kind }) => kind)
          }
          onClose={() => setAdding(false)}
        />
      )}
    </Panel>
  )
}
