// The access log: searched, paged by keyset, each line opened with its proof; and how many persons one user was shown.
import * as api from '../../../../chapters/access/log/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { ButtonLink } from '../../../kit/Button.tsx'
import { today } from '../../../kit/days.ts'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Link } from '../../../kit/Link.tsx'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { TakeOut } from '../../shell/TakeOut.tsx'
import { askedOf, spanOf } from './asked.ts'
import { Filters } from './Filters.tsx'
import { LineDialog } from './LineDialog.tsx'
import { type Line, useBecause, useLabels } from './say.ts'
import { texts } from './words.ts'
import './log.css'

type Here = At<typeof paths.accessLog>
type Query = Here['query']

export const title = (language: Language): string => texts[language].title
export const loader = ({ client, query }: Here & Loading) =>
  client.ensureQueryData(asking(api.searchAccessLog, askedOf(query)))

const Counts = ({
  actor,
  name,
  from,
  to,
}: {
  readonly actor: string
  readonly name: string
  readonly from: string
  readonly to: string
}) => {
  const w = useWords(texts)
  const { number } = useFormats()
  const { actionOf } = useLabels()
  return (
    <Panel title={w.counts(name)} flush>
      <Answer of={useAsk(api.countSeen, { query: { actor, from, to } })}>
        {({ people, lines, actions }) => (
          <>
            <p className="log-counts">{w.countsLead(number(people), number(lines))}</p>
            <Table
              label={w.what}
              rows={actions}
              keyOf={({ endpoint, outcome }) => `${endpoint} ${outcome}`}
              empty={<></>}
              columns={[
                {
                  id: 'what',
                  label: w.what,
                  cell: ({ endpoint }) => actionOf(endpoint),
                  by: ({ endpoint }) => actionOf(endpoint),
                },
                { id: 'outcome', label: w.outcome, cell: ({ outcome }) => w[outcome] },
                {
                  id: 'people',
                  label: w.people,
                  align: 'end',
                  cell: (row) => number(row.people),
                  by: (row) => row.people,
                },
                { id: 'lines', label: w.lines, align: 'end', cell: (row) => number(row.lines), by: (row) => row.lines },
              ]}
            />
          </>
        )}
      </Answer>
    </Panel>
  )
}

const tones = { read: 'plain', listed: 'plain', written: 'note', refused: 'care', failed: 'stop' } as const

const Lines = ({ lines, query }: { readonly lines: readonly Line[]; readonly query: Query }) => {
  const w = useWords(texts)
  const { instant } = useFormats()
  const becauseOf = useBecause()
  const { labelOf, actionOf } = useLabels()
  return (
    <Table
      label={w.found}
      rows={lines}
      keyOf={({ id }) => String(id)}
      to={({ id }) => paths.accessLog({}, { ...query, line: String(id) })}
      empty={<EmptyState icon="search" title={w.none} />}
      columns={[
        { id: 'at', label: w.at, cell: ({ at }) => instant(new Date(at)) },
        {
          id: 'who',
          label: w.who,
          cell: ({ actor, actor_name, role }) => (
            <>
              {actor_name ?? actor} <span className="log-second">{labelOf(role)}</span>
            </>
          ),
        },
        {
          id: 'whom',
          label: w.whom,
          cell: ({ subject_id, subject_name, subject_number }) =>
            subject_id === null ? (
              <span className="quiet">{w.nobody}</span>
            ) : (
              <>
                {subject_name ?? subject_id} <span className="log-second">{subject_number}</span>
              </>
            ),
        },
        {
          id: 'what',
          label: w.what,
          cell: ({ outcome, endpoint }) => (
            <>
              <Badge tone={tones[outcome]}>{w[outcome]}</Badge> {actionOf(endpoint)}
            </>
          ),
        },
        { id: 'why', label: w.why, cell: ({ because }) => <span className="log-why">{becauseOf(because)}</span> },
      ]}
    />
  )
}

/** The day a year before. */
const yearBefore = (instant: string): string => today(new Date(Date.parse(instant) - 365 * 86_400_000))

export const Page = ({ query }: Here) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const { go } = useNavigation()
  const found = useAsk(api.searchAccessLog, askedOf(query))
  const { line, before, ...searched } = query
  const { to } = spanOf(query)
  // As the register says it: without a first day it begins by itself.
  const from = found.data?.from ?? undefined
  const id = /^\d{1,15}$/.test(line ?? '') ? Number(line) : undefined
  const actor = query['actor']
  const name = found.data?.lines.find((one) => one.actor === actor)?.actor_name ?? actor ?? ''
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={<TakeOut of={api.searchAccessLog} asked={askedOf(searched)} keys="D" />}
    >
      <Panel title={w.search}>
        <Filters query={query} />
      </Panel>
      {actor !== undefined && from !== undefined && before === undefined && (
        <Counts actor={actor} name={name} from={from} to={to ?? '9999-01-01T00:00:00Z'} />
      )}
      <Panel
        title={w.found}
        flush
        actions={
          query['person'] !== undefined && (
            <ButtonLink icon="person" to={paths.looks({}, { customer: query['person'] })}>
              {w.looksLink}
            </ButtonLink>
          )
        }
      >
        <Answer of={found} lines={10}>
          {({ lines }) => <Lines lines={lines} query={query} />}
        </Answer>
      </Panel>
      {from !== undefined && query['from'] === undefined && (
        <p className="quiet">
          {w.since(day(new Date(from)))}{' '}
          <Link to={paths.accessLog({}, { ...searched, from: yearBefore(from) })}>{w.yearBack}</Link>
        </p>
      )}
      <div className="page-actions">
        {before !== undefined && <ButtonLink to={paths.accessLog({}, searched)}>{w.newest}</ButtonLink>}
        {typeof found.data?.next === 'number' && (
          <ButtonLink to={paths.accessLog({}, { ...searched, before: String(found.data.next) })}>{w.older}</ButtonLink>
        )}
      </div>
      {id !== undefined && (
        <LineDialog
          id={id}
          line={found.data?.lines.find((one) => one.id === id)}
          onClose={() => go(paths.accessLog({}, before === undefined ? searched : { ...searched, before }))}
        />
      )}
    </Frame>
  )
}
