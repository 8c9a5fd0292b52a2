// Who works in the register: found, invited, given roles, locked, let in anew; and why nothing opens to whom it does not.
import { useState } from 'react'
import * as api from '../../../../chapters/access/staff/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Button } from '../../../kit/Button.tsx'
import { today } from '../../../kit/days.ts'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useCommands } from '../../../kit/Keys.tsx'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { SearchBox } from '../../../kit/SearchBox.tsx'
import { useSettled } from '../../../kit/settled.ts'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { TakeOut } from '../../shell/TakeOut.tsx'
import { Invite, ToldOnce } from './Invite.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import type { Person, Told } from './staff.ts'
import { texts } from './words.ts'
import './staff.css'

type Here = At<typeof paths.staff>

export const title = (language: Language): string => texts[language].title
export const loader = ({ client }: Loading) => client.ensureQueryData(asking(api.listStaff, { query: { limit: full } }))

const inForce = ({ roles }: Person): Person['roles'] =>
  roles.filter(({ from, to }) => from <= today() && (to === null || today() < to))

const full = 100

const Users = ({ text, after }: { readonly text: string; readonly after?: number }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { day } = useFormats()
  const [more, setMore] = useState(false)
  const asked = useAsk(api.listStaff, {
    query: { limit: full, ...(text !== '' && { text }), ...(after !== undefined && { after }) },
  })
  return (
    <Answer of={asked} lines={8}>
      {({ staff, roles, next }) => (
        <>
          {staff.length === 0 && after !== undefined ? null : (
            <Table
              label={w.list}
              rows={staff}
              keyOf={({ id }) => String(id)}
              to={({ id }) => paths.staff({}, { person: String(id) })}
              empty={<EmptyState icon="customers" title={w.none} />}
              columns={[
                { id: 'name', label: w.name, cell: ({ name }) => name, by: ({ name }) => name },
                { id: 'login', label: w.login, cell: ({ login }) => login, by: ({ login }) => login },
                { id: 'unit', label: w.unit, cell: ({ unit }) => unit, by: ({ unit }) => unit },
                {
                  id: 'roles',
                  label: w.roles,
                  cell: (person) =>
                    inForce(person)
                      .map(({ role }) => roles[role]?.label[language] ?? role)
                      .join(', '),
                },
                {
                  id: 'secrecy',
                  label: w.secrecy,
                  cell: ({ secrecy_committed_on: on }) => (on === null ? w.notGiven : day(on)),
                  by: ({ secrecy_committed_on: on }) => on ?? '',
                },
                {
                  id: 'access',
                  label: w.access,
                  cell: ({ hindrances: [first] }) =>
                    first === undefined ? (
                      <Badge tone="well" icon="check">
                        {w.open}
                      </Badge>
                    ) : (
                      <Badge tone={first === 'no-commitment' ? 'note' : 'care'}>{w[first]}</Badge>
                    ),
                  by: ({ hindrances: [first] }) => first ?? '',
                },
              ]}
            />
          )}
          {next !== null &&
            (more ? (
              <Users text={text} after={next} />
            ) : (
              <Button tone="quiet" onPress={() => setMore(true)}>
                {w.more}
              </Button>
            ))}
        </>
      )}
    </Answer>
  )
}

/** As the address names them, wherever in the list they are. */
const Opened = ({
  staff_id,
  onTold,
}: {
  readonly staff_id: number
  readonly onTold: (told: Told, name: string) => void
}) => {
  const { go } = useNavigation()
  const { data } = useAsk(api.listStaff, { query: { staff_id } })
  const person = data?.staff[0]
  return person && <PersonDialog person={person} roles={data.roles} onTold={onTold} onClose={() => go(paths.staff())} />
}

export const Page = ({ query }: Here) => {
  const w = useWords(texts)
  const may = useMay()
  const { data } = useAsk(api.listStaff, { query: { limit: full } })
  const [text, setText] = useState('')
  const sought = useSettled(text.trim())
  const [inviting, setInviting] = useState(false)
  const [told, setTold] = useState<{ readonly told: Told; readonly name: string }>()
  const person = /^\d{1,15}$/.test(query['person'] ?? '') ? Number(query['person']) : undefined
  const invites = may(api.inviteStaff)
  useCommands(
    invites
      ? [{ id: 'staff.invite', label: w.invite, group: w.title, icon: 'plus', keys: 'N', run: () => setInviting(true) }]
      : [],
  )
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={
        <>
          {invites && (
            <Button tone="strong" icon="plus" onPress={() => setInviting(true)}>
              {w.invite}
            </Button>
          )}
          <TakeOut of={api.listStaff} asked={{ query: sought === '' ? {} : { text: sought } }} keys="D" />
        </>
      }
    >
      <SearchBox label={w.find} value={text} onChange={setText} />
      <Panel title={w.list} flush>
        <Users key={sought} text={sought} />
      </Panel>
      {inviting && data && (
        <Invite
          roles={data.roles}
          onTold={(given, name) => setTold({ told: given, name })}
          onClose={() => setInviting(false)}
        />
      )}
      {person !== undefined && <Opened staff_id={person} onTold={(given, name) => setTold({ told: given, name })} />}
      {told && <ToldOnce {...told} onClose={() => setTold(undefined)} />}
    </Frame>
  )
}
