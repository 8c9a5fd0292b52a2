// An address changed from a day or put right, or one added.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../../chapters/customers/addresses/api.ts'
import * as card from '../../../../chapters/customers/api.ts'
import { useChange } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useSaving, useVersions, Versions } from '../../../kit/Versions.tsx'
import { useWords } from '../../../kit/words.ts'
import { sinceOf, SinceFields } from '../Since.tsx'
import {
  type AddressDraft,
  AddressFields,
  type AddressKind,
  AddressKindField,
  addressOf,
  emptyAddress,
  isWhole,
} from './AddressFields.tsx'
import { texts } from './words.ts'

export type Address = z.output<typeof card.postalAddress>

const stale = [card.addresses, card.openProtected]

/** What the step before it knows already. */
type Proposed = {
  readonly draft: AddressDraft
  readonly from: string
  /** What has been done by now. */
  readonly lead: string
  readonly title: string
  readonly act: string
  readonly cancel: string
}

const draftOf = (address: Address): AddressDraft => ({ ...address, care_of: address.care_of ?? '' })
export const wholeAddress = ({ care_of, street, postcode, post_office, country }: Address): string =>
  `${care_of ? `c/o ${care_of}, ` : ''}${street}, ${postcode} ${post_office}${country === 'FI' ? '' : `, ${country}`}`

export const ChangeAddress = ({
  customer_id,
  address,
  proposed,
  fresh,
  onClose,
}: {
  readonly customer_id: card.CustomerId
  readonly address: Address
  readonly proposed?: Proposed
  /** What stands in the register now: of a protected person it is asked for otherwise. */
  readonly fresh: () => Promise<readonly Address[]>
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const change = useChange(api.changeAddress, { stale })
  const [draft, setDraft] = useState(proposed?.draft ?? draftOf(address))
  const [since, setSince] = useState({ slip: false, from: (proposed?.from ?? today()) as string | undefined })
  const { theirs, save } = useVersions(address, 'address.changed', async () =>
    (await fresh()).find(({ kind, during }) => kind === address.kind && during.to === null),
  )
  const act = useSaving(proposed?.act ?? w.save, theirs)
  const from = sinceOf(since)
  return (
    <FormDialog
      title={proposed?.title ?? w.change}
      act={act}
      cancel={proposed?.cancel}
      ready={from !== undefined && isWhole(draft)}
      onClose={onClose}
      onAct={async () => {
        if (from === undefined) return
        const made = await save(({ id, version }) =>
          change.mutateAsync({
            params: { customer_id, address_id: id },
            body: { ...addressOf(draft), from, version },
          }),
        )
        const was = addressOf(draftOf(theirs ?? address))
        tell({
          text: w.saved,
          undo: () =>
            change.mutateAsync({
              params: { customer_id, address_id: made.id },
              body: { ...was, from: null, version: made.version },
            }),
        })
      }}
    >
      {(refused) => (
        <>
          {proposed && <p>{proposed.lead}</p>}
          {theirs && (
            <Versions
              at={theirs.recorded_at}
              fields={[
                [w.street, draft.street, theirs.street],
                [w.postcode, draft.postcode, theirs.postcode],
                [w.careOf, draft.care_of, theirs.care_of ?? ''],
                [w.country, draft.country, theirs.country],
              ]}
              onTheirs={onClose}
            />
          )}
          <AddressFields
            value={draft}
            onChange={setDraft}
            faultAt={(part) => faultAt(refused, `body.${part}`)}
            takesFocus
          />
          <SinceFields value={since} onChange={setSince} fault={faultAt(refused, 'body.from')} />
        </>
      )}
    </FormDialog>
  )
}

export const AddAddress = ({
  customer_id,
  taken,
  proposed,
  onClose,
}: {
  readonly customer_id: card.CustomerId
  /** There is one of each kind at a time. */
  readonly taken: readonly AddressKind[]
  readonly proposed?: Proposed
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const add = useChange(api.addAddress, { stale })
  const end = useChange(api.endAddress, { stale })
  const kinds = api.addressKinds.filter((kind) => !taken.includes(kind))
  const [kind, setKind] = useState<AddressKind>(kinds[0] ?? 'mailing')
  const [draft, setDraft] = useState(proposed?.draft ?? emptyAddress)
  return (
    <FormDialog
      title={proposed?.title ?? w.add}
      act={proposed?.act ?? w.add}
      cancel={proposed?.cancel}
      ready={isWhole(draft)}
      onClose={onClose}
      onAct={async () => {
        const made = await add.mutateAsync({
          params: { customer_id },
          body: { ...addressOf(draft), kind, from: proposed?.from ?? null },
        })
        tell({
          text: w.saved,
          undo: () =>
            end.mutateAsync({ params: { customer_id, address_id: made.id }, query: { version: made.version } }),
        })
      }}
    >
      {(refused) => (
        <>
          {proposed && <p>{proposed.lead}</p>}
          <AddressKindField value={kind} kinds={kinds} onChange={setKind} />
          <AddressFields
            value={draft}
            onChange={setDraft}
            faultAt={(part) => faultAt(refused, `body.${part}`)}
            takesFocus
          />
        </>
      )}
    </FormDialog>
  )
}
