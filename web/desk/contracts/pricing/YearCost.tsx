// What a typical year would have cost by a product, line by line.
import { useState } from 'react'
import * as api from '../../../../chapters/contracts/pricing/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { Banner } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Panel } from '../../../kit/Panel.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import { useAmount } from './amounts.tsx'
import { texts } from './words.ts'
import './YearCost.css'

type Opened = Output<typeof api.openProduct>
type Cost = Output<typeof api.yearCost>
type Asking = {
  readonly kwh: string
  readonly profile: (typeof api.profiles)[number]
  readonly size: string
  readonly kilowatts: string
  readonly from: string | undefined
}

const lacks = { price: 'lacksPrice', rate: 'lacksRate', spot: 'lacksSpot' } as const

const Lines = ({ cost }: { readonly cost: Cost }) => {
  const w = useWords(texts)
  const { day, number, euros } = useFormats()
  const amount = useAmount()
  const quantityOf = ({ unit, quantity }: Cost['lines'][number]): string =>
    unit === 'month'
      ? w.days(number(quantity))
      : unit === 'kW-month'
        ? `${number(quantity / 1000, 2)} kW`
        : unit === 'm3h-month'
          ? `${number(quantity / 1000, 2)} m³/h`
          : `${number(quantity / 1000)} kWh`
  return (
    <>
      {cost.lacking.length > 0 && (
        <Banner consequence="care" title={w.lacksTitle}>
          {cost.lacking.map(({ of, days }) => w[lacks[of]](number(days))).join(' ')}
        </Banner>
      )}
      <p className="year-total">
        <strong>{euros(cost.gross)}</strong> {day(cost.from)}–{day(cost.to)}
        {cost.wh > 0 && `, ${w.average(number((cost.gross * 1000) / cost.wh, 2))}`}
      </p>
      <Table
        label={w.yearRows}
        rows={cost.lines}
        keyOf={({ component, from, price, vat }) => `${component} ${from} ${price} ${vat}`}
        columns={[
          { id: 'component', label: w.component, cell: ({ component }) => w[component as 'energy'] },
          { id: 'period', label: w.period, cell: ({ from, to }) => `${day(from)}–${day(to)}` },
          { id: 'quantity', label: w.quantity, align: 'end', cell: quantityOf },
          {
            id: 'price',
            label: w.price,
            align: 'end',
            cell: ({ price, unit }) => (price === null ? '' : amount(price, unit)),
          },
          { id: 'net', label: w.net, align: 'end', cell: ({ net }) => euros(net) },
          { id: 'gross', label: w.gross, align: 'end', cell: ({ gross }) => euros(gross) },
        ]}
      />
    </>
  )
}

export const YearCost = ({ product }: { readonly product: Opened }) => {
  const w = useWords(texts)
  const sizes = [...new Set(product.versions.map(({ size }) => size))].filter((size) => size !== '').toSorted()
  const [form, setForm] = useState<Asking>({
    kwh: product.energy === 'electricity' ? '5000' : '20000',
    profile: 'household',
    size: sizes.includes('3x25A') ? '3x25A' : (sizes[0] ?? ''),
    kilowatts: '10',
    from: undefined,
  })
  const [asked, setAsked] = useState(form)
  const contracted = Math.round(Number(asked.kilowatts.replace(',', '.')) * 1000)
  const cost = useAsk(api.yearCost, {
    params: { product_id: product.id },
    query: {
      kwh: Number(asked.kwh),
      profile: asked.profile,
      size: asked.size,
      contracted: product.components.includes('capacity') ? contracted : 0,
      ...(asked.from !== undefined && { from: asked.from }),
    },
  })
  const sound = /^[1-9]\d{0,8}$/.test(form.kwh.trim()) && /^\d{1,6}([.,]\d{1,3})?$/.test(form.kilowatts.trim())
  return (
    <Panel title={w.year}>
      <p className="quiet">{w.yearLead}</p>
      <form
        className="year-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (sound) setAsked({ ...form, kwh: form.kwh.trim(), kilowatts: form.kilowatts.trim() })
        }}
      >
        <TextField label={w.kwh} value={form.kwh} inputMode="numeric" onChange={(kwh) => setForm({ ...form, kwh })} />
        <SelectField
          label={w.profile}
          value={form.profile}
          options={api.profiles.map((id) => ({ id, label: w[id] }))}
          onChange={(id) => setForm({ ...form, profile: api.profiles.find((each) => each === id) ?? 'household' })}
        />
        {sizes.length > 0 && (
          <SelectField
            label={w.size}
            value={form.size}
            options={sizes.map((id) => ({ id, label: id }))}
            onChange={(size) => setForm({ ...form, size })}
          />
        )}
        {product.components.includes('capacity') && (
          <TextField
            label={w.kilowatts}
            value={form.kilowatts}
            inputMode="decimal"
            onChange={(kilowatts) => setForm({ ...form, kilowatts })}
          />
        )}
        <DayField
          label={w.first}
          hint={w.firstHint}
          value={form.from}
          onChange={(from) => setForm({ ...form, from })}
        />
        <Button type="submit" disabled={!sound}>
          {w.reckon}
        </Button>
      </form>
      <Answer of={cost} lines={6}>
        {(found) => <Lines cost={found} />}
      </Answer>
    </Panel>
  )
}
