// Giving a program its token, and the token itself, which is shown this once.
import { useState } from 'react'
import * as api from '../../../../chapters/access/tokens/api.ts'
import type { Purpose } from '../../../../register/vocabulary.ts'
import { useChange } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { Dialog } from '../../../kit/Dialog.tsx'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useLabels } from '../log/say.ts'
import { type PickedStaff, StaffPick } from '../staff/StaffPick.tsx'
import { texts } from './words.ts'

export type Told = { readonly token: string; readonly name: string }

/** The only one there is need not be chosen. */
const chosenOf = <T extends string>(ids: readonly T[], chosen: string | undefined): T | undefined =>
  ids.find((id) => id === chosen) ?? (ids.length === 1 ? ids[0] : undefined)

export const Issue = ({ onTold, onClose }: { readonly onTold: (told: Told) => void; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const faultAt = useFaults()
  const { declaration, labelOf, companiesOf } = useLabels()
  const make = useChange(api.makeToken, { stale: [api.listTokens] })
  const [name, setName] = useState('')
  const [role, setRole] = useState<string>()
  const [wantedPurpose, setPurpose] = useState<string>()
  const [wantedHat, setHat] = useState<string>()
  const [owner, setOwner] = useState<PickedStaff>()
  const [until, setUntil] = useState<string>()
  const roles = declaration?.roles.filter(({ system, programs }) => !system || programs) ?? []
  const declared = roles.find(({ id }) => id === role)
  const purposes: readonly Purpose[] = declared?.access.map(({ purpose }) => purpose) ?? []
  const hats = Object.keys(declared?.hats ?? {})
  const purpose = chosenOf(purposes, wantedPurpose)
  const hat = chosenOf(hats, wantedHat)
  const whole =
    name.trim() !== '' &&
    role !== undefined &&
    purpose !== undefined &&
    hat !== undefined &&
    owner !== undefined &&
    until !== undefined
  return (
    <FormDialog
      title={w.issue}
      act={w.issue}
      ready={whole}
      onAct={async () => {
        if (!whole) return
        const { token } = await make.mutateAsync({
          body: { name: name.trim(), role, purpose, hat, staff_id: owner.staff_id, until },
        })
        onTold({ token, name: name.trim() })
      }}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <TextField
            label={w.name}
            hint={w.nameHint}
            value={name}
            onChange={setName}
            fault={faultAt(refused, 'body.name')}
            maxLength={120}
            takesFocus
            required
          />
          <SelectField
            label={w.role}
            value={role}
            options={roles.map(({ id, label, unit, programs }) => ({
              id,
              label: label[language],
              hint: programs ? w.programs : unit[language],
            }))}
            onChange={setRole}
            fault={faultAt(refused, 'body.role')}
            required
          />
          <SelectField
            label={w.purpose}
            value={purpose}
            options={purposes.map((id) => ({ id, label: labelOf(id) }))}
            onChange={setPurpose}
            disabled={declared === undefined}
            required
          />
          <SelectField
            label={w.company}
            value={hat}
            options={hats.map((id) => ({ id, label: companiesOf(role ?? '', id) }))}
            onChange={setHat}
            disabled={declared === undefined}
            required
          />
          <StaffPick
            label={w.owner}
            hint={declared?.programs ? w.ownerHintProgram : w.ownerHint}
            value={owner}
            onChange={setOwner}
            fault={faultAt(refused, 'body.staff_id')}
            required
          />
          <DayField
            label={w.untilLabel}
            hint={w.untilHint}
            value={until}
            onChange={setUntil}
            fault={faultAt(refused, 'body.until')}
            required
          />
        </>
      )}
    </FormDialog>
  )
}

export const ToldOnce = ({ told: { token, name }, onClose }: { readonly told: Told; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const tell = useToast()
  return (
    <Dialog
      title={w.told}
      open
      onClose={onClose}
      actions={
        <Button
          tone="strong"
          icon="copy"
          takesFocus
          onPress={() => void navigator.clipboard.writeText(token).then(() => tell({ text: w.copied }))}
        >
          {w.copy}
        </Button>
      }
    >
      <p>{w.toldText(name)}</p>
      <TextField label={w.token} value={token} onChange={() => undefined} lines={2} />
      <p className="quiet">{w.header}</p>
      <p>
        <code>Authorization: Bearer {token.slice(0, 20)}…</code>
      </p>
    </Dialog>
  )
}
