// A note of a contact, begun by one key and kept by another.
import { useState } from 'react'
import * as api from '../../../chapters/contacts/api.ts'
import { events } from '../../../chapters/contacts/events/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import { useChange } from '../../kit/ask.ts'
import { Button } from '../../kit/Button.tsx'
import { DayField, SelectField, TextField } from '../../kit/Field.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { texts } from './words.ts'
import './Timeline.css'

type Topic = (typeof api.topics)[number]
const stale = [events, api.queue]

export const Composer = ({
  customer_id,
  onDone,
}: {
  readonly customer_id: CustomerId
  readonly onDone: () => void
}) => {
  const w = useWords(texts)
  const say = useSay()
  const tell = useToast()
  const [body, setBody] = useState('')
  const [channel, setChannel] = useState<(typeof api.channels)[number]>('call')
  const [outcome, setOutcome] = useState<(typeof api.outcomes)[number]>('answered')
  const [topics, setTopics] = useState<readonly Topic[]>([])
  const [followUp, setFollowUp] = useState<string>()
  const add = useChange(api.addContact, { stale })
  const undo = useChange(api.undoContact, { stale })
  const save = async (): Promise<void> => {
    const made = await add.mutateAsync({
      params: { customer_id },
      body: {
        body,
        channel,
        direction: channel === 'note' ? 'internal' : 'in',
        outcome,
        topics: [...topics],
        follow_up_on: followUp ?? null,
      },
    })
    tell({ text: w.saved, undo: () => undo.mutateAsync({ params: { customer_id, contact_id: made.id } }) })
    onDone()
  }
  const toggle = (topic: Topic): void =>
    setTopics((now) => (now.includes(topic) ? now.filter((each) => each !== topic) : [...now, topic]))
  const submit = (): void => void save().catch(() => undefined)
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextField
        label={w.what}
        lines={3}
        value={body}
        onChange={setBody}
        takesFocus
        fault={add.error ? say(add.error).what : undefined}
      />
      <fieldset className="chips">
        <legend>{w.topics}</legend>
        {api.topics.map((topic) => (
          <label key={topic} className="chip">
            <input type="checkbox" checked={topics.includes(topic)} onChange={() => toggle(topic)} />
            {w[topic]}
          </label>
        ))}
      </fieldset>
      <div className="composer-row">
        <SelectField
          label={w.channel}
          value={channel}
          options={api.channels.map((id) => ({ id, label: w[id] }))}
          onChange={(id) => setChannel(api.channels.find((each) => each === id) ?? 'call')}
        />
        <SelectField
          label={w.outcome}
          value={outcome}
          options={api.outcomes.map((id) => ({ id, label: w[id] }))}
          onChange={(id) => setOutcome(api.outcomes.find((each) => each === id) ?? 'answered')}
        />
        <DayField label={w.followUp} value={followUp} onChange={setFollowUp} />
      </div>
      <div className="composer-actions">
        <Button type="submit" tone="strong" busy={add.isPending}>
          {w.save}
        </Button>
        <Button tone="quiet" onPress={onDone}>
          {w.cancel}
        </Button>
      </div>
    </form>
  )
}
