// Signing in: password, then the second factor; the first time a new password, the commitment to secrecy and an authenticator.
import { useEffect, useState } from 'react'
import * as api from '../../../chapters/access/api.ts'
import { beginSingleSignOn, finishSingleSignOn, readWays } from '../../../chapters/access/single-sign-on/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Button } from '../../kit/Button.tsx'
import { useAsk, useChange } from '../../kit/ask.ts'
import { CheckboxField, TextField } from '../../kit/Field.tsx'
import { Page as Frame } from '../../kit/Page.tsx'
import { Refused } from '../../kit/Refused.tsx'
import { useFaults } from '../../kit/refusals.ts'
import { useWords } from '../../kit/words.ts'
import type { At } from '../page.ts'
import { noticeAddress, paths } from '../paths.ts'
import { Authenticator } from './Authenticator.tsx'
import { texts } from './words.ts'
import './SignInPage.css'

type Here = At<typeof paths.signIn>

export const title = (language: Language): string => texts[language].title

/** A new document: the desk begins with the session that it now has. */
const enter = (next: string | undefined): void =>
  window.location.assign(next?.startsWith('/desk') && !next.startsWith('//') ? next : paths.start())

const FirstStep = ({ onStage }: { readonly onStage: (stage: string) => void }) => {
  const w = useWords(texts)
  const [invited] = useState(() => new URLSearchParams(window.location.hash.slice(1)))
  const [login, setLogin] = useState(invited.get('login') ?? '')
  const [password, setPassword] = useState(invited.get('password') ?? '')
  useEffect(() => {
    // A password stays neither in the address nor in the browser's history.
    if (window.location.hash !== '')
      window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  }, [])
  const signIn = useChange(api.signIn, { stale: [] })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate({ body: { login, password } }, { onSuccess: ({ stage }) => onStage(stage) })
      }}
    >
      <Refused error={signIn.error} />
      <TextField label={w.login} value={login} onChange={setLogin} autoComplete="username" takesFocus required />
      <TextField
        label={w.password}
        kind="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        required
      />
      <Button type="submit" tone="strong" busy={signIn.isPending}>
        {w.next}
      </Button>
    </form>
  )
}

/** What the browser keeps while it is away at the provider; of this tab alone, and taken out once. */
const begunKey = 'single-sign-on'
type Away = { readonly begun: string; readonly next: string | undefined }

const takeBegun = (): Away | undefined => {
  const kept = sessionStorage.getItem(begunKey)
  sessionStorage.removeItem(begunKey)
  return kept === null ? undefined : (JSON.parse(kept) as Away)
}

/** The way by the company's own provider, where there is one. */
const OtherWay = ({ next }: { readonly next: string | undefined }) => {
  const w = useWords(texts)
  const ways = useAsk(readWays, {})
  const begin = useChange(beginSingleSignOn, { stale: [] })
  if (ways.data?.single_sign_on !== true) return null
  return (
    <div className="sign-in-other">
      <Refused error={begin.error} />
      <Button
        busy={begin.isPending}
        onPress={() =>
          begin.mutate(
            {},
            {
              onSuccess: ({ url, begun }) => {
                sessionStorage.setItem(begunKey, JSON.stringify({ begun, next } satisfies Away))
                window.location.assign(url)
              },
            },
          )
        }
      >
        {w.singleSignOn}
      </Button>
    </div>
  )
}

/** Back from the provider: its answer is given to the register at once, and leaves the address. */
const Returned = ({
  answer,
  onStage,
  onFailed,
}: {
  readonly answer: string
  readonly onStage: (stage: string, next: string | undefined) => void
  readonly onFailed: (error: unknown) => void
}) => {
  const w = useWords(texts)
  const { mutate } = useChange(finishSingleSignOn, { stale: [] })
  useEffect(() => {
    window.history.replaceState(null, '', paths.signIn())
    const away = takeBegun()
    mutate(
      { body: { begun: away?.begun ?? '', answer } },
      { onSuccess: ({ stage }) => onStage(stage, away?.next), onError: onFailed },
    )
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once: the answer is used up by it
  }, [])
  return <output>{w.signingIn}</output>
}

const SecondStep = ({ onDone }: { readonly onDone: () => void }) => {
  const w = useWords(texts)
  const [code, setCode] = useState('')
  const give = useChange(api.secondFactor, { stale: [] })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        give.mutate({ body: { code: code.replaceAll(' ', '') } }, { onSuccess: onDone })
      }}
    >
      <Refused error={give.error} />
      <TextField
        label={w.code}
        hint={w.codeHint}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        takesFocus
        required
      />
      <Button type="submit" tone="strong" busy={give.isPending}>
        {w.signIn}
      </Button>
    </form>
  )
}

const FirstTime = ({ onDone }: { readonly onDone: () => void }) => {
  const w = useWords(texts)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [committed, setCommitted] = useState(false)
  const secret = useChange(api.readEnrolment, { stale: [] })
  const enrol = useChange(api.enrol, { stale: [] })
  const faultAt = useFaults()
  if (enrol.data)
    return (
      <>
        <h2>{w.recovery}</h2>
        <p>{w.recoveryText}</p>
        <ul className="recovery-codes">
          {enrol.data.recovery_codes.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <Button tone="strong" onPress={onDone} takesFocus>
          {w.toDesk}
        </Button>
      </>
    )
  if (!secret.data)
    return (
      <>
        <Refused error={secret.error} />
        <p>{w.firstText}</p>
        <Button tone="strong" onPress={() => secret.mutate({})} takesFocus>
          {w.begin}
        </Button>
      </>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (committed) enrol.mutate({ body: { password, committed, code: code.replaceAll(' ', '') } })
      }}
    >
      <TextField
        label={w.newPassword}
        hint={w.newPasswordHint}
        kind="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        fault={faultAt(enrol.error, 'body.password')}
        takesFocus
        required
      />
      <p>{w.authenticator}</p>
      <Authenticator {...secret.data} />
      <TextField
        label={w.code}
        hint={w.codeHint}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        fault={faultAt(enrol.error, 'body.code')}
        required
      />
      <h2>{w.secrecy}</h2>
      <p>{w.secrecyText}</p>
      <CheckboxField value={committed} onChange={setCommitted}>
        {w.commit}
      </CheckboxField>
      <Button type="submit" tone="strong" busy={enrol.isPending} disabled={!committed}>
        {w.signIn}
      </Button>
    </form>
  )
}

export const Page = ({ query }: Here) => {
  const w = useWords(texts)
  const [stage, setStage] = useState<string>()
  const [next, setNext] = useState(query['next'])
  const [failed, setFailed] = useState<unknown>()
  const [answer] = useState(() => (query['state'] === undefined ? undefined : window.location.search.slice(1)))
  const done = (): void => enter(next)
  const returning = answer !== undefined && stage === undefined && failed === undefined
  return (
    <main className="sign-in">
      <Frame title={w.title} lead={w.lead}>
        {returning && (
          <Returned
            answer={answer}
            onFailed={setFailed}
            onStage={(reached, to) => {
              setNext(to)
              if (reached === 'complete') enter(to)
              else setStage(reached)
            }}
          />
        )}
        <Refused error={stage === undefined ? failed : undefined} />
        {stage === undefined && !returning && (
          <>
            <FirstStep onStage={setStage} />
            <OtherWay next={next} />
          </>
        )}
        {stage === 'password' && <SecondStep onDone={done} />}
        {stage === 'enrol' && <FirstTime onDone={done} />}
        <p className="sign-in-notice">
          <a href={noticeAddress}>{w.notice}</a>
        </p>
      </Frame>
    </main>
  )
}
