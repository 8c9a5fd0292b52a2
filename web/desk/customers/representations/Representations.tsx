// Who acts for the customer and whom the customer acts for: both sides on both cards.
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import type { CustomerId, customerHead } from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/representations/api.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { Button, IconButton } from '../../../kit/Button.tsx'
import { Earlier } from '../../../kit/Earlier.tsx'
import { today } from '../../../kit/days.ts'
import { useFormats } from '../../../kit/format.ts'
import { Link } from '../../../kit/Link.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useWords } from '../../../kit/words.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { Provenance } from '../Since.tsx'
import {
  AddRepresentation,
  ChangeRepresentation,
  type Representation,
  RevokeRepresentation,
} from './RepresentationDialogs.tsx'
import { texts } from './words.ts'

type Kind = z.output<typeof customerHead>['kind']

/** What each form of party may be represented by. */
const kindsFor: Readonly<Record<Kind, readonly Representation['kind'][]>> = {
  natural: ['guardian', 'continuing-power', 'power-of-attorney', 'custodian', 'contact-person'],
  legal: ['contact-person', 'power-of-attorney'],
  estate: ['estate-representative', 'power-of-attorney', 'contact-person'],
}

export const holds = ({ during, by_death }: Pick<Representation, 'during' | 'by_death'>): boolean =>
  !by_death && (during.from === null || during.from <= today()) && (during.to === null || during.to > today())

const Line = ({
  row,
  other,
  name,
  actions,
}: {
  readonly row: Representation
  readonly other: CustomerId
  readonly name: string | null
  readonly actions?: ReactNode
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const { from, to } = row.during
  return (
    <li>
      <p className="line-head">
        <span>
          {name === null ? w.someone : <Link to={paths.customer({ customer: String(other) })}>{name}</Link>} ·{' '}
          {w[row.kind]}
        </span>
        {actions && <span className="inline-edit">{actions}</span>}
      </p>
      <p className="quiet">
        {row.scope.map((scope) => w[scope]).join(', ')} ·{' '}
        {w.period(from === null ? '' : day(from), to === null ? '' : day(to))}
        {row.by_death && ` · ${w.byDeath}`}
        {row.end_reason && ` · ${row.end_reason}`}
      </p>
      {row.evidence && <p className="quiet">{row.evidence}</p>}
      <Provenance {...row} />
    </li>
  )
}

const ActsFor = ({ customer_id }: { readonly customer_id: CustomerId }) => {
  const w = useWords(texts)
  const acting = useAsk(api.actsFor, { params: { customer_id } })
  const now = (acting.data ?? []).filter(holds)
  return now.length === 0 ? null : (
    <>
      <h3>{w.actsFor}</h3>
      <ul className="lines">
        {now.map((row) => (
          <Line key={row.id} row={row} other={row.represented_id} name={row.represented} />
        ))}
      </ul>
    </>
  )
}

export const Representations = ({ customer_id, party }: { readonly customer_id: CustomerId; readonly party: Kind }) => {
  const w = useWords(texts)
  const may = useMay()
  const [open, setOpen] = useState<{ readonly is: 'add' } | { readonly is: 'change' | 'revoke'; row: Representation }>()
  const close = (): void => setOpen(undefined)
  const acting = useAsk(api.representations, { params: { customer_id } })
  return (
    <Panel
      title={w.people}
      actions={
        may(api.addRepresentation) && (
          <Button tone="quiet" onPress={() => setOpen({ is: 'add' })}>
            {w.add}
          </Button>
        )
      }
    >
      <Answer of={acting}>
        {(rows) => {
          const ended = rows.filter(({ during, by_death }) => by_death || (during.to !== null && during.to <= today()))
          const now = rows.filter((row) => !ended.includes(row))
          return (
            <>
              {now.length === 0 && <p className="quiet">{w.nothing}</p>}
              {now.length > 0 && (
                <>
                  <h3>{w.isRepresented}</h3>
                  <ul className="lines">
                    {now.map((row) => (
                      <Line
                        key={row.id}
                        row={row}
                        other={row.representative_id}
                        name={row.representative}
                        actions={
                          may(api.changeRepresentation) && (
                            <>
                              <IconButton
                                label={`${w.change}: ${row.representative ?? w.someone}`}
                                icon="edit"
                                onPress={() => setOpen({ is: 'change', row })}
                              />
                              <IconButton
                                label={`${w.revoke}: ${row.representative ?? w.someone}`}
                                icon="close"
                                onPress={() => setOpen({ is: 'revoke', row })}
                              />
                            </>
                          )
                        }
                      />
                    ))}
                  </ul>
                </>
              )}
              <Earlier rows={ended} label={w.ended}>
                {(row) => <Line key={row.id} row={row} other={row.representative_id} name={row.representative} />}
              </Earlier>
            </>
          )
        }}
      </Answer>
      {may(api.actsFor) && <ActsFor customer_id={customer_id} />}
      {open?.is === 'add' && <AddRepresentation customer_id={customer_id} kinds={kindsFor[party]} onClose={close} />}
      {open?.is === 'change' && <ChangeRepresentation row={open.row} onClose={close} />}
      {open?.is === 'revoke' && <RevokeRepresentation row={open.row} onClose={close} />}
    </Panel>
  )
}
