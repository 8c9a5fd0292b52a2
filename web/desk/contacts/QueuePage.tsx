// The work queue: what was promised to customers, the oldest promise first, narrowed by what stands in the address.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/contacts/api.ts'
import { listDuplicates } from '../../../chapters/customers/duplicates/api.ts'
import { events } from '../../../chapters/contacts/events/api.ts'
import { taskReason } from '../../../register/reasons.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk, useChange } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { today } from '../../kit/days.ts'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { useFormats } from '../../kit/format.ts'
import { useNavigation } from '../../kit/navigation.tsx'
import { Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { Table } from '../../kit/Table.tsx'
import { useWords } from '../../kit/words.ts'
import { Views } from '../access/Views.tsx'
import type { At } from '../page.ts'
import { paths } from '../paths.ts'
import { Filters } from '../shell/Filters.tsx'
import { useMay } from '../shell/session.ts'
import { TakeOut } from '../shell/TakeOut.tsx'
import { openBecause } from '../shell/why.ts'
import { texts } from './words.ts'

export const title = (language: Language): string => texts[language].queue

type Query = Pick<z.input<typeof api.queue.takes.query>, 'channel' | 'topic' | 'due'>
type Promised = z.output<typeof api.queue.gives>[number]

/** What of the address the queue understands; an old or mistyped filter is left out. */
const narrowedBy = (asked: Readonly<Record<string, string>>): Query => ({
  channel: api.channels.find((each) => each === asked['channel']),
  topic: api.topics.find((each) => each === asked['topic']),
  due: api.dues.find((each) => each === asked['due']),
})

const full = 100

const Rows = ({ query, after }: { readonly query: Query; readonly after?: Promised }) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const may = useMay()
  const [more, setMore] = useState(false)
  const from = after === undefined ? {} : { after_on: after.follow_up_on, after_id: after.id }
  const waiting = useAsk(api.queue, { query: { ...query, ...from } })
  const keep = useChange(api.followUp, { stale: [api.queue, events] })
  const narrowed = Object.values(query).some((value) => value !== undefined)
  return (
    <Answer of={waiting} lines={8}>
      {(rows) => {
        const last = rows.at(-1)
        if (rows.length === 0 && after === undefined)
          return <EmptyState icon="check" title={narrowed ? w.queueNoneSuch : w.queueEmpty} />
        return (
          <>
            <Table
              label={w.queue}
              rows={rows}
              keyOf={({ id }) => String(id)}
              to={({ customer_id }) => paths.customer({ customer: String(customer_id) })}
              onOpen={({ id, customer_id }) => openBecause(String(customer_id), taskReason(id))}
              columns={[
                { id: 'name', label: w.customer, cell: ({ name }) => name, by: ({ name }) => name },
                {
                  id: 'day',
                  label: w.promisedFor,
                  by: ({ follow_up_on }) => follow_up_on,
                  cell: ({ follow_up_on }) =>
                    follow_up_on < today() ? <Badge tone="care">{day(follow_up_on)}</Badge> : day(follow_up_on),
                },
                { id: 'number', label: w.number, cell: ({ number }) => number },
                { id: 'channel', label: w.channel, cell: ({ channel }) => w[channel], by: ({ channel }) => channel },
                {
                  id: 'topics',
                  label: w.topics,
                  cell: ({ topics }) =>
                    topics
                      .flatMap((topic) => api.topics.find((each) => each === topic) ?? [])
                      .map((topic) => w[topic])
                      .join(', '),
                },
                ...(may(api.followUp)
                  ? [
                      {
                        id: 'done',
                        label: w.done,
                        cell: ({ id, version, name }: Promised) => (
                          <Button
                            tone="quiet"
                            icon="check"
                            onPress={() => keep.mutate({ params: { contact_id: id }, body: { version } })}
                          >
                            {w.done}
                            <span className="unseen">: {name}</span>
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            {rows.length === full &&
              last !== undefined &&
              (more ? (
                <Rows query={query} after={last} />
              ) : (
                <Button tone="quiet" onPress={() => setMore(true)}>
                  {w.more}
                </Button>
              ))}
          </>
        )
      }}
    </Answer>
  )
}

export const Page = ({ query: asked }: At<typeof paths.queue>) => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const may = useMay()
  const query = narrowedBy(asked)
  return (
    <Frame
      title={w.queue}
      lead={w.queueLead}
      actions={
        <>
          {may(listDuplicates) && (
            <ButtonLink to={paths.duplicates()} icon="copy">
              {w.duplicates}
            </ButtonLink>
          )}
          <Views here={paths.queue({}, query)} />
          <TakeOut of={api.queue} asked={{ query }} keys="D" />
        </>
      }
    >
      <Filters
        filters={[
          { id: 'due', label: w.due, options: api.dues.map((id) => [id, w[id]]) },
          { id: 'channel', label: w.channel, options: api.channels.map((id) => [id, w[id]]) },
          { id: 'topic', label: w.topic, options: api.topics.map((id) => [id, w[id]]) },
        ]}
        chosen={query}
        onChoose={(chosen) => go(paths.queue({}, chosen))}
      />
      <Panel title={w.followUp} flush>
        <Rows key={JSON.stringify(query)} query={query} />
      </Panel>
    </Frame>
  )
}
