// Two products side by side on what the customer really used: what a year of real days and prices would have cost by each, month by month.
import { useState } from 'react'
import type { z } from 'zod'
import * as contracts from '../../../../chapters/contracts/api.ts'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/metering/costs/api.ts'
import * as sites from '../../../../chapters/sites/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Banner } from '../../../kit/Banner.tsx'
import { ButtonLink } from '../../../kit/Button.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { DayField, SelectField } from '../../../kit/Field.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { Series } from '../../../kit/Series.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import { useName } from '../../contracts/pricing/ProductsPage.tsx'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { TakeOut } from '../../shell/TakeOut.tsx'
import { streetOf } from '../../sites/address.ts'
import { texts } from './words.ts'
import './compare.css'

type Here = At<typeof paths.comparison>
type Compared = z.output<typeof api.compareProducts.gives>
type Product = z.output<typeof contracts.product>

const idsOf = ({ params }: Pick<Here, 'params'>) => ({
  customer_id: Number(params.customer) as CustomerId,
  point_id: Number(params.point),
})

export const title = (language: Language): string => texts[language].title

export const loader = (here: Here & Loading): Promise<unknown> => {
  const { customer_id } = idsOf(here)
  return here.client.ensureQueryData(asking(sites.sitesOfCustomer, { params: { customer_id } }))
}

const Sides = ({ found }: { readonly found: Compared }) => {
  const w = useWords(texts)
  const named = useName()
  const language = useLanguage()
  const { euros, number, day } = useFormats()
  const { one, other, months } = found
  const names = [named(one), named(other)] as const
  const year = Math.round((Date.parse(found.to) - Date.parse(found.from)) / 86_400_000)
  if (found.days === 0)
    return (
      <EmptyState icon="bolt" title={w.none}>
        {w.noneHow}
      </EmptyState>
    )
  const apart = one.gross - other.gross
  const lacks = [one, other].flatMap((side, i) =>
    side.lacking.map(({ wh, days }) => w.unpriced(names[i] ?? '', number(wh / 1000), number(days))),
  )
  const monthOf = (start: string, long: boolean): string =>
    new Intl.DateTimeFormat(language, {
      month: long ? 'long' : 'short',
      year: long ? 'numeric' : '2-digit',
      timeZone: 'UTC',
    }).format(new Date(`${start}T00:00:00Z`))
  const amountOf = (side: 'one' | 'other') =>
    Float64Array.from(months, (month) => (month.days === 0 ? Number.NaN : month[side].gross / 100))
  const [firsts, seconds] = [amountOf('one'), amountOf('other')]
  const shown = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '' : number(value, 2)
  return (
    <>
      {lacks.length > 0 && (
        <Banner consequence="care" title={w.lacking}>
          {lacks.join(' ')}
        </Banner>
      )}
      <dl className="compared">
        {[one, other].map((side, i) => (
          <div key={side.product_id}>
            <dt>{names[i]}</dt>
            <dd>{euros(side.gross)}</dd>
          </div>
        ))}
      </dl>
      <p>
        {day(found.from)}–{day(found.to)}. {w.whole(number(found.days), number(found.wh / 1000))}.{' '}
        {found.days < year && w.fewer(number(found.days))}{' '}
        {lacks.length === 0 && (
          <strong>{apart === 0 ? w.same : w.dearer(apart > 0 ? names[0] : names[1], euros(Math.abs(apart)))}</strong>
        )}
      </p>
      <Series
        label={w.picture(...names)}
        values={firsts}
        former={seconds}
        ticks={[{ at: months.map((_, i) => i), label: (i) => monthOf(months[i]?.start ?? '', false) }]}
        write={(value) => number(value, 0)}
        leap={3}
        say={(i) =>
          `${monthOf(months[i]?.start ?? '', true)}: ${
            Number.isNaN(firsts[i])
              ? w.unknown
              : `${w.euros(names[0])} ${shown(firsts[i])}, ${w.euros(names[1])} ${shown(seconds[i])}`
          }`
        }
        legend={{ now: w.euros(names[0]), former: w.euros(names[1]) }}
      />
      <p className="quiet">{w.note}</p>
      <Table
        label={w.months}
        rows={months}
        keyOf={({ start }) => start}
        columns={[
          { id: 'month', label: w.month, cell: ({ start }) => monthOf(start, true) },
          {
            id: 'kwh',
            label: w.kwh,
            align: 'end',
            cell: ({ days, wh }) => (days === 0 ? w.unknown : number(wh / 1000)),
          },
          { id: 'one', label: w.euros(names[0]), align: 'end', cell: (m) => (m.days === 0 ? '' : euros(m.one.gross)) },
          {
            id: 'other',
            label: w.euros(names[1]),
            align: 'end',
            cell: (m) => (m.days === 0 ? '' : euros(m.other.gross)),
          },
          {
            id: 'difference',
            label: w.difference,
            align: 'end',
            cell: (m) => (m.days === 0 ? '' : euros(m.one.gross - m.other.gross)),
          },
        ]}
      />
    </>
  )
}

const Compare = ({
  here,
  products,
  agreed,
}: {
  readonly here: Here
  readonly products: readonly Product[]
  readonly agreed: number | undefined
}) => {
  const w = useWords(texts)
  const named = useName()
  const { go } = useNavigation()
  const ids = idsOf(here)
  const [from, setFrom] = useState<string>()
  const chosen = (asked: string | undefined, usual: Product | undefined): Product | undefined =>
    products.find(({ id }) => String(id) === asked) ?? usual
  const one = chosen(here.query['one'], products.find(({ id }) => id === agreed) ?? products[0])
  const other = chosen(
    here.query['other'],
    products.find(({ id, kind }) => id !== one?.id && kind === one?.kind),
  )
  const found = useAsk(
    api.compareProducts,
    {
      params: ids,
      query: {
        one: one?.id ?? 1,
        other: other?.id ?? 1,
        ...(from !== undefined && { from: `${from.slice(0, 7)}-01` }),
      },
    },
    { when: one !== undefined && other !== undefined },
  )
  if (one === undefined || other === undefined)
    return (
      <EmptyState icon="contracts" title={w.noProducts}>
        {w.noProductsHow}
      </EmptyState>
    )
  const to = (change: object): string =>
    paths.comparison(
      { customer: here.params.customer, point: here.params.point },
      { one: String(one.id), other: String(other.id), ...change },
    )
  // What is sold is compared with what is sold, and the network with the network.
  const options = products
    .filter(({ kind }) => kind === one.kind)
    .map((each) => ({ id: String(each.id), label: named(each) }))
  const all = products.map((each) => ({ id: String(each.id), label: named(each) }))
  return (
    <Panel
      title={w.title}
      actions={
        <TakeOut of={api.compareProducts} asked={{ params: ids, query: { one: one.id, other: other.id } }} keys="D" />
      }
    >
      <p className="quiet">{w.lead}</p>
      <div className="compare-form">
        <SelectField
          label={w.one}
          value={String(one.id)}
          options={all}
          onChange={(id) => go(to({ one: id, other: undefined }))}
        />
        <SelectField
          label={w.other}
          value={String(other.id)}
          options={options}
          onChange={(id) => go(to({ other: id }))}
        />
        <DayField label={w.first} hint={w.firstHint} value={from} onChange={setFrom} />
      </div>
      <Answer of={found} lines={8}>
        {(compared) => <Sides found={compared} />}
      </Answer>
    </Panel>
  )
}

export const Page = (here: Here) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { customer_id, point_id } = idsOf(here)
  const products = useAsk(contracts.products, {}, { because: null })
  const agreed = useAsk(contracts.contractsOfCustomer, { params: { customer_id } })
  return (
    <Answer of={useAsk(sites.sitesOfCustomer, { params: { customer_id } })}>
      {(homes) => {
        const home = homes.find(({ points }) => points.some(({ id }) => id === point_id))
        const point = home?.points.find(({ id }) => id === point_id)
        return (
          <Frame
            title={w.title}
            lead={home && `${streetOf(home.site, language)} · ${point?.code}`}
            actions={
              <ButtonLink to={paths.consumption({ customer: here.params.customer, point: here.params.point })}>
                {w.back}
              </ButtonLink>
            }
          >
            <Answer of={products} lines={8}>
              {(all) => (
                <Answer of={agreed} lines={8}>
                  {(rows) => (
                    <Compare
                      here={here}
                      products={all.filter(
                        ({ energy, pricing }) => pricing !== 'connection' && energy === (point?.energy ?? energy),
                      )}
                      agreed={rows.find((row) => row.point_id === point_id && row.kind !== 'connection')?.product_id}
                    />
                  )}
                </Answer>
              )}
            </Answer>
          </Frame>
        )
      }}
    </Answer>
  )
}
