// One timeline per customer: contacts, and beside them what began and ended, who moved and what was permitted; and the note that is begun by a key.
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/contacts/api.ts'
import { type event, eventPage, type EventKind, events } from '../../../chapters/contacts/events/api.ts'
import { contractsOfCustomer } from '../../../chapters/contracts/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import { permissions } from '../../../chapters/marketing/api.ts'
import { sitesOfCustomer } from '../../../chapters/sites/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { useFormats } from '../../kit/format.ts'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { useCommands } from '../../kit/Keys.tsx'
import { Link } from '../../kit/Link.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Segments } from '../../kit/Segments.tsx'
import { useWords } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { TakeOut } from '../shell/TakeOut.tsx'
import { Composer } from './Composer.tsx'
import { texts } from './words.ts'
import './Timeline.css'

type Event = z.output<typeof event>
type Of<K extends EventKind> = Extract<Event, { kind: K }>

const icons = {
  contact: 'contacts',
  'contract-began': 'contracts',
  'contract-ended': 'contracts',
  'moved-in': 'sites',
  'moved-out': 'sites',
  permission: 'campaigns',
} as const satisfies Record<EventKind, IconName>

const Contact = ({ contact }: { readonly contact: Of<'contact'> }) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const topics = contact.topics.flatMap((topic) => api.topics.find((each) => each === topic) ?? [])
  return (
    <>
      {contact.body && <p className="contact-body">{contact.body}</p>}
      <p className="contact-marks">
        {topics.map((topic) => (
          <Badge key={topic}>{w[topic]}</Badge>
        ))}
        {contact.outcome && contact.outcome !== 'none' && <Badge tone="note">{w[contact.outcome]}</Badge>}
        {contact.follow_up_on && !contact.followed_up_at && (
          <Badge tone="care" icon="clock">
            {w.followUpOn(day(contact.follow_up_on))}
          </Badge>
        )}
      </p>
    </>
  )
}

const Agreement = ({ of }: { readonly of: Of<'contract-began' | 'contract-ended'> }) => {
  const language = useLanguage()
  const name = { fi: of.name_fi, sv: of.name_sv, en: of.name_en }[language]
  return (
    <p>
      {name} · {of.number}
    </p>
  )
}

const Move = ({ of }: { readonly of: Of<'moved-in' | 'moved-out'> }) => {
  const language = useLanguage()
  const street = language === 'sv' ? (of.street_sv ?? of.street_fi) : of.street_fi
  const address = [street, of.number, of.staircase, of.apartment].filter((part) => part !== null).join(' ')
  return (
    <p>
      <Link to={paths.site({ site: String(of.site_id) })}>{address}</Link>
    </p>
  )
}

const useHead = (): ((of: Event) => string) => {
  const w = useWords(texts)
  return (of) => {
    if (of.kind === 'contact') return `${w[of.channel]} ${w[of.direction].toLowerCase()}`
    if (of.kind === 'permission') return `${w.permission}: ${w[`permit-${of.channel}`]} ${w[of.state]}`
    return w[of.kind]
  }
}

const bodyOf = (of: Event): ReactNode => {
  switch (of.kind) {
    case 'contact':
      return <Contact contact={of} />
    case 'contract-began':
    case 'contract-ended':
      return <Agreement of={of} />
    case 'moved-in':
    case 'moved-out':
      return <Move of={of} />
    case 'permission':
      return null
  }
}

const Line = ({ of }: { readonly of: Event }) => {
  const head = useHead()
  const { instant, day } = useFormats()
  return (
    <li className="contact-line" data-kind={of.kind}>
      <p className="contact-head">
        <Icon name={icons[of.kind]} /> <strong>{head(of)}</strong>{' '}
        <time dateTime={'day' in of ? of.day : of.at}>{'day' in of ? day(of.day) : instant(new Date(of.at))}</time>
      </p>
      {bodyOf(of)}
    </li>
  )
}

/** What the timeline may be narrowed to, each for those who may see it. */
const filters = [
  { id: 'contacts', kinds: ['contact'], needs: api.timeline },
  { id: 'contracts', kinds: ['contract-began', 'contract-ended'], needs: contractsOfCustomer },
  { id: 'moves', kinds: ['moved-in', 'moved-out'], needs: sitesOfCustomer },
  { id: 'permissions', kinds: ['permission'], needs: permissions },
] as const

const Page = ({
  customer_id,
  kinds,
  after,
}: {
  readonly customer_id: CustomerId
  readonly kinds: string | undefined
  readonly after?: Event
}) => {
  const w = useWords(texts)
  const [more, setMore] = useState(false)
  const query = {
    ...(kinds !== undefined && { kinds }),
    ...(after && { before_at: after.at, before_kind: after.kind, before_id: after.id }),
  }
  return (
    <Answer of={useAsk(events, { params: { customer_id }, query })} lines={6}>
      {(rows) => {
        const last = rows.at(-1)
        return (
          <>
            {rows.length === 0 && after === undefined && <p className="quiet">{w.empty}</p>}
            <ol className="contact-lines">
              {rows.map((row) => (
                <Line key={`${row.kind}/${row.id}`} of={row} />
              ))}
            </ol>
            {rows.length === eventPage &&
              last !== undefined &&
              (more ? (
                <Page customer_id={customer_id} kinds={kinds} after={last} />
              ) : (
                <Button tone="quiet" onPress={() => setMore(true)}>
                  {w.older}
                </Button>
              ))}
          </>
        )
      }}
    </Answer>
  )
}

export const Timeline = ({ customer_id }: { readonly customer_id: CustomerId }) => {
  const w = useWords(texts)
  const may = useMay()
  const [writing, setWriting] = useState(false)
  const [chosen, setChosen] = useState('all')
  const writes = may(api.addContact)
  const seen = filters.filter(({ needs }) => may(needs))
  useCommands(
    writes
      ? [
          {
            id: 'contact.new',
            label: w.newNote,
            group: w.timeline,
            icon: 'note',
            keys: 'N',
            run: () => setWriting(true),
          },
        ]
      : [],
  )
  const kinds = seen.find(({ id }) => id === chosen)?.kinds.join(',')
  return (
    <Panel
      title={w.timeline}
      actions={
        <>
          {writes && !writing && (
            <Button icon="note" onPress={() => setWriting(true)}>
              {w.newNote}
            </Button>
          )}
          <TakeOut of={api.timeline} asked={{ params: { customer_id }, query: {} }} />
        </>
      }
    >
      {writing && <Composer customer_id={customer_id} onDone={() => setWriting(false)} />}
      {seen.length > 1 && (
        <Segments
          label={w.filter}
          options={[{ id: 'all', label: w.all }, ...seen.map(({ id }) => ({ id, label: w[id] }))]}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
      <Page key={chosen} customer_id={customer_id} kinds={kinds} />
    </Panel>
  )
}
