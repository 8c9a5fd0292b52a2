// Inviting someone, correcting who they are, and the link that is shown this once.
import { useState } from 'react'
import { languages, type Language } from '../../../../register/vocabulary.ts'
import { Button } from '../../../kit/Button.tsx'
import { Dialog } from '../../../kit/Dialog.tsx'
import { CheckboxField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useLanguage } from '../../../kit/preferences.ts'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { paths } from '../../paths.ts'
import { firstSignInLink, type Listed, type Person, type Told, useStaffChanges } from './staff.ts'
import { texts } from './words.ts'

const names: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' }
type Details = { readonly name: string; readonly unit: string; readonly language: Language }

const DetailFields = ({
  details,
  refused,
  onChange,
}: {
  readonly details: Details
  readonly refused: unknown
  readonly onChange: (details: Details) => void
}) => {
  const w = useWords(texts)
  const faultAt = useFaults()
  return (
    <>
      <TextField
        label={w.name}
        value={details.name}
        onChange={(name) => onChange({ ...details, name })}
        fault={faultAt(refused, 'body.name')}
        maxLength={120}
        required
      />
      <TextField
        label={w.unit}
        value={details.unit}
        onChange={(unit) => onChange({ ...details, unit })}
        fault={faultAt(refused, 'body.unit')}
        maxLength={120}
        required
      />
      <SelectField
        label={w.language}
        value={details.language}
        options={languages.map((id) => ({ id, label: names[id] }))}
        onChange={(id) => {
          const language = languages.find((each) => each === id)
          if (language !== undefined) onChange({ ...details, language })
        }}
      />
    </>
  )
}

const whole = ({ name, unit }: Details): boolean => name.trim() !== '' && unit.trim() !== ''

export const Invite = ({
  roles,
  onTold,
  onClose,
}: {
  readonly roles: Listed['roles']
  readonly onTold: (told: Told, name: string) => void
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const faultAt = useFaults()
  const { invite } = useStaffChanges()
  const [login, setLogin] = useState('')
  const [details, setDetails] = useState<Details>({ name: '', unit: '', language })
  const [chosen, setChosen] = useState<readonly string[]>([])
  return (
    <FormDialog
      title={w.invite}
      act={w.inviteAct}
      ready={login.trim() !== '' && whole(details) && chosen.length > 0}
      onAct={async () => {
        const told = await invite.mutateAsync({
          body: { login: login.trim().toLowerCase(), ...details, roles: [...chosen] },
        })
        onTold(told, details.name)
      }}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <TextField
            label={w.login}
            hint={w.loginHint}
            value={login}
            onChange={setLogin}
            fault={faultAt(refused, 'body.login')}
            maxLength={60}
            takesFocus
            required
          />
          <DetailFields details={details} refused={refused} onChange={setDetails} />
          <fieldset className="staff-roles">
            <legend className="field-label">{w.pickRoles}</legend>
            {Object.entries(roles).map(([id, { label }]) => (
              <CheckboxField
                key={id}
                value={chosen.includes(id)}
                onChange={(on) => setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
              >
                {label[language]}
              </CheckboxField>
            ))}
          </fieldset>
        </>
      )}
    </FormDialog>
  )
}

export const Correct = ({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const { correct } = useStaffChanges()
  const { id, version, name, unit, language } = person
  const [details, setDetails] = useState<Details>({ name, unit, language })
  return (
    <FormDialog
      title={w.change}
      act={w.save}
      ready={whole(details)}
      onAct={() => correct.mutateAsync({ params: { staff_id: id }, body: { version, ...details } })}
      onClose={onClose}
    >
      {(refused) => <DetailFields details={details} refused={refused} onChange={setDetails} />}
    </FormDialog>
  )
}

export const ToldOnce = ({
  told,
  name,
  onClose,
}: {
  readonly told: Told
  readonly name: string
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const { day } = useFormats()
  const link = firstSignInLink(paths.signIn(), told)
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
          onPress={() => void navigator.clipboard.writeText(link).then(() => tell({ text: w.copied }))}
        >
          {w.copy}
        </Button>
      }
    >
      <p>{w.toldText(name, day(new Date(told.until)))}</p>
      <TextField label={w.link} value={link} onChange={() => undefined} lines={3} />
      <p className="quiet">{w.orPassword}</p>
      <p>
        <code>{told.login}</code> <code>{told.password}</code>
      </p>
    </Dialog>
  )
}
