// One product: its prices of today, every version of them, what the law puts on top, and what a year by it would have cost.
import { useState } from 'react'
import * as api from '../../../../chapters/contracts/pricing/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Button } from '../../../kit/Button.tsx'
import { today } from '../../../kit/days.ts'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Facts, Panel } from '../../../kit/Panel.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At, Loading } from '../../page.ts'
import type { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { PriceToday, useAmount } from './amounts.tsx'
import { NewPrices } from './NewPrices.tsx'
import { useName, usePricing } from './ProductsPage.tsx'
import { texts } from './words.ts'
import { YearCost } from './YearCost.tsx'

type Here = typeof paths.product
type Opened = Output<typeof api.openProduct>
const asked = ({ params }: Pick<At<Here>, 'params'>) => ({ params: { product_id: Number(params.product) } })

export const title = (language: Language): string => texts[language].products
export const loader = ({ params, client }: At<Here> & Loading) =>
  client.ensureQueryData(asking(api.openProduct, asked({ params })))

const State = ({ from, to }: { readonly from: string | null; readonly to: string | null }) => {
  const w = useWords(texts)
  const now = today()
  if (to !== null && to <= now) return <Badge tone="plain">{w.past}</Badge>
  return from !== null && from > now ? <Badge tone="note">{w.coming}</Badge> : <Badge tone="well">{w.inForce}</Badge>
}

const Versions = ({ versions }: { readonly versions: Opened['versions'] }) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const amount = useAmount()
  return (
    <Table
      label={w.versionRows}
      rows={versions}
      keyOf={({ component, size, during }) => `${component} ${size} ${during.from}`}
      columns={[
        {
          id: 'component',
          label: w.component,
          cell: ({ component, size }) => `${w[component]} ${size}`,
          by: ({ component, size }) => `${w[component]} ${size}`,
        },
        {
          id: 'amount',
          label: w.amount,
          align: 'end',
          cell: (one) => amount(one.amount, one.unit),
          by: (one) => one.amount,
        },
        {
          id: 'from',
          label: w.from,
          cell: ({ during }) => (during.from === null ? '' : day(during.from)),
          by: ({ during }) => during.from ?? '',
        },
        {
          id: 'to',
          label: w.to,
          cell: ({ during }) => (during.to === null ? '' : day(during.to)),
          by: ({ during }) => during.to ?? '9',
        },
        { id: 'state', label: w.state, cell: ({ during }) => <State {...during} /> },
      ]}
    />
  )
}

const Rates = ({ rates }: { readonly rates: Opened['rates'] }) => {
  const w = useWords(texts)
  const { day, number } = useFormats()
  const amount = useAmount()
  return (
    <Table
      label={w.rateRows}
      rows={rates}
      keyOf={({ kind, class: of, during }) => `${kind} ${of} ${during.from}`}
      columns={[
        {
          id: 'kind',
          label: w.component,
          cell: ({ kind, class: of }) => `${w[kind as 'vat']}${kind === 'vat' ? '' : ` ${of}`}`,
        },
        {
          id: 'figure',
          label: w.figure,
          align: 'end',
          cell: (one) => (one.kind === 'vat' ? `${number(one.amount / 10, 1)} %` : amount(one.amount, 'kWh')),
        },
        { id: 'from', label: w.from, cell: ({ during }) => (during.from === null ? '' : day(during.from)) },
        { id: 'source', label: w.source, cell: ({ source }) => <span lang="en">{source}</span> },
        {
          id: 'verified',
          label: w.compared,
          cell: ({ verified }) => (
            <Badge tone={verified ? 'well' : 'care'}>{verified ? w.verified : w.unverified}</Badge>
          ),
        },
      ]}
    />
  )
}

const Open = ({ product }: { readonly product: Opened }) => {
  const w = useWords(texts)
  const name = useName()
  const pricing = usePricing()
  const may = useMay()
  const [setting, setSetting] = useState(false)
  return (
    <Frame
      title={name(product)}
      actions={
        may(api.setPrices) && (
          <Button icon="plus" onPress={() => setSetting(true)}>
            {w.newPrices}
          </Button>
        )
      }
    >
      <Panel title={w.today}>
        <Facts
          facts={[
            [w.code, <code key="code">{product.code}</code>],
            [w.pricing, pricing(product)],
            [w.withVat, <PriceToday key="today" prices={product.prices} />],
          ]}
        />
      </Panel>
      {product.versions.length > 0 && (
        <>
          <YearCost product={product} />
          <Panel title={w.versions} flush>
            <Versions versions={product.versions} />
          </Panel>
          <Panel title={w.rates} flush>
            <Rates rates={product.rates} />
          </Panel>
        </>
      )}
      {setting && <NewPrices product={product} onClose={() => setSetting(false)} />}
    </Frame>
  )
}

export const Page = ({ params }: At<Here>) => (
  <Answer of={useAsk(api.openProduct, asked({ params }))}>{(product) => <Open product={product} />}</Answer>
)
