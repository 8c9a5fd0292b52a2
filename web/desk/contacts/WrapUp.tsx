// The wrap-up bar under the desk while a call is in hand: a key for each topic, the outcome, the promise, the note. It never blocks: the next
// call keeps what is written here and goes on.
import { useEffect, useRef, useState } from 'react'
import * as contacts from '../../../chapters/contacts/api.ts'
import { events } from '../../../chapters/contacts/events/api.ts'
import * as api from '../../../chapters/contacts/calls/api.ts'
import { taskReason } from '../../../register/reasons.ts'
import { useAsk, useChange } from '../../kit/ask.ts'
import { Button } from '../../kit/Button.tsx'
import { call as callApi } from '../../kit/client.ts'
import { today } from '../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../kit/Field.tsx'
import { Caps, useCommands } from '../../kit/Keys.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { openBecause } from '../shell/why.ts'
import { askCall } from './call-asked.ts'
import { type InHand, setDraftKeeper, useInHand, useWaiting } from './call-state.ts'
import { texts as callTexts } from './call-words.ts'
import { Clock } from './Clock.tsx'
import { texts } from './words.ts'
import './Call.css'

type Topic = (typeof contacts.topics)[number]
type Outcome = (typeof contacts.outcomes)[number]

/** What is written; a note that nobody has touched follows what is done in the call. */
type Draft = {
  readonly topics: readonly Topic[]
  readonly outcome: Outcome
  readonly body: string | undefined
  readonly follow_up_on: string | undefined
}

const begun = (hand: InHand): Draft => ({
  topics: contacts.topics.filter((topic) => hand.topics.includes(topic)),
  outcome: hand.outcome ?? 'answered',
  body: hand.body ?? undefined,
  follow_up_on: hand.follow_up_on ?? undefined,
})

const dayAfter = (days: number): string => today(new Date(Date.now() + days * 86_400_000))
/** A chip's key: 1 to 9, then 0. */
const keyOf = (index: number): string => String((index + 1) % 10)

/** The next customer: who waits on the line, else whom something was promised, the oldest promise first. */
const useNext = () => {
  const { go } = useNavigation()
  const may = useMay()
  const waiting = useWaiting()
  return async (): Promise<void> => {
    const [ringing] = waiting
    if (ringing) return askCall(ringing)
    const [task] = may(contacts.queue) ? await callApi(contacts.queue, { query: {} }) : []
    if (task === undefined) return go(paths.queue())
    openBecause(String(task.customer_id), taskReason(task.id))
    go(paths.customer({ customer: String(task.customer_id) }))
  }
}

const Bar = ({ hand, onAgain }: { readonly hand: InHand; readonly onAgain: () => void }) => {
  const w = useWords(texts)
  const c = useWords(callTexts)
  const say = useSay()
  const tell = useToast()
  const next = useNext()
  const place = useRef<HTMLElement>(null)
  const [draft, setDraft] = useState(() => begun(hand))
  const wrap = useChange(api.wrapUp, { stale: [events, contacts.queue] })
  const end = useChange(api.endCall, { stale: [api.inHand] })
  const prefilled = hand.changed.length === 0 ? '' : c.changed(hand.changed.map((what) => c[what]).join(', '))
  const body = draft.body ?? prefilled

  const keep = (done: boolean): Promise<unknown> =>
    wrap.mutateAsync({
      params: { call_id: hand.call_id },
      body: { ...draft, topics: [...draft.topics], body, follow_up_on: draft.follow_up_on ?? null, done },
    })
  const kept = useRef(keep)
  useEffect(() => {
    kept.current = keep
  })
  useEffect(() => {
    setDraftKeeper(() => kept.current(false))
    return () => setDraftKeeper(undefined)
  }, [])

  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }))
  const toggle = (topic: Topic): void =>
    change({
      topics: draft.topics.includes(topic) ? draft.topics.filter((each) => each !== topic) : [...draft.topics, topic],
    })
  const promise = (day: string | undefined): void =>
    change({ follow_up_on: day, outcome: day === undefined ? 'answered' : 'promised' })
  const save = (): void =>
    void keep(false).then(
      () => tell({ text: w.saved }),
      () => undefined,
    )
  const done = async (): Promise<void> => {
    await keep(true)
    tell({ text: c.wrapped(hand.name) })
    onAgain()
    await next()
  }
  // What was refused stands at the note.
  const finish = (): void => void done().catch(() => undefined)
  const toNote = (): void => {
    onAgain()
    place.current?.querySelector('textarea')?.focus()
  }
  useCommands([
    ...hand.chips.map((topic, index) => ({
      id: `wrap.${topic}`,
      label: w[topic],
      group: c.wrapUp,
      keys: keyOf(index),
      run: () => toggle(topic),
    })),
    { id: 'wrap.note', label: c.toNote, group: c.wrapUp, icon: 'note', keys: 'W', run: toNote },
    {
      id: 'wrap.promise',
      label: c.promiseTomorrow,
      group: c.wrapUp,
      icon: 'clock',
      keys: 'P',
      run: () => promise(dayAfter(1)),
    },
    { id: 'wrap.save', label: w.save, group: c.wrapUp, icon: 'check', keys: 'Mod+Enter', run: save },
    ...(hand.ended_at === null
      ? [
          {
            id: 'wrap.end',
            label: c.hangUp,
            group: c.wrapUp,
            icon: 'phone' as const,
            keys: 'H',
            run: () => end.mutate({ params: { call_id: hand.call_id } }),
          },
        ]
      : []),
    { id: 'wrap.next', label: c.next, group: c.wrapUp, icon: 'arrow-right', keys: ['E', 'Alt+N'], run: finish },
  ])
  return (
    <section className="wrap-up" aria-label={c.wrapUp} ref={place}>
      <div className="wrap-up-row">
        <p className="wrap-up-who">
          <strong>{hand.name}</strong> <Clock from={hand.taken_at} to={hand.ended_at} />
          {hand.ended_at !== null && (
            <span className="wrap-up-after">
              {c.after} <Clock from={hand.ended_at} />
            </span>
          )}
        </p>
        <fieldset className="wrap-up-chips">
          <legend className="unseen">{w.topics}</legend>
          {hand.chips.map((topic, index) => (
            <label key={topic} className="wrap-up-chip">
              <input type="checkbox" checked={draft.topics.includes(topic)} onChange={() => toggle(topic)} />
              <Caps keys={keyOf(index)} /> {w[topic]}
            </label>
          ))}
        </fieldset>
      </div>
      <div className="wrap-up-row">
        <TextField
          label={w.what}
          lines={2}
          value={body}
          onChange={(text) => change({ body: text })}
          fault={wrap.error ? say(wrap.error).what : undefined}
        />
        <SelectField
          label={w.outcome}
          value={draft.outcome}
          options={contacts.outcomes.map((id) => ({ id, label: w[id] }))}
          onChange={(id) => change({ outcome: contacts.outcomes.find((each) => each === id) ?? 'answered' })}
        />
        <DayField label={w.followUp} value={draft.follow_up_on} onChange={promise} />
        <div className="wrap-up-acts">
          <Button onPress={save} busy={wrap.isPending}>
            {w.save} <Caps keys="Mod+Enter" />
          </Button>
          <Button tone="strong" icon="arrow-right" onPress={finish}>
            {c.next} <Caps keys="E" />
          </Button>
        </div>
      </div>
    </section>
  )
}

export const WrapUp = () => {
  const hand = useInHand()
  const may = useMay()
  const { refetch } = useAsk(api.inHand, {}, { because: null, when: may(api.inHand) })
  return hand ? <Bar key={hand.call_id} hand={hand} onAgain={() => void refetch()} /> : null
}
