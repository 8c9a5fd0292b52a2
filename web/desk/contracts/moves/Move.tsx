// A move as one process: out of a home, into another, or both, with what becomes of each contract; then where the post goes.
import { useRef, useState } from 'react'
import { contractsOfCustomer, contractsOfSite, products as listProducts } from '../../../../chapters/contracts/api.ts'
import * as api from '../../../../chapters/contracts/moves/api.ts'
import { addAddress, changeAddress } from '../../../../chapters/customers/addresses/api.ts'
import * as card from '../../../../chapters/customers/api.ts'
import { events } from '../../../../chapters/contacts/events/api.ts'
import * as sites from '../../../../chapters/sites/api.ts'
import { useAsk, useChange, useFresh } from '../../../kit/ask.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { Button } from '../../../kit/Button.tsx'
import { Refusal } from '../../../kit/client.ts'
import { monthsAfter, today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useFaults } from '../../../kit/refusals.ts'
import { Segments } from '../../../kit/Segments.tsx'
import { type Toast, useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { AddAddress, ChangeAddress } from '../../customers/addresses/AddressDialog.tsx'
import { emptyAddress } from '../../customers/addresses/AddressFields.tsx'
import { CustomerPick, type PickedCustomer } from '../../customers/CustomerPick.tsx'
import { useMay } from '../../shell/session.ts'
import { streetOf } from '../../sites/address.ts'
import { type PickedSite, SitePick } from '../../sites/SitePick.tsx'
import { texts as siteTexts } from '../../sites/words.ts'
import { texts as contractTexts } from '../words.ts'
import { Effects, Refusals, useNameOf } from './Effects.tsx'
import { texts } from './words.ts'

type Mode = 'both' | 'enter' | 'leave'
type Fate = (typeof api.fates)[number]
type Drawn = Awaited<ReturnType<typeof useAsk<typeof api.previewMove>>>['data']
export type Left = { readonly id: number; readonly customer_id: card.CustomerId; readonly label: string }

type Given = {
  /** Who moves, if it is known. */
  readonly customer_id?: card.CustomerId | undefined
  /** Where they live, as far as it may be left. */
  readonly stays?: readonly Left[]
  /** The home that is entered, if it is known. */
  readonly site_id?: number | undefined
  /** Who lives there, where the home is protected. */
  readonly lives_with?: card.CustomerId | undefined
  readonly begins: Mode
  readonly onClose: () => void
}
/** Where the post goes from the day on, as far as it is known. */
type Forward = {
  readonly customer_id: card.CustomerId
  readonly from: string
  readonly street: string
  readonly postcode: string
  /** That the move is done, and its undoing. */
  readonly toast: Toast
}

/** What is on screen of who lives where and has what. */
const stale = [
  sites.sitesOfCustomer,
  sites.protectedSites,
  sites.openSite,
  contractsOfCustomer,
  contractsOfSite,
  events,
  api.previewMove,
]
const ways = api.makeMove.takes.body.shape.agreed_how.unwrap().options

const useMoving = ({ customer_id, stays = [], site_id, lives_with, begins }: Given) => {
  const [mode, setMode] = useState<Mode>(begins)
  const [stay_id, setStay] = useState(stays[0]?.id)
  const [customer, setCustomer] = useState<PickedCustomer>()
  const [site, setSite] = useState<PickedSite>()
  const [role, setRole] = useState<(typeof sites.occupancyRoles)[number]>('holder')
  const [leaves, setLeaves] = useState<string | undefined>(today())
  const [ends, setEnds] = useState<string>()
  const [own, setEnters] = useState<string | undefined>()
  const [touched, setTouched] = useState(false)
  const [starts, setStarts] = useState<string>()
  const [fates, setFates] = useState<Readonly<Record<number, Fate>>>({})
  const [made, setMade] = useState<Readonly<Record<number, number>>>({})
  const [terms, setTerms] = useState('')
  const [how, setHow] = useState<(typeof ways)[number]>('call')
  const [apart, setApart] = useState(false)
  // Until it is said otherwise, one comes on the day on which one goes.
  const enters = touched ? own : mode === 'both' ? leaves : today()
  return {
    mode,
    setMode,
    stay: stays.find(({ id }) => id === stay_id),
    setStay,
    customer,
    setCustomer,
    who: customer_id ?? customer?.customer_id,
    site,
    setSite,
    where: site_id ?? site?.site_id,
    role,
    setRole,
    leaves,
    setLeaves,
    ends,
    setEnds,
    enters,
    setEnters: (next: string | undefined) => {
      setTouched(true)
      setEnters(next)
    },
    starts,
    setStarts,
    fates,
    setFates,
    made,
    setMade,
    terms,
    setTerms,
    how,
    setHow,
    apart,
    setApart,
    lives_with,
  }
}
type Moving = ReturnType<typeof useMoving>

type Products = { readonly id: number; readonly term_months: number | null }[]

/** What is asked of the register, once it is whole. */
const planOf = (m: Moving, products: Products) => {
  const leaving = m.mode !== 'enter'
  const entering = m.mode !== 'leave'
  if (m.who === undefined) return undefined
  if (leaving && (m.stay === undefined || m.leaves === undefined)) return undefined
  if (entering && (m.where === undefined || m.enters === undefined)) return undefined
  const from = m.starts ?? m.enters ?? ''
  const made = Object.entries(m.made).map(([point_id, product_id]) => {
    const months = products.find(({ id }) => id === product_id)?.term_months ?? null
    return { point_id: Number(point_id), product_id, fixed_until: months === null ? null : monthsAfter(from, months) }
  })
  return {
    leave:
      leaving && m.stay !== undefined && m.leaves !== undefined
        ? {
            occupancy_id: m.stay.id,
            day: m.leaves,
            contracts_end: m.ends ?? null,
            fates: Object.entries(m.fates).map(([contract_id, fate]) => ({ contract_id: Number(contract_id), fate })),
          }
        : null,
    enter:
      entering && m.where !== undefined && m.enters !== undefined
        ? {
            site_id: m.where,
            role: m.role,
            day: m.enters,
            lives_with: m.lives_with ?? null,
            contracts_begin: m.starts ?? null,
            made,
          }
        : null,
    terms_version: m.terms.trim() === '' ? null : m.terms.trim(),
    agreed_how: m.how,
  }
}

/** What becomes of the contracts at the home that is left. */
const Old = ({ m, contracts }: { readonly m: Moving; readonly contracts: NonNullable<Drawn>['contracts'] }) => {
  const w = useWords(texts)
  const nameOf = useNameOf()
  const open = contracts.filter(({ choices }) => choices.length > 0)
  if (open.length === 0) return null
  return (
    <>
      {open.map((row) => (
        <SelectField
          key={row.id}
          label={w.fateOf(nameOf(row))}
          hint={row.number}
          value={row.fate}
          options={row.choices.map((id) => ({ id, label: w[id] }))}
          onChange={(chosen) => {
            const fate = row.choices.find((each) => each === chosen)
            if (fate !== undefined) m.setFates({ ...m.fates, [row.id]: fate })
          }}
        />
      ))}
      {m.ends !== undefined || m.apart ? (
        <DayField
          label={w.contractsEnd}
          hint={w.sameDay}
          value={m.ends}
          onChange={(next) => {
            m.setApart(true)
            m.setEnds(next)
          }}
        />
      ) : null}
    </>
  )
}

/** A contract for each point that has none. */
const New = ({ m, drawn }: { readonly m: Moving; readonly drawn: NonNullable<Drawn> }) => {
  const w = useWords(texts)
  const c = useWords(contractTexts)
  const s = useWords(siteTexts)
  const nameOf = useNameOf()
  const products = useAsk(listProducts, {}, { because: null })
  const points = drawn.enter?.points ?? []
  const follows = new Set(drawn.begins.flatMap(({ follows: from, point_id }) => (from === null ? [] : [point_id])))
  const open = points.filter(({ id, served }) => !served && !follows.has(id))
  const from = m.starts ?? m.enters ?? ''
  if (points.length === 0) return null
  return (
    <>
      {points
        .filter(({ served }) => served)
        .map(({ id, energy, code }) => (
          <p key={id} className="quiet">
            {s[energy]} {w.served(code)}
          </p>
        ))}
      {open.map(({ id, energy, code }) => {
        const onSale = (products.data ?? []).filter(
          (each) =>
            each.energy === energy &&
            each.kind !== 'connection' &&
            (each.on_sale.from === null || each.on_sale.from <= from) &&
            (each.on_sale.to === null || each.on_sale.to > from),
        )
        return (
          <SelectField
            key={id}
            label={`${s[energy]} ${code}`}
            value={String(m.made[id] ?? 0)}
            options={[
              { id: '0', label: w.noContract },
              ...onSale.map((each) => ({ id: String(each.id), label: nameOf(each), hint: c[each.kind] })),
            ]}
            onChange={(chosen) => {
              const { [id]: _, ...others } = m.made
              m.setMade(chosen === '0' ? others : { ...others, [id]: Number(chosen) })
            }}
          />
        )
      })}
      {drawn.begins.length + Object.keys(m.made).length > 0 && (
        <div className="field-row">
          {(m.starts !== undefined || m.apart) && (
            <DayField
              label={w.contractsBegin}
              hint={w.sameDay}
              value={m.starts}
              onChange={(next) => {
                m.setApart(true)
                m.setStarts(next)
              }}
            />
          )}
          {Object.keys(m.made).length > 0 && (
            <TextField label={c.terms} value={m.terms} onChange={m.setTerms} maxLength={60} required />
          )}
          <SelectField
            label={c.how}
            value={m.how}
            options={ways.map((id) => ({ id, label: c[id] }))}
            onChange={(id) => m.setHow(ways.find((each) => each === id) ?? 'call')}
          />
        </div>
      )}
    </>
  )
}

const Form = (given: Given & { readonly onDone: (forward: Forward) => void }) => {
  const { customer_id, stays = [], site_id, onClose, onDone } = given
  const w = useWords(texts)
  const s = useWords(siteTexts)
  const language = useLanguage()
  const faultAt = useFaults()
  const fresh = useFresh()
  const m = useMoving(given)
  const move = useChange(api.makeMove, { stale })
  const undo = useChange(api.undoMove, { stale })
  const products = useAsk(listProducts, {}, { because: null })
  const body = planOf(m, products.data ?? [])
  const asked = { params: { customer_id: m.who ?? (0 as card.CustomerId) }, body: body ?? {} }
  const seen = useAsk(api.previewMove, asked, { when: body !== undefined, keep: true })
  const drawn = body === undefined ? undefined : seen.data
  const settled = drawn !== undefined && !seen.isPlaceholderData && seen.error === null
  const take = ({ path }: { readonly path: string }, earliest: string): void => {
    const [, side, field] = path.split('.')
    if (side === 'leave') (field === 'day' ? m.setLeaves : m.setEnds)(earliest)
    else (field === 'day' ? m.setEnters : m.setStarts)(earliest)
  }
  const titles = { both: w.move, enter: s.moveIn, leave: m.stay === undefined ? s.moveOut : s.moveOutOf(m.stay.label) }
  return (
    <FormDialog
      title={titles[m.mode]}
      act={w.act}
      size="large"
      ready={settled && drawn.refusals.length === 0}
      onClose={onClose}
      onAct={async () => {
        if (body === undefined || drawn === undefined || m.who === undefined) return
        const params = { customer_id: m.who }
        try {
          const done = await move.mutateAsync({ params, body: { ...body, seen: drawn.seen } })
          const to = drawn.enter?.site
          onDone({
            customer_id: m.who,
            from: body.enter?.day ?? body.leave?.day ?? today(),
            street: to ? streetOf(to, language) : '',
            postcode: to ? to.postcode : '',
            toast: {
              text: m.mode === 'leave' ? w.left : w.done,
              undo: () => undo.mutateAsync({ params, body: done.undo }),
            },
          })
        } catch (error) {
          // What it does now is shown beside the reason.
          if (error instanceof Refusal && error.problem.code === 'move.changed') await fresh(api.previewMove, asked)
          throw error
        }
      }}
    >
      {(refused) => (
        <>
          {stays.length > 0 && site_id === undefined && (
            <Segments
              label={w.what}
              options={[
                { id: 'both', label: w.both },
                { id: 'enter', label: s.moveIn },
                { id: 'leave', label: s.moveOut },
              ]}
              chosen={m.mode}
              onChoose={(id) => m.setMode((['both', 'enter', 'leave'] as const).find((each) => each === id) ?? 'both')}
            />
          )}
          {m.mode !== 'enter' && (
            <div className="field-row">
              {stays.length > 1 && (
                <SelectField
                  label={w.from}
                  value={m.stay === undefined ? undefined : String(m.stay.id)}
                  options={stays.map(({ id, label }) => ({ id: String(id), label }))}
                  onChange={(id) => m.setStay(Number(id))}
                  required
                />
              )}
              <DayField
                label={m.mode === 'leave' ? s.lastDay : w.lastDay(m.stay?.label ?? '')}
                value={m.leaves}
                onChange={m.setLeaves}
                fault={faultAt(refused, 'body.leave.day')}
                takesFocus
                required
              />
            </div>
          )}
          {m.mode !== 'leave' && (
            <>
              {site_id === undefined && (
                <SitePick value={m.site} onChange={m.setSite} fault={faultAt(refused, 'body.enter.site_id')} />
              )}
              {customer_id === undefined && (
                <CustomerPick
                  label={s.customer}
                  hint={s.customerHint}
                  value={m.customer}
                  onChange={m.setCustomer}
                  takesFocus
                  required
                />
              )}
              <div className="field-row">
                <SelectField
                  label={s.role}
                  value={m.role}
                  options={sites.occupancyRoles.map((id) => ({ id, label: s[id] }))}
                  onChange={(id) => m.setRole(sites.occupancyRoles.find((each) => each === id) ?? 'holder')}
                />
                <DayField
                  label={m.mode === 'both' ? w.firstDayThere : w.firstDay}
                  value={m.enters}
                  onChange={m.setEnters}
                  fault={faultAt(refused, 'body.enter.day')}
                  required
                />
              </div>
            </>
          )}
          {drawn !== undefined && m.mode !== 'enter' && <Old m={m} contracts={drawn.contracts} />}
          {drawn !== undefined && m.mode !== 'leave' && <New m={m} drawn={drawn} />}
          {drawn !== undefined && !m.apart && drawn.contracts.length + drawn.begins.length > 0 && (
            <p>
              <Button tone="quiet" icon="plus" onPress={() => m.setApart(true)}>
                {w.apart}
              </Button>
            </p>
          )}
          {body !== undefined && (
            <Answer of={seen} lines={2}>
              {(shown) => (
                <>
                  <Refusals refusals={shown.refusals} onTake={take} />
                  <Effects drawn={shown} left={body.leave?.day ?? null} entered={body.enter?.day ?? null} />
                </>
              )}
            </Answer>
          )}
        </>
      )}
    </FormDialog>
  )
}

/** The post follows: proposed is the new home, from the day of the move. */
const Forwarding = ({
  forward: { customer_id, from, street, postcode },
  onClose,
}: {
  readonly forward: Forward
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const fresh = useFresh()
  const asked = { params: { customer_id } }
  const all = useAsk(card.addresses, asked)
  const proposed = {
    draft: { ...emptyAddress, street, postcode },
    from,
    lead: w.done,
    title: w.forward,
    act: w.forwardAct,
    cancel: w.skip,
  }
  if (all.data === undefined) return null
  const now = all.data.filter(({ during }) => during.to === null)
  const home = now.find(({ kind }) => kind === 'home')
  return home === undefined ? (
    <AddAddress customer_id={customer_id} taken={now.map(({ kind }) => kind)} proposed={proposed} onClose={onClose} />
  ) : (
    <ChangeAddress
      customer_id={customer_id}
      address={home}
      proposed={proposed}
      fresh={() => fresh(card.addresses, asked)}
      onClose={onClose}
    />
  )
}

/** `forwards`: the card is open, and the post of its person may be sent after them. */
export const Move = ({ forwards = false, ...given }: Given & { readonly forwards?: boolean }) => {
  const may = useMay()
  const tell = useToast()
  const [forward, setForward] = useState<Forward>()
  const goesOn = useRef(false)
  // Its ten seconds of undoing begin when nothing stands before them any more.
  if (forward !== undefined)
    return (
      <Forwarding
        forward={forward}
        onClose={() => {
          tell(forward.toast)
          given.onClose()
        }}
      />
    )
  return (
    <Form
      {...given}
      onDone={(next) => {
        goesOn.current = forwards && may(addAddress) && may(changeAddress)
        if (goesOn.current) setForward(next)
        else tell(next.toast)
      }}
      onClose={() => {
        if (!goesOn.current) given.onClose()
      }}
    />
  )
}
