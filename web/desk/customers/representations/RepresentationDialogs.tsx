// Who acts for the customer: recorded, narrowed or prolonged, revoked.
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/representations/api.ts'
import { useChange, useFresh } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { CheckboxField, DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useSaving, useVersions, Versions } from '../../../kit/Versions.tsx'
import { useWords } from '../../../kit/words.ts'
import { CustomerPick, type PickedCustomer } from '../CustomerPick.tsx'
import { texts } from './words.ts'

export type Representation = z.output<typeof api.representation>
type Scope = (typeof api.scopes)[number]
const stale = [api.representations, api.actsFor]

const Scopes = ({
  value,
  onChange,
}: {
  readonly value: readonly Scope[]
  readonly onChange: (value: readonly Scope[]) => void
}) => {
  const w = useWords(texts)
  const all = value.includes('everything')
  return (
    <fieldset className="choices">
      <legend>{w.scope}</legend>
      {api.scopes.map((scope) => (
        <CheckboxField
          key={scope}
          value={value.includes(scope)}
          disabled={all && scope !== 'everything'}
          onChange={(on) => {
            if (scope === 'everything') onChange(on ? ['everything'] : [])
            else onChange(on ? [...value, scope] : value.filter((each) => each !== scope))
          }}
        >
          {w[scope]}
        </CheckboxField>
      ))}
    </fieldset>
  )
}

/** How far and how long one acts, and by what document: of a new one as of one that is changed. */
const useTerms = (row?: Representation) => {
  const [scope, setScope] = useState<readonly Scope[]>(row?.scope ?? [])
  const [to, setTo] = useState<string | undefined>(row?.during.to ?? undefined)
  const [evidence, setEvidence] = useState(row?.evidence ?? '')
  const body = { scope: [...scope], to: to ?? null, evidence: evidence.trim() || null }
  return { scope, setScope, to, setTo, evidence, setEvidence, body }
}

const Terms = ({
  terms: { scope, setScope, to, setTo, evidence, setEvidence },
  refused,
  beside,
}: {
  readonly terms: ReturnType<typeof useTerms>
  readonly refused: unknown
  /** The day before the last one. */
  readonly beside?: ReactNode
}) => {
  const w = useWords(texts)
  const faultAt = useFaults()
  return (
    <>
      <Scopes value={scope} onChange={setScope} />
      <div className="field-row">
        {beside}
        <DayField label={w.to} hint={w.toHint} value={to} onChange={setTo} fault={faultAt(refused, 'body.to')} />
      </div>
      <TextField label={w.evidence} value={evidence} onChange={setEvidence} maxLength={300} />
    </>
  )
}

export const AddRepresentation = ({
  customer_id,
  kinds,
  onClose,
}: {
  readonly customer_id: CustomerId
  readonly kinds: readonly Representation['kind'][]
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const add = useChange(api.addRepresentation, { stale })
  const revoke = useChange(api.revokeRepresentation, { stale })
  const [who, setWho] = useState<PickedCustomer>()
  const [kind, setKind] = useState<Representation['kind']>(kinds[0] ?? 'power-of-attorney')
  const [from, setFrom] = useState<string | undefined>(today())
  const terms = useTerms()
  return (
    <FormDialog
      title={w.addTitle}
      act={w.add}
      ready={who !== undefined && from !== undefined && terms.scope.length > 0}
      onClose={onClose}
      onAct={async () => {
        if (who === undefined || from === undefined) return
        const made = await add.mutateAsync({
          params: { customer_id },
          body: { representative_id: who.customer_id, kind, from, ...terms.body },
        })
        tell({
          text: w.saved,
          undo: () =>
            revoke.mutateAsync({
              params: { customer_id, representation_id: made.id },
              body: { reason: w.atOnce, version: made.version },
            }),
        })
      }}
    >
      {(refused) => (
        <>
          <CustomerPick
            label={w.who}
            hint={w.whoHint}
            value={who}
            onChange={setWho}
            fault={faultAt(refused, 'body.representative_id')}
            takesFocus
            required
          />
          <SelectField
            label={w.kind}
            value={kind}
            options={kinds.map((id) => ({ id, label: w[id] }))}
            fault={faultAt(refused, 'body.kind')}
            onChange={(id) => setKind(kinds.find((each) => each === id) ?? kind)}
          />
          <Terms
            terms={terms}
            refused={refused}
            beside={<DayField label={w.from} value={from} onChange={setFrom} required />}
          />
        </>
      )}
    </FormDialog>
  )
}

export const ChangeRepresentation = ({
  row,
  onClose,
}: {
  readonly row: Representation
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const fresh = useFresh()
  const params = { customer_id: row.represented_id }
  const change = useChange(api.changeRepresentation, { stale })
  const terms = useTerms(row)
  const { theirs, save } = useVersions<Representation>(row, 'representation.changed', async () =>
    (await fresh(api.representations, { params })).find(({ id }) => id === row.id),
  )
  const act = useSaving(w.save, theirs)
  const said = (scopes: readonly Scope[]) => scopes.map((each) => w[each]).join(', ')
  return (
    <FormDialog
      title={w.change}
      act={act}
      ready={terms.scope.length > 0}
      onClose={onClose}
      onAct={async () => {
        const made = await save(({ id, version }) =>
          change.mutateAsync({ params: { ...params, representation_id: id }, body: { ...terms.body, version } }),
        )
        const was = theirs ?? row
        tell({
          text: w.saved,
          undo: () =>
            change.mutateAsync({
              params: { ...params, representation_id: made.id },
              body: {
                scope: [...was.scope],
                to: was.during.to,
                evidence: was.evidence,
                version: made.version,
              },
            }),
        })
      }}
    >
      {(refused) => (
        <>
          {theirs && (
            <Versions
              at={theirs.recorded_at}
              fields={[
                [w.scope, said(terms.scope), said(theirs.scope)],
                [w.to, terms.to ?? '', theirs.during.to ?? ''],
                [w.evidence, terms.evidence, theirs.evidence ?? ''],
              ]}
              onTheirs={onClose}
            />
          )}
          <Terms terms={terms} refused={refused} />
        </>
      )}
    </FormDialog>
  )
}

export const RevokeRepresentation = ({
  row,
  onClose,
}: {
  readonly row: Representation
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const revoke = useChange(api.revokeRepresentation, { stale })
  const change = useChange(api.changeRepresentation, { stale })
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={w.revoke}
      act={w.revoke}
      tone="stop"
      size="small"
      ready={reason.trim().length > 2}
      onClose={onClose}
      onAct={async () => {
        const params = { customer_id: row.represented_id, representation_id: row.id }
        const ended = await revoke.mutateAsync({ params, body: { reason: reason.trim(), version: row.version } })
        const { scope, during, evidence } = row
        tell({
          text: w.revoked,
          undo: () =>
            change.mutateAsync({
              params,
              body: { scope: [...scope], to: during.to, evidence, version: ended.version },
            }),
        })
      }}
    >
      {() => <TextField label={w.reason} value={reason} onChange={setReason} maxLength={300} takesFocus required />}
    </FormDialog>
  )
}
