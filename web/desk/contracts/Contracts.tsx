// What was agreed, under the company whose hat is worn, with its status of today.
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/contracts/api.ts'
import { tellTermEnd } from '../../../chapters/contracts/endings/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import type { point } from '../../../chapters/sites/api.ts'
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
import { CustomerTabLabel } from '../customers/CustomerTab.tsx'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { TakeOut } from '../shell/TakeOut.tsx'
import { EndContract } from './EndContract.tsx'
import { TellTermEnd } from './endings/TellTermEnd.tsx'
import { texts as ofEndings } from './endings/words.ts'
import { NewContract } from './NewContract.tsx'
import { Price } from './Price.tsx'
import { texts } from './words.ts'

type Contract = z.output<typeof api.contract>

const tones = { upcoming: 'note', active: 'well', ending: 'care', ended: 'plain' } as const

const useName = (): ((contract: Contract) => string) => {
  const language = useLanguage()
  return (contract) => ({ fi: contract.name_fi, sv: contract.name_sv, en: contract.name_en })[language]
}

const Line = ({
  contract,
  onEnd,
  onTell,
  children,
}: {
  readonly contract: Contract
  readonly onEnd?: (() => void) | undefined
  /** That its fixed term ends. */
  readonly onTell?: (() => void) | undefined
  readonly children?: ReactNode
}) => {
  const w = useWords(texts)
  const e = useWords(ofEndings)
  const { day } = useFormats()
  const name = useName()
  const { from, to } = contract.during
  return (
    <li>
      <div className="line-head">
        <strong>{name(contract)}</strong>
        {onTell && contract.fixed_until !== null && contract.fixed_until > today() && (
          <Button tone="quiet" onPress={onTell}>
            {e.tell}
          </Button>
        )}
        {onEnd && (
          <Button tone="quiet" onPress={onEnd}>
            {w.end}
          </Button>
        )}
      </div>
      <p>
        <Badge tone={tones[contract.status]}>{w[contract.status]}</Badge> {w[contract.kind]}
      </p>
      <p className="quiet">
        {contract.number} · {from !== null && (to === null ? w.from(day(from)) : `${day(from)}–${day(to)}`)}
        {contract.fixed_until !== null && ` · ${w.fixedUntil(day(contract.fixed_until))}`}
        {contract.withdrawn_on !== null && ` · ${w.withdrawnOn(day(contract.withdrawn_on))}`}
        {contract.status !== 'ended' && ` · ${w.termsOf(contract.terms_version)}`}
        {contract.status !== 'ended' &&
          contract.withdrawal_until !== null &&
          contract.withdrawal_until >= today() &&
          ` · ${w.withdrawalUntil(day(contract.withdrawal_until))}`}
      </p>
      {contract.status !== 'ended' && contract.kind !== 'connection' && <Price product_id={contract.product_id} />}
      {children}
    </li>
  )
}

/** Those that run, and those that are over folded away. */
const Lines = <C extends Contract>({
  contracts,
  children,
}: {
  readonly contracts: readonly C[]
  readonly children?: (contract: C) => ReactNode
}) => {
  const w = useWords(texts)
  const name = useName()
  const may = useMay()
  const [ending, setEnding] = useState<C>()
  const [telling, setTelling] = useState<C>()
  const ended = contracts.filter(({ status }) => status === 'ended')
  const running = contracts.filter(({ status }) => status !== 'ended')
  return (
    <>
      {running.length === 0 && <p className="quiet">{w.none}</p>}
      <ul className="lines">
        {running.map((each) => (
          <Line
            key={each.id}
            contract={each}
            onEnd={may(api.endContract) ? () => setEnding(each) : undefined}
            onTell={may(tellTermEnd) ? () => setTelling(each) : undefined}
          >
            {children?.(each)}
          </Line>
        ))}
      </ul>
      <Earlier rows={ended} label={w.before}>
        {(each) => (
          <Line key={each.id} contract={each}>
            {children?.(each)}
          </Line>
        )}
      </Earlier>
      {telling && <TellTermEnd contract={telling} name={name(telling)} onClose={() => setTelling(undefined)} />}
      {ending && <EndContract contract={ending} name={name(ending)} onClose={() => setEnding(undefined)} />}
    </>
  )
}

export const Contracts = ({
  customer_id,
  isProtected,
}: {
  readonly customer_id: CustomerId
  readonly isProtected: boolean
}) => {
  const w = useWords(texts)
  const may = useMay()
  const [making, setMaking] = useState(false)
  // Of a protected person it is made where their home is open.
  const makes = may(api.makeContract) && !isProtected
  useCommands(
    makes
      ? [
          {
            id: 'contract.new',
            label: w.newContract,
            group: w.contracts,
            icon: 'contracts',
            keys: 'S',
            run: () => setMaking(true),
          },
        ]
      : [],
  )
  return (
    <Panel
      title={w.contracts}
      actions={
        <>
          {makes && (
            <Button icon="plus" onPress={() => setMaking(true)}>
              {w.newContract}
            </Button>
          )}
          <TakeOut of={api.contractsOfCustomer} asked={{ params: { customer_id } }} />
        </>
      }
    >
      <Answer of={useAsk(api.contractsOfCustomer, { params: { customer_id } })}>
        {/* Who is both holder and payer has two rows of one contract. */}
        {(rows) => <Lines contracts={[...new Map(rows.map((row) => [row.id, row])).values()]} />}
      </Answer>
      {making && <NewContract customer_id={customer_id} onClose={() => setMaking(false)} />}
    </Panel>
  )
}

/** What is agreed at a site, and which of its points nobody pays for. */
export const SiteContracts = ({
  site_id,
  points,
}: {
  readonly site_id: number
  readonly points: readonly z.output<typeof point>[]
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  return (
    <Panel title={w.contracts} actions={<TakeOut of={api.contractsOfSite} asked={{ params: { site_id } }} />}>
      <Answer of={useAsk(api.contractsOfSite, { params: { site_id } })}>
        {(rows) => {
          // One row for each party.
          const contracts = [...new Map(rows.map((row) => [row.id, row])).values()]
          const runs = new Set(
            contracts.filter(({ status }) => ['active', 'ending'].includes(status)).map(({ point_id }) => point_id),
          )
          const open = points
            .filter(({ id, status }) => status === 'connected' && !runs.has(id))
            .map(({ id, code }) => {
              const here = contracts.filter(({ point_id }) => point_id === id)
              const since = here.flatMap(({ status, during: { to } }) =>
                status === 'ended' && to !== null ? [to] : [],
              )
              const next = here.flatMap(({ status, during }) =>
                status === 'upcoming' && during.from ? [during.from] : [],
              )
              return { id, code, since: since.toSorted().at(-1), next: next.toSorted()[0] }
            })
          return (
            <>
              {open.map(({ id, code, since, next }) => (
                <p key={id}>
                  <Badge tone="care">{w.open}</Badge> {code}{' '}
                  <span className="quiet">
                    {[since && w.from(day(since)), next && w.nextFrom(day(next))].filter(Boolean).join(' · ')}
                  </span>
                </p>
              ))}
              <Lines contracts={contracts}>
                {({ id }) => (
                  <p>
                    {rows
                      .filter((row) => row.id === id)
                      .map(({ customer_id, role, part, during }) => (
                        <span key={`${customer_id} ${role}`}>
                          {w[role]}:{' '}
                          <Link to={paths.customer({ customer: String(customer_id) })}>
                            <CustomerTabLabel id={String(customer_id)} />
                          </Link>{' '}
                          {part.to !== null && part.to !== during.to && `(${w.until(day(part.to))}) `}
                        </span>
                      ))}
                  </p>
                )}
              </Lines>
            </>
          )
        }}
      </Answer>
    </Panel>
  )
}
