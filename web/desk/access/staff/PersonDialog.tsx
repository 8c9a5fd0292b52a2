// One user: what keeps them out, their roles and companies, and what an administrator may do. Who may only look sees no buttons.
import { useState } from 'react'
import * as api from '../../../../chapters/access/staff/api.ts'
import { Banner } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { today } from '../../../kit/days.ts'
import { Confirm, Dialog } from '../../../kit/Dialog.tsx'
import { DayField, SelectField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Facts } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useFaults, useSay } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay, useSession } from '../../shell/session.ts'
import { CompanyAccount } from './CompanyAccount.tsx'
import { Correct } from './Invite.tsx'
import { type Listed, type Person, type Told, useStaffChanges } from './staff.ts'
import { texts } from './words.ts'

type Held = Person['roles'][number]

const useDuring = (): ((held: Held) => string) => {
  const w = useWords(texts)
  const { day } = useFormats()
  return ({ from, to }) => (to === null ? w.fromDay(day(from)) : `${day(from)}–${day(to)}`)
}

const GiveRole = ({
  person,
  roles,
  onClose,
}: {
  readonly person: Person
  readonly roles: Listed['roles']
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const faultAt = useFaults()
  const { give } = useStaffChanges()
  const [role, setRole] = useState<string>()
  const [from, setFrom] = useState<string | undefined>(today())
  const [to, setTo] = useState<string>()
  return (
    <FormDialog
      title={w.addRole}
      act={w.addRole}
      ready={role !== undefined && from !== undefined}
      onAct={() =>
        give.mutateAsync({
          params: { staff_id: person.id },
          body: { version: person.version, role: role ?? '', from: from ?? '', to: to ?? null },
        })
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <SelectField
            label={w.role}
            value={role}
            options={Object.entries(roles).map(([id, { label, hats }]) => ({
              id,
              label: label[language],
              hint: hats.map(({ companies }) => companies.join(' + ')).join(' / '),
            }))}
            onChange={setRole}
            fault={faultAt(refused, 'body.role')}
            required
          />
          <DayField label={w.from} value={from} onChange={setFrom} required />
          <DayField label={w.to} hint={w.toHint} value={to} onChange={setTo} fault={faultAt(refused, 'body.to')} />
        </>
      )}
    </FormDialog>
  )
}

const EndRole = ({
  person,
  held,
  name,
  onClose,
}: {
  readonly person: Person
  readonly held: Held
  readonly name: string
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const faultAt = useFaults()
  const { endRole } = useStaffChanges()
  const [to, setTo] = useState<string | undefined>(today())
  return (
    <FormDialog
      title={`${w.endRole}: ${name}`}
      act={w.endRole}
      tone="stop"
      size="small"
      ready={to !== undefined}
      onAct={() =>
        endRole.mutateAsync({
          params: { staff_id: person.id, staff_role_id: held.id },
          body: { version: person.version, to: to ?? '' },
        })
      }
      onClose={onClose}
    >
      {(refused) => (
        <DayField label={w.to} value={to} onChange={setTo} fault={faultAt(refused, 'body.to')} takesFocus required />
      )}
    </FormDialog>
  )
}

const Roles = ({
  person,
  roles,
  mayChange,
}: {
  readonly person: Person
  readonly roles: Listed['roles']
  readonly mayChange: boolean
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const during = useDuring()
  const [giving, setGiving] = useState(false)
  const [ending, setEnding] = useState<Held>()
  const nameOf = (role: string): string => roles[role]?.label[language] ?? role
  return (
    <section>
      <div className="line-head">
        <h3>{w.roles}</h3>
        {mayChange && (
          <Button icon="plus" onPress={() => setGiving(true)}>
            {w.addRole}
          </Button>
        )}
      </div>
      <ul className="lines">
        {person.roles.map((held) => (
          <li key={held.id}>
            <div className="line-head">
              <strong>{nameOf(held.role)}</strong>
              {mayChange && (held.to === null || held.to > today()) && (
                <Button tone="quiet" onPress={() => setEnding(held)}>
                  {w.endRole}
                  <span className="unseen">: {nameOf(held.role)}</span>
                </Button>
              )}
            </div>
            <p className="quiet">
              {during(held)} · {roles[held.role]?.hats.map(({ companies }) => companies.join(' + ')).join(' / ')}
            </p>
          </li>
        ))}
      </ul>
      {giving && <GiveRole person={person} roles={roles} onClose={() => setGiving(false)} />}
      {ending && (
        <EndRole person={person} held={ending} name={nameOf(ending.role)} onClose={() => setEnding(undefined)} />
      )}
    </section>
  )
}

const Deeds = ({ person, onTold }: { readonly person: Person; readonly onTold: (told: Told) => void }) => {
  const w = useWords(texts)
  const tell = useToast()
  const say = useSay()
  const { setState, endSessions, reset } = useStaffChanges()
  const [asked, setAsked] = useState<'end' | 'reset'>()
  const params = { staff_id: person.id }
  const body = { version: person.version }
  const failed = (error: unknown): void => {
    const { what, todo } = say(error)
    tell({ text: `${what} ${todo}` })
  }
  const set = (state: 'open' | 'locked'): void =>
    setState.mutate({ params, body: { ...body, state } }, { onError: failed })
  const out = person.state === 'locked' || person.state === 'ended'
  return (
    <div className="page-actions">
      {out ? (
        <Button icon="check" onPress={() => set('open')}>
          {person.state === 'ended' ? w.reopen : w.unlock}
        </Button>
      ) : (
        <Button icon="lock" onPress={() => set('locked')}>
          {w.lock}
        </Button>
      )}
      {!out && (
        <>
          <Button
            icon="sign-out"
            onPress={() =>
              endSessions.mutate({ params }, { onSuccess: () => tell({ text: w.endSessionsDone }), onError: failed })
            }
          >
            {w.endSessions}
          </Button>
          <Button icon="undo" onPress={() => setAsked('reset')}>
            {w.reset}
          </Button>
        </>
      )}
      {person.state !== 'ended' && (
        <Button tone="stop" onPress={() => setAsked('end')}>
          {w.end}
        </Button>
      )}
      <Confirm
        title={`${w.end}: ${person.name}`}
        act={w.end}
        open={asked === 'end'}
        onAct={() => setState.mutateAsync({ params, body: { ...body, state: 'ended' } })}
        onClose={() => setAsked(undefined)}
      >
        <p>{w.endText}</p>
      </Confirm>
      <Confirm
        title={`${w.reset}: ${person.name}`}
        act={w.reset}
        open={asked === 'reset'}
        onAct={async () => onTold(await reset.mutateAsync({ params, body }))}
        onClose={() => setAsked(undefined)}
      >
        <p>{w.resetText}</p>
      </Confirm>
    </div>
  )
}

export const PersonDialog = ({
  person,
  roles,
  onTold,
  onClose,
}: {
  readonly person: Person
  readonly roles: Listed['roles']
  readonly onTold: (told: Told, name: string) => void
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const may = useMay()
  const { user } = useSession()
  const { day } = useFormats()
  const [correcting, setCorrecting] = useState(false)
  const self = user.id === String(person.id)
  const tends = may(api.setStaffState)
  const how = {
    ended: w.endedHow,
    locked: w.lockedHow,
    'no-commitment': w.commitmentHow,
    'no-role': w.roleHow,
  }
  return (
    <Dialog title={person.name} open size="large" onClose={onClose}>
      {person.hindrances.length === 0 && <Banner consequence="well" title={w.open} />}
      {person.hindrances.map((each) => (
        <Banner key={each} consequence={each === 'no-commitment' ? 'note' : 'care'} title={w[each]}>
          {how[each]}
        </Banner>
      ))}
      <Facts
        facts={[
          [w.login, person.login],
          [w.unit, person.unit],
          [w.secrecy, person.secrecy_committed_on === null ? w.notGiven : w.given(day(person.secrecy_committed_on))],
          [w.since, day(new Date(person.recorded_at))],
        ]}
      />
      {may(api.changeStaff) && (
        <div>
          <Button icon="edit" onPress={() => setCorrecting(true)}>
            {w.change}
          </Button>
        </div>
      )}
      <Roles person={person} roles={roles} mayChange={tends && !self} />
      <CompanyAccount person={person} self={self} />
      {tends &&
        (self ? (
          <p className="quiet">{w.self}</p>
        ) : (
          <Deeds person={person} onTold={(told) => onTold(told, person.name)} />
        ))}
      {correcting && <Correct person={person} onClose={() => setCorrecting(false)} />}
    </Dialog>
  )
}
