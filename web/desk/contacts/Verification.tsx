// The verification strip on the card of the one who calls: one question at a time, what they say is compared by the register and forgotten,
// and what may be told and changed at each level stands beside it.
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/contacts/verification/api.ts'
import { contractsOfCustomer, makeContract } from '../../../chapters/contracts/api.ts'
import * as customers from '../../../chapters/customers/api.ts'
import { moveIn, sitesOfCustomer } from '../../../chapters/sites/api.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { callReason } from '../../../register/reasons.ts'
import type { CallerFact } from '../../../register/verification.ts'
import { Answer } from '../../kit/Answer.tsx'
import { asking, useAsk, useChange } from '../../kit/ask.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { Caps, useCommands } from '../../kit/Keys.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useWords } from '../../kit/words.ts'
import { useMay } from '../shell/session.ts'
import { texts } from './call-words.ts'
import { texts as customerTexts } from '../customers/words.ts'
import './Call.css'

type State = z.output<typeof api.verificationState>
type Need = Pick<Endpoint, 'action' | 'caller'>

/** What each action needs is said by the action; here stands what it is called. */
const told = [
  [customers.contactDetails, 'tellContacts'],
  [customers.addresses, 'tellAddresses'],
  [sitesOfCustomer, 'tellSites'],
  [contractsOfCustomer, 'tellContracts'],
  [customers.showIdentityCode, 'tellCode'],
] as const satisfies readonly (readonly [Need, string])[]
const changed = [
  [customers.setLanguage, 'changeLanguage'],
  [customers.addContactPoint, 'changeContacts'],
  [moveIn, 'changeMoves'],
  [makeContract, 'changeContracts'],
] as const satisfies readonly (readonly [Need, string])[]

const tones: Readonly<Record<State['level'], BadgeTone>> = { 0: 'stop', 1: 'care', 2: 'well', 3: 'well' }

const May = ({ state }: { readonly state: State }) => {
  const w = useWords(texts)
  const may = useMay()
  const scope = state.acting?.scope
  const within = (need: Need): boolean =>
    scope === undefined ||
    need.caller === undefined ||
    scope.includes('everything') ||
    scope.includes(need.caller.scope)
  const named = (list: typeof told | typeof changed, open: boolean): string =>
    list
      .filter(([need]) => may(need) && within(need) && (need.caller?.level ?? 0) <= state.level === open)
      .map(([, name]) => w[name])
      .join(', ')
  const lines = [
    [w.mayTell, named(told, true) || w.general],
    [w.mayChange, named(changed, true) || w.none],
    ...(named(told, false) === '' ? [] : [[w.notYet(2), named(told, false)] as const]),
  ] as const
  return (
    <dl className="caller-may">
      {lines.map(([name, what]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}

const Question = ({
  asked,
  others,
  busy,
  fault,
  onSay,
  onOther,
}: {
  readonly asked: CallerFact
  readonly others: readonly CallerFact[]
  readonly busy: boolean
  readonly fault: string | undefined
  readonly onSay: (said: string) => void
  readonly onOther: (fact: CallerFact) => void
}) => {
  const w = useWords(texts)
  const [said, setSaid] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (said.trim() === '' || busy) return
    setSaid('')
    onSay(said.trim())
  }
  return (
    <form className="caller-question" onSubmit={submit}>
      <TextField label={w[asked]} value={said} onChange={setSaid} maxLength={120} fault={fault} />
      <Button type="submit" tone="strong" busy={busy}>
        {w.compare}
      </Button>
      {others.length > 0 && (
        <SelectField
          label={w.other}
          value={undefined}
          options={others.map((id) => ({ id, label: w[id] }))}
          onChange={(id) => {
            const other = others.find((each) => each === id)
            if (other) onOther(other)
          }}
        />
      )}
    </form>
  )
}

const Strip = ({ state }: { readonly state: State }) => {
  const w = useWords(texts)
  const c = useWords(customerTexts)
  const say = useSay()
  const client = useQueryClient()
  const place = useRef<HTMLElement>(null)
  const [wanted, setWanted] = useState<CallerFact>()
  const params = { contact_id: state.contact_id }
  const answer = useChange(api.answerQuestion, { stale: [] })
  const act = useChange(api.actFor, { stale: [] })
  const asked = state.ask.find((fact) => fact === wanted) ?? state.ask[0]
  const known = (next: State): void => {
    client.setQueryData(asking(api.verification, { params }).queryKey, next)
    // At another level other parts of the card are open: what was asked for the sake of this call is asked again.
    const because = callReason(state.contact_id)
    if (next.level !== state.level || next.acting?.id !== state.acting?.id)
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] === because })
  }
  useCommands([
    {
      id: 'call.verify',
      label: w.verification,
      group: w.call,
      icon: 'shield',
      keys: 'V',
      run: () => place.current?.querySelector('input')?.focus(),
    },
  ])
  const kindOf = (kind: string): string => {
    const named: Readonly<Record<string, unknown>> = c
    return typeof named[kind] === 'string' ? named[kind] : kind
  }
  const scopeOf = (scope: readonly string[]): string => {
    const named: Readonly<Record<string, unknown>> = w
    return scope.map((each) => (typeof named[each] === 'string' ? named[each] : each)).join(', ')
  }
  return (
    <section className="caller" aria-label={w.verification} ref={place}>
      <div className="caller-level">
        <Badge tone={tones[state.level]} icon="shield">
          {w.level(state.level)}
        </Badge>
        <output>{w[`level${state.level}`]}</output>
        {state.passed.map((fact) => (
          <Badge key={fact} tone="well" icon="check">{`${w[fact]}: ${w.right}`}</Badge>
        ))}
        {state.failed.map((fact) => (
          <Badge key={fact} tone="stop" icon="close">{`${w[fact]}: ${w.wrong}`}</Badge>
        ))}
        <Caps keys="V" />
      </div>
      <div className="caller-asks">
        {state.level < 2 && asked !== undefined && (
          <Question
            asked={asked}
            others={state.ask.filter((fact) => fact !== asked)}
            busy={answer.isPending}
            fault={answer.error ? say(answer.error).what : undefined}
            onOther={setWanted}
            onSay={(said) => answer.mutate({ params, body: { fact: asked, said } }, { onSuccess: known })}
          />
        )}
        {state.level < 2 && asked === undefined && <p className="quiet">{w.nothingLeft}</p>}
        {state.representatives.length > 0 && (
          <SelectField
            label={w.speaks}
            value={state.acting === null ? 'self' : String(state.acting.id)}
            options={[
              { id: 'self', label: w.self },
              ...state.representatives.map((one) => ({
                id: String(one.id),
                label: `${one.name} (${kindOf(one.kind)})`,
                hint: w.scope(scopeOf(one.scope)),
              })),
            ]}
            onChange={(id) =>
              act.mutate(
                { params, body: { representation_id: id === 'self' ? null : Number(id) } },
                { onSuccess: known },
              )
            }
          />
        )}
      </div>
      <May state={state} />
    </section>
  )
}

/** Stands on the card whose call is in hand. */
export const Verification = ({ contact_id }: { readonly contact_id: number }) => (
  <Answer of={useAsk(api.verification, { params: { contact_id } }, { because: null })} lines={2}>
    {(state) => <Strip state={state} />}
  </Answer>
)
