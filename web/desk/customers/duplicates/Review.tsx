// What came to a joined customer and was left when the two were parted: each row with what it is, to stay or to move to the other.
import type { z } from 'zod'
import { useState } from 'react'
import * as api from '../../../../chapters/contacts/parted/api.ts'
import { useAsk, useChange } from '../../../kit/ask.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Link } from '../../../kit/Link.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useSay } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { texts as contactTexts } from '../../contacts/words.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { texts } from './words.ts'

type Parted = z.output<typeof api.listParted.gives>[number]

const full = 50

const Row = ({ row }: { readonly row: Parted }) => {
  const w = useWords(texts)
  const c = useWords(contactTexts)
  const say = useSay()
  const tell = useToast()
  const may = useMay()
  const { instant } = useFormats()
  const decide = useChange(api.decideParted, { stale: [api.listParted] })
  const { one, other, kind, at, channel, words, moves } = row
  const params = { parted_id: row.id }
  const parts = [
    channel === null ? undefined : channel === 'phone' ? w.phone : c[channel],
    at === null ? undefined : instant(new Date(at)),
    words ?? undefined,
  ].filter((part) => part !== undefined)
  const what = `${w[`part-${kind}`]}: ${parts.length === 0 ? w.unseenPart : parts.join(' · ')}`
  const act = (decision: 'stays' | 'moves'): void =>
    decide.mutate(
      { params, body: { decision } },
      {
        onSuccess: () =>
          tell({
            text: decision === 'stays' ? w.stayed(one.name) : w.moved(other.name),
            ...(decision === 'stays' && { undo: () => decide.mutateAsync({ params, body: { decision: 'open' } }) }),
          }),
        onError: (error) => {
          const { what: said, todo } = say(error)
          tell({ text: `${said} ${todo}` })
        },
      },
    )
  const card = ({ id, name, number }: Parted['one']) => (
    <Link to={paths.customer({ customer: String(id) })}>{`${name} ${number}`}</Link>
  )
  return (
    <li>
      <strong>{what}</strong>
      <p className="quiet">
        {w.standsWith}: {card(one)} · {w.other}: {card(other)}
      </p>
      {!moves && <p className="quiet">{w.byHand}</p>}
      {may(api.decideParted) && (
        <p className="evidence">
          <Button icon="check" busy={decide.isPending} onPress={() => act('stays')}>
            {w.stays}
            <span className="unseen">: {what}</span>
          </Button>
          <Button icon="arrow-right" busy={decide.isPending} onPress={() => act('moves')}>
            {moves ? w.moves : w.movedByHand}
            <span className="unseen">: {what}</span>
          </Button>
        </p>
      )}
    </li>
  )
}

const Rows = ({ customer_id, after }: { readonly customer_id: number | undefined; readonly after?: number }) => {
  const w = useWords(texts)
  const [more, setMore] = useState(false)
  return (
    <Answer of={useAsk(api.listParted, { query: { customer_id, after } })}>
      {(rows) => {
        const last = rows.at(-1)
        return (
          <>
            <ul className="lines">
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ul>
            {rows.length === full &&
              last !== undefined &&
              (more ? (
                <Rows customer_id={customer_id} after={last.id} />
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

export const Review = ({ customer_id }: { readonly customer_id: number | undefined }) => {
  const w = useWords(texts)
  const may = useMay()
  const { data } = useAsk(api.listParted, { query: { customer_id } }, { when: may(api.listParted) })
  if (data === undefined || data.length === 0) return null
  return (
    <Panel title={w.toReview}>
      <p className="quiet">{w.toReviewHow}</p>
      <Rows customer_id={customer_id} />
    </Panel>
  )
}
