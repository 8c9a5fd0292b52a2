// Who may be one: suggestions with their evidence, proposals that wait for a second pair of eyes, and joins that can be parted.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../../chapters/customers/duplicates/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk, useChange } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Button, ButtonLink } from '../../../kit/Button.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { Link } from '../../../kit/Link.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useSay } from '../../../kit/refusals.ts'
import { Table } from '../../../kit/Table.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At } from '../../page.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { TakeOut } from '../../shell/TakeOut.tsx'
import { Decline, Part, stale } from './Parting.tsx'
import { Review } from './Review.tsx'
import { texts } from './words.ts'
import './Compare.css'

export const title = (language: Language): string => texts[language].title

type Pair = z.output<typeof api.listDuplicates.gives>[number]
type Merge = z.output<typeof api.listMerges.gives>[number]
type Side = Pair['one']

const fullPage = 50
const named = ({ name, number }: Side): string => `${name} ${number}`

const useTellApart = () => {
  const w = useWords(texts)
  const say = useSay()
  const tell = useToast()
  const apart = useChange(api.tellApart, { stale })
  const reopen = useChange(api.reopenDuplicate, { stale })
  return (duplicate_id: number): void =>
    apart.mutate(
      { params: { duplicate_id } },
      {
        onSuccess: () => tell({ text: w.toldApart, undo: () => reopen.mutateAsync({ params: { duplicate_id } }) }),
        onError: (error) => tell({ text: say(error).what }),
      },
    )
}

const Pairs = ({ customer_id, last }: { readonly customer_id: number | undefined; readonly last?: Pair }) => {
  const w = useWords(texts)
  const may = useMay()
  const tellApart = useTellApart()
  const [more, setMore] = useState(false)
  const from = last === undefined ? {} : { below: last.weight, after: last.id }
  return (
    <Answer of={useAsk(api.listDuplicates, { query: { customer_id, ...from } })} lines={6}>
      {(pairs) => {
        const end = pairs.at(-1)
        if (pairs.length === 0 && last === undefined)
          return (
            <EmptyState icon="check" title={w.none}>
              {w.noneHow}
            </EmptyState>
          )
        return (
          <>
            <Table
              label={w.suggestions}
              rows={pairs}
              keyOf={({ id }) => String(id)}
              to={({ customer_id: one, other_id: other }) => paths.compare({ one: String(one), other: String(other) })}
              columns={[
                { id: 'one', label: w.one, cell: ({ one }) => named(one) },
                { id: 'other', label: w.other, cell: ({ other }) => named(other) },
                {
                  id: 'evidence',
                  label: w.evidence,
                  cell: ({ evidence }) => (
                    <span className="evidence">
                      {evidence.map((each) => (
                        <Badge key={each}>{w[each]}</Badge>
                      ))}
                    </span>
                  ),
                },
                { id: 'weight', label: w.weight, cell: ({ weight }) => `${weight} %`, align: 'end', width: '6rem' },
                ...(may(api.tellApart)
                  ? [
                      {
                        id: 'apart',
                        label: w.notSame,
                        width: '9rem',
                        cell: ({ id, one, other }: Pair) => (
                          <Button tone="quiet" icon="close" onPress={() => tellApart(id)}>
                            <span aria-hidden="true">{w.notSame}</span>
                            <span className="unseen">{w.notSameBoth(named(one), named(other))}</span>
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            {pairs.length === fullPage &&
              end !== undefined &&
              (more ? (
                <Pairs customer_id={customer_id} last={end} />
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

const Who = ({ merge: { one, other } }: { readonly merge: Merge }) => {
  const w = useWords(texts)
  return (
    <Link to={paths.compare({ one: String(one.id), other: String(other.id) })}>{w.into(named(other), named(one))}</Link>
  )
}

const Waiting = ({ merge }: { readonly merge: Merge }) => {
  const w = useWords(texts)
  const say = useSay()
  const tell = useToast()
  const may = useMay()
  const [declining, setDeclining] = useState(false)
  const approve = useChange(api.approveMerge, { stale })
  const part = useChange(api.undoMerge, { stale })
  const params = { merge_id: merge.id }
  return (
    <li>
      <Who merge={merge} />
      <p className="quiet">{merge.reason}</p>
      {merge.own && <p className="quiet">{w.yours}</p>}
      <p className="evidence">
        {may(api.approveMerge) && !merge.own && (
          <Button
            icon="check"
            busy={approve.isPending}
            onPress={() =>
              approve.mutate(
                { params },
                {
                  onSuccess: () =>
                    tell({
                      text: w.approved,
                      ...(may(api.undoMerge) && {
                        undo: () => part.mutateAsync({ params, body: { reason: w.atOnce } }),
                      }),
                    }),
                  onError: (error) => tell({ text: say(error).what }),
                },
              )
            }
          >
            {w.approve}
          </Button>
        )}
        {may(api.declineMerge) && (
          <Button tone="quiet" icon="close" onPress={() => setDeclining(true)}>
            {w.decline}
          </Button>
        )}
      </p>
      {declining && <Decline merge_id={merge.id} onClose={() => setDeclining(false)} />}
    </li>
  )
}

const Joined = ({ merge }: { readonly merge: Merge }) => {
  const w = useWords(texts)
  const may = useMay()
  const [parting, setParting] = useState(false)
  return (
    <li>
      <Who merge={merge} />
      <p className="quiet">{merge.reason}</p>
      {may(api.undoMerge) && (
        <Button tone="quiet" icon="undo" onPress={() => setParting(true)}>
          {w.part}
        </Button>
      )}
      {parting && <Part merge_id={merge.id} onClose={() => setParting(false)} />}
    </li>
  )
}

const Merges = ({
  state,
  customer_id,
}: {
  readonly state: 'waiting' | 'joined'
  readonly customer_id: number | undefined
}) => {
  const w = useWords(texts)
  const merges = useAsk(api.listMerges, { query: { state, customer_id } })
  if (merges.data?.length === 0) return null
  return (
    <Panel title={w[state]}>
      {state === 'waiting' && <p className="quiet">{w.waitingHow}</p>}
      <Answer of={merges}>
        {(rows) => (
          <ul className="lines">
            {rows.map((merge) =>
              state === 'waiting' ? <Waiting key={merge.id} merge={merge} /> : <Joined key={merge.id} merge={merge} />,
            )}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}

export const Page = ({ query }: At<typeof paths.duplicates>) => {
  const w = useWords(texts)
  const asked = Number(query['customer'])
  const customer_id = Number.isSafeInteger(asked) && asked > 0 ? asked : undefined
  return (
    <Frame
      title={customer_id === undefined ? w.title : w.ofOne}
      lead={w.lead}
      actions={
        <>
          {customer_id !== undefined && <ButtonLink to={paths.duplicates()}>{w.everyone}</ButtonLink>}
          <TakeOut of={api.listDuplicates} asked={{ query: { customer_id } }} keys="D" />
        </>
      }
    >
      <Merges state="waiting" customer_id={customer_id} />
      <Review customer_id={customer_id} />
      <Panel title={w.suggestions} flush>
        <Pairs key={customer_id} customer_id={customer_id} />
      </Panel>
      <Merges state="joined" customer_id={customer_id} />
    </Frame>
  )
}
