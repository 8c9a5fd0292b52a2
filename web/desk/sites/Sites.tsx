// Where the customer lives and lived, with what measures there. A protected home is simply not among them.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/sites/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import { contractsOfCustomer } from '../../../chapters/contracts/api.ts'
import { consumptionSums } from '../../../chapters/metering/api.ts'
import { sumsOfCustomer } from '../../../chapters/metering/sums/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { today } from '../../kit/days.ts'
import { Earlier } from '../../kit/Earlier.tsx'
import { useFormats } from '../../kit/format.ts'
import { useCommands } from '../../kit/Keys.tsx'
import { Link } from '../../kit/Link.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords } from '../../kit/words.ts'
import { PointUse, thirteenMonths } from '../metering/sums/PointUse.tsx'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { TakeOut } from '../shell/TakeOut.tsx'
import { placeOf, streetOf } from './address.ts'
import { Move } from '../contracts/moves/Move.tsx'
import { texts } from './words.ts'

type Stay = z.output<typeof api.sitesOfCustomer.gives>[number]

/** Who has told that they will leave, or come, lives there or will. */
export const isNow = ({ during: { to } }: Pick<Stay, 'during'>): boolean => to === null || to > today()

/** A half-open period, as it is said. */
export const useSpan = (): ((during: { readonly from: string | null; readonly to: string | null }) => string) => {
  const w = useWords(texts)
  const { day } = useFormats()
  return ({ from, to }) =>
    from === null ? (to === null ? '' : w.until(day(to))) : to === null ? w.from(day(from)) : `${day(from)}–${day(to)}`
}

const Home = ({ stay, onLeave }: { readonly stay: Stay; readonly onLeave?: (() => void) | undefined }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const span = useSpan()
  const { number } = useFormats()
  const may = useMay()
  const { site, points, connections } = stay
  const { customer_id } = stay
  // Of a home that was left, the years lie behind its own page.
  const here = stay.during.to === null
  const used = useAsk(
    sumsOfCustomer,
    { params: { customer_id }, query: thirteenMonths() },
    { when: here && may(sumsOfCustomer) },
  )
  const agreed = useAsk(contractsOfCustomer, { params: { customer_id } }, { when: here && may(contractsOfCustomer) })
  const name = <strong>{streetOf(site, language)}</strong>
  return (
    <li>
      <div className="line-head">
        {may(api.openSite) ? <Link to={paths.site({ site: String(site.id) })}>{name}</Link> : name}
        {onLeave && (
          <Button tone="quiet" onPress={onLeave}>
            {w.moveOut}
          </Button>
        )}
      </div>
      <p>{placeOf(site, language)}</p>
      <p className="quiet">
        {w[stay.role]}, {span(stay.during)}
      </p>
      {points.map((point) => (
        <div key={point.id}>
          <p>
            <Badge>{w[point.energy]}</Badge> {point.code}{' '}
            {may(consumptionSums) && (
              <Link to={paths.consumption({ customer: String(customer_id), point: String(point.id) })}>{w.used}</Link>
            )}
          </p>
          {used.data && (
            <PointUse
              sums={used.data.filter(({ point_id }) => point_id === point.id)}
              contracts={agreed.data?.filter(({ point_id }) => point_id === point.id)}
            />
          )}
        </div>
      ))}
      {connections
        .filter(({ during }) => during.to === null)
        .map(({ id, main_fuse, capacity_kw }) => (
          <p key={id} className="quiet">
            {main_fuse === null ? `${w.capacity} ${number(Number(capacity_kw))} kW` : `${w.fuse} ${main_fuse}`}
          </p>
        ))}
    </li>
  )
}

export const Sites = ({
  customer_id,
  isProtected,
}: {
  readonly customer_id: CustomerId
  readonly isProtected: boolean
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const may = useMay()
  const [moving, setMoving] = useState(false)
  const [leaving, setLeaving] = useState<Stay>()
  const homes = useAsk(api.sitesOfCustomer, { params: { customer_id } })
  const leftOf = ({ id, customer_id: who, site }: Stay) => ({ id, customer_id: who, label: streetOf(site, language) })
  const moves = may(api.moveIn) && (!isProtected || may(api.protectedSites))
  useCommands(
    moves
      ? [
          {
            id: 'site.move-in',
            label: w.moveIn,
            group: w.sites,
            icon: 'sites',
            keys: 'M',
            run: () => setMoving(true),
          },
        ]
      : [],
  )
  return (
    <Panel
      title={w.sites}
      actions={
        <>
          {moves && (
            <Button icon="plus" onPress={() => setMoving(true)}>
              {w.move}
            </Button>
          )}
          <TakeOut of={api.sitesOfCustomer} asked={{ params: { customer_id } }} />
        </>
      }
    >
      <Answer of={homes}>
        {(rows) => {
          const now = rows.filter(isNow)
          const before = rows.filter((stay) => !isNow(stay))
          return (
            <>
              {now.length === 0 && <p className="quiet">{w.none}</p>}
              <ul className="lines">
                {now.map((stay) => (
                  <Home key={stay.id} stay={stay} onLeave={may(api.moveOut) ? () => setLeaving(stay) : undefined} />
                ))}
              </ul>
              {rows.length > 0 && may(sumsOfCustomer) && (
                <p>
                  <Link to={paths.customerSums({ customer: String(customer_id) })}>{w.allUsed}</Link>
                </p>
              )}
              <Earlier rows={before} label={w.before}>
                {(stay) => <Home key={stay.id} stay={stay} />}
              </Earlier>
            </>
          )
        }}
      </Answer>
      {(moving || leaving !== undefined) && (
        <Move
          customer_id={customer_id}
          stays={(leaving === undefined ? (homes.data ?? []).filter(isNow) : [leaving]).map(leftOf)}
          begins={leaving === undefined ? (homes.data?.some(isNow) ? 'both' : 'enter') : 'leave'}
          forwards={!isProtected}
          onClose={() => {
            setMoving(false)
            setLeaving(undefined)
          }}
        />
      )}
    </Panel>
  )
}
