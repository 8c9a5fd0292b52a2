// New prices of a product from a day on: what is typed anew; the rest goes on.
import { useState } from 'react'
import * as api from '../../../../chapters/contracts/api.ts'
import * as pricing from '../../../../chapters/contracts/pricing/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import { useChange } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { DayField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { amountOf, typedOf, useUnit } from './amounts.tsx'
import { texts } from './words.ts'

type Opened = Output<typeof pricing.openProduct>

/** The first of the month after the next day: whole months are how prices change. */
const nextMonth = (): string => {
  const [year = 0, month = 0] = today().split('-').map(Number)
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
}

const slotsOf = ({ versions, components }: Opened) => {
  const known = new Map(
    versions
      .toReversed()
      .map(({ component, size, unit, amount }) => [`${component} ${size}`, { component, size, unit, amount }]),
  )
  const bare = components
    .filter((component) => ![...known.values()].some((one) => one.component === component))
    .map((component) => ({
      component,
      size: '',
      unit:
        { monthly: 'month', effect: 'percent', demand: 'kW-month', capacity: 'kW-month' }[component as string] ?? 'kWh',
      amount: undefined,
    }))
  return [...known.values(), ...bare].toSorted(
    (a, b) => components.indexOf(a.component) - components.indexOf(b.component),
  )
}

export const NewPrices = ({ product, onClose }: { readonly product: Opened; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const unitOf = useUnit()
  const tell = useToast()
  const faultAt = useFaults()
  const set = useChange(pricing.setPrices, { stale: [pricing.openProduct, pricing.yearCost, api.products] })
  const slots = slotsOf(product)
  const [from, setFrom] = useState<string | undefined>(nextMonth())
  const [typed, setTyped] = useState<readonly string[]>(
    slots.map(({ amount, unit }) => (amount === undefined ? '' : typedOf(amount, unit))),
  )
  const read = slots.map((slot, i) => ({ ...slot, text: typed[i] ?? '', now: amountOf(typed[i] ?? '', slot.unit) }))
  const changed = read.filter(({ amount, now, text }) => text.trim() !== '' && now !== amount)
  const sound = changed.every(({ now }) => now !== undefined)
  return (
    <FormDialog
      title={w.newPrices}
      act={w.set}
      ready={from !== undefined && changed.length > 0 && sound}
      onClose={onClose}
      onAct={async () => {
        if (from === undefined) return
        const prices = changed.flatMap(({ component, size, now }) =>
          now === undefined ? [] : [{ component, size, amount: now }],
        )
        await set.mutateAsync({ params: { product_id: product.id }, body: { from, prices } })
        tell({ text: w.setDone })
      }}
    >
      {(refused) => (
        <>
          <DayField
            label={w.setFrom}
            hint={w.setHint}
            value={from}
            onChange={setFrom}
            fault={faultAt(refused, 'body.from')}
            takesFocus
            required
          />
          {read.map(({ component, size, unit, text, now }, i) => (
            <TextField
              key={`${component} ${size}`}
              label={`${w[component]}${size === '' ? '' : ` ${size}`}, ${unitOf(unit)}`}
              value={text}
              inputMode="decimal"
              fault={text.trim() !== '' && now === undefined ? w.noAmount : undefined}
              onChange={(next) => setTyped(typed.with(i, next))}
            />
          ))}
        </>
      )}
    </FormDialog>
  )
}
