// One's own sign-ins, wherever they were made, and what one signs in by.
import { useRef, useState } from 'react'
import type { z } from 'zod'
import * as own from '../../../../chapters/access/own/api.ts'
import * as sessions from '../../../../chapters/access/sessions/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk, useChange } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Button } from '../../../kit/Button.tsx'
import { Dialog } from '../../../kit/Dialog.tsx'
import { TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Facts, Panel } from '../../../kit/Panel.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { Table } from '../../../kit/Table.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import type { Loading } from '../../page.ts'
import { Authenticator } from '../Authenticator.tsx'
import { texts } from './words.ts'
import '../SignInPage.css'
import '../../../kit/Link.css'

export const title = (language: Language): string => texts[language].title
export const loader = ({ client }: Loading) => client.ensureQueryData(asking(sessions.listOwnSessions, {}))

const stale = { stale: [sessions.listOwnSessions, own.readOwnSignIn] }

/** Whoever finds the desk open cannot take the sign-in over. */
const CurrentPassword = ({
  value,
  onChange,
  refused,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly refused: unknown
}) => {
  const w = useWords(texts)
  const faultAt = useFaults()
  return (
    <TextField
      label={w.password}
      kind="password"
      value={value}
      onChange={onChange}
      autoComplete="current-password"
      fault={faultAt(refused, 'body.password')}
      takesFocus
      required
    />
  )
}

const ChangePassword = ({ onClose }: { readonly onClose: () => void }) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const change = useChange(own.changeOwnPassword, stale)
  const [password, setPassword] = useState('')
  const [next, setNext] = useState('')
  return (
    <FormDialog
      title={w.changePassword}
      act={w.changePassword}
      size="small"
      ready={password !== '' && next !== ''}
      onAct={async () => {
        await change.mutateAsync({ body: { password, new_password: next } })
        tell({ text: w.changed })
      }}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <CurrentPassword value={password} onChange={setPassword} refused={refused} />
          <TextField
            label={w.newPassword}
            hint={w.newPasswordHint}
            kind="password"
            value={next}
            onChange={setNext}
            autoComplete="new-password"
            fault={faultAt(refused, 'body.new_password')}
            required
          />
        </>
      )}
    </FormDialog>
  )
}

type Begun = z.output<typeof own.beginOwnAuthenticator.gives>

const ChangeAuthenticator = ({ onClose }: { readonly onClose: () => void }) => {
  const w = useWords(texts)
  const faultAt = useFaults()
  const begin = useChange(own.beginOwnAuthenticator, { stale: [] })
  const confirm = useChange(own.confirmOwnAuthenticator, stale)
  const [password, setPassword] = useState('')
  const [begun, setBegun] = useState<Begun>()
  const [code, setCode] = useState('')
  const [codes, setCodes] = useState<readonly string[]>()
  const goesOn = useRef(false)
  if (codes)
    return (
      <Dialog title={w.recovery} open onClose={onClose}>
        <p>{w.recoveryText}</p>
        <ul className="recovery-codes">
          {codes.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Dialog>
    )
  return (
    <FormDialog
      key={begun === undefined ? 'password' : 'code'}
      title={w.changeFactor}
      act={begun === undefined ? w.next : w.changeFactor}
      ready={begun === undefined ? password !== '' : code.trim() !== ''}
      onAct={async () => {
        if (begun === undefined) setBegun(await begin.mutateAsync({ body: { password } }))
        else {
          const { recovery_codes } = await confirm.mutateAsync({ body: { code: code.replaceAll(' ', '') } })
          setCodes(recovery_codes)
        }
        // Each step is a form of its own: its end is not the end of the change.
        goesOn.current = true
      }}
      onClose={() => {
        if (!goesOn.current) onClose()
        goesOn.current = false
      }}
    >
      {(refused) =>
        begun === undefined ? (
          <CurrentPassword value={password} onChange={setPassword} refused={refused} />
        ) : (
          <>
            <p>{w.addKey}</p>
            <Authenticator {...begun} />
            <TextField
              label={w.code}
              value={code}
              onChange={setCode}
              autoComplete="one-time-code"
              fault={faultAt(refused, 'body.code')}
              takesFocus
              required
            />
          </>
        )
      }
    </FormDialog>
  )
}

type Session = z.output<typeof sessions.listOwnSessions.gives>['sessions'][number]

const kinds = [/Firefox\/\d+/, /Edg\/\d+/, /Chrome\/\d+/, /Version\/\d+.*Safari/]
const systems = [/Windows/, /Android/, /iPhone|iPad/, /Mac OS X/, /Linux/]

/** `Chrome/141 · Windows`: enough to know one's own by. */
const browserOf = (agent: string | null, unknown: string): string =>
  [kinds, systems]
    .map((all) => all.map((one) => one.exec(agent ?? '')?.[0]).find((found) => found !== undefined))
    .filter((part) => part !== undefined)
    .join(' · ') || unknown

const Sessions = ({ open }: { readonly open: readonly Session[] }) => {
  const w = useWords(texts)
  const { instant } = useFormats()
  const end = useChange(sessions.endOwnSession, stale)
  const others = open.filter(({ current }) => !current)
  return (
    <Panel
      title={w.where}
      flush
      actions={
        others.length > 1 && (
          <Button onPress={() => others.forEach(({ id }) => end.mutate({ params: { session_id: id } }))}>
            {w.endOthers}
          </Button>
        )
      }
    >
      <Table
        label={w.browser}
        rows={open}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'browser',
            label: w.browser,
            cell: ({ user_agent, current }) => (
              <>
                {browserOf(user_agent, w.unknown)} {current && <Badge tone="well">{w.here}</Badge>}
              </>
            ),
          },
          { id: 'started', label: w.started, cell: ({ started_at }) => instant(new Date(started_at)) },
          { id: 'seen', label: w.seen, cell: ({ seen_at }) => instant(new Date(seen_at)) },
          { id: 'until', label: w.until, cell: ({ expires_at }) => instant(new Date(expires_at)) },
          {
            id: 'end',
            label: w.end,
            cell: ({ id, current, user_agent }) =>
              !current && (
                <Button tone="quiet" icon="sign-out" onPress={() => end.mutate({ params: { session_id: id } })}>
                  {w.end}
                  <span className="unseen">: {browserOf(user_agent, w.unknown)}</span>
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  )
}

export const Page = () => {
  const w = useWords(texts)
  const { day } = useFormats()
  const [changing, setChanging] = useState<'password' | 'authenticator'>()
  return (
    <Frame title={w.title} lead={w.lead}>
      <Answer of={useAsk(sessions.listOwnSessions, {})}>{({ sessions: open }) => <Sessions open={open} />}</Answer>
      <Panel
        title={w.how}
        actions={
          <>
            <Button icon="lock" onPress={() => setChanging('password')}>
              {w.changePassword}
            </Button>
            <Button icon="phone" onPress={() => setChanging('authenticator')}>
              {w.changeFactor}
            </Button>
          </>
        }
      >
        <Answer of={useAsk(own.readOwnSignIn, {})}>
          {({ login, secrecy_committed_on, authenticator_since, recovery_codes_left }) => (
            <Facts
              facts={[
                [w.login, login],
                [w.secrecy, secrecy_committed_on === null ? '' : day(secrecy_committed_on)],
                [w.authenticator, authenticator_since === null ? '' : day(new Date(authenticator_since))],
                [w.codes, String(recovery_codes_left)],
              ]}
            />
          )}
        </Answer>
      </Panel>
      {changing === 'password' && <ChangePassword onClose={() => setChanging(undefined)} />}
      {changing === 'authenticator' && <ChangeAuthenticator onClose={() => setChanging(undefined)} />}
    </Frame>
  )
}
