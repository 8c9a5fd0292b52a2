// Telephone and e-mail: changed where they stand, each with where it came from; the earlier ones folded away.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/customers/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk, useChange, useFresh } from '../../kit/ask.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Earlier } from '../../kit/Earlier.tsx'
import { Refusal } from '../../kit/client.ts'
import { TextField } from '../../kit/Field.tsx'
import { useFormats } from '../../kit/format.ts'
import { InlineEdit, type Theirs } from '../../kit/InlineEdit.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useDeed, useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { useMay } from '../shell/session.ts'
import { Likely } from './party/Likely.tsx'
import { Provenance } from './Since.tsx'
import { texts } from './words.ts'

type Point = z.output<typeof api.contactPoint>
const stale = [api.contactDetails, api.openProtected]

type Fresh = () => Promise<readonly Point[]>

const useCorrection = (customer_id: api.CustomerId, fresh: Fresh) => {
  const w = useWords(texts)
  const tell = useToast()
  const correct = useChange(api.correctContactPoint, { stale })
  return async (point: Point, value: string): Promise<Theirs | undefined> => {
    try {
      const made = await correct.mutateAsync({
        params: { customer_id, point_id: point.id },
        body: { value, version: point.version },
      })
      tell({
        text: w.saved,
        undo: () =>
          correct.mutateAsync({
            params: { customer_id, point_id: made.id },
            body: { value: point.value, version: made.version },
          }),
      })
      return undefined
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.code !== 'contact-detail.changed') throw error
      const same = (await fresh()).filter(
        ({ channel, use, during }) => channel === point.channel && use === point.use && during.to === null,
      )
      const theirs = same.find(({ id }) => id === point.id) ?? same[0]
      return { theirs: theirs?.value ?? '', ...(theirs && { at: new Date(theirs.recorded_at) }) }
    }
  }
}

const NewPoint = ({
  customer_id,
  channel,
  onDone,
}: {
  customer_id: api.CustomerId
  channel: Point['channel']
  onDone: () => void
}) => {
  const w = useWords(texts)
  const say = useSay()
  const tell = useToast()
  const add = useChange(api.addContactPoint, { stale })
  const end = useChange(api.endContactPoint, { stale })
  const [value, setValue] = useState('')
  // Whoever has the same, and nearly the same name, may be the same.
  const names = useAsk(api.names, { params: { customer_id } })
  const official = names.data?.find(({ kind, during }) => kind === 'official' && during.to === null)
  const named = official && { given: official.given, family: official.family, organisation: official.organisation }
  const save = async (): Promise<void> => {
    const made = await add.mutateAsync({ params: { customer_id }, body: { channel, value, use: 'main' } })
    tell({
      text: w.saved,
      undo: () => end.mutateAsync({ params: { customer_id, point_id: made.id }, query: { version: made.version } }),
    })
    onDone()
  }
  return (
    <form
      className="inline-editing"
      onSubmit={(event) => {
        event.preventDefault()
        save().catch(() => undefined)
      }}
    >
      <TextField
        label={w[channel]}
        kind={channel === 'phone' ? 'tel' : 'email'}
        value={value}
        onChange={setValue}
        takesFocus
        fault={add.error ? say(add.error).what : undefined}
      />
      <Likely draft={{ ...named, [channel]: value.trim() }} except={customer_id} />
      <div className="inline-actions">
        <Button type="submit" tone="strong">
          {w.add}
        </Button>
        <Button onPress={onDone}>{w.cancel}</Button>
      </div>
    </form>
  )
}

/** Each changed where it stands, and ended; the earlier ones folded away. */
export const ContactPoints = ({
  customer_id,
  points,
  fresh,
}: {
  readonly customer_id: api.CustomerId
  readonly points: readonly Point[]
  /** What stands in the register now: of a protected person it is asked for otherwise. */
  readonly fresh: Fresh
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const may = useMay()
  const done = useDeed()
  const correct = useCorrection(customer_id, fresh)
  const end = useChange(api.endContactPoint, { stale })
  const reopen = useChange(api.reopenContactPoint, { stale })
  const now = points.filter(({ during }) => during.to === null)
  const before = points.filter((point) => point.during.to !== null && !now.some(({ value }) => value === point.value))
  const finish = ({ id, version }: Point): Promise<void> => {
    const params = { customer_id, point_id: id }
    return done(
      () => end.mutateAsync({ params, query: { version } }),
      w.ended,
      (ended) => reopen.mutateAsync({ params, body: { version: ended.version } }),
    )
  }
  return (
    <>
      <dl className="facts">
        {now.map((point) => (
          <div key={point.id}>
            <dt>{w[point.channel]}</dt>
            <dd>
              <InlineEdit
                label={w[point.channel]}
                value={point.value}
                permitted={may(api.correctContactPoint)}
                end={may(api.endContactPoint) ? { label: w.end, run: () => void finish(point) } : undefined}
                save={(next) => correct(point, next)}
              />
              <Provenance {...point} />
            </dd>
          </div>
        ))}
      </dl>
      <Earlier rows={before}>
        {(point) => (
          <li key={point.id}>
            {point.value} · {w.until(day(point.during.to ?? ''))} <Provenance {...point} />
          </li>
        )}
      </Earlier>
    </>
  )
}

export const ContactDetails = ({
  customer_id,
  isProtected,
}: {
  readonly customer_id: api.CustomerId
  readonly isProtected: boolean
}) => {
  const w = useWords(texts)
  const may = useMay()
  const fresh = useFresh()
  const [adding, setAdding] = useState<Point['channel']>()
  const asked = { params: { customer_id } }
  const details = useAsk(api.contactDetails, asked)
  // What is added to a protected person lies behind the wall: only who opens it may.
  const adds = may(api.addContactPoint) && (!isProtected || may(api.openProtected))
  return (
    <Panel
      title={w.contactDetails}
      actions={
        adds && (
          <>
            <IconButton label={w.addPhone} icon="phone" onPress={() => setAdding('phone')} />
            <IconButton label={w.addEmail} icon="mail" onPress={() => setAdding('email')} />
          </>
        )
      }
    >
      {adding && (
        <NewPoint key={adding} channel={adding} customer_id={customer_id} onDone={() => setAdding(undefined)} />
      )}
      {isProtected && <p className="quiet">{w.hiddenDetails}</p>}
      <Answer of={details}>
        {(points) =>
          points.length === 0 && !isProtected ? (
            <p className="quiet">{w.nothing}</p>
          ) : (
            <ContactPoints customer_id={customer_id} points={points} fresh={() => fresh(api.contactDetails, asked)} />
          )
        }
      </Answer>
    </Panel>
  )
}
