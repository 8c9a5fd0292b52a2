// A new offer: where, what, from when; the products side by side by what a year would cost on the customer's own consumption.
import { useState } from 'react'
import * as contracts from '../../../../chapters/contracts/api.ts'
import * as api from '../../../../chapters/contracts/offers/api.ts'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import { sitesOfCustomer } from '../../../../chapters/sites/api.ts'
import { languages } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk, useChange } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useLanguage } from '../../../kit/preferences.ts'
import { useFaults } from '../../../kit/refusals.ts'
import { useSettled } from '../../../kit/settled.ts'
import { Table } from '../../../kit/Table.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { placeOf, streetOf } from '../../sites/address.ts'
import { PriceToday } from '../pricing/amounts.tsx'
import { useName } from '../pricing/ProductsPage.tsx'
import { texts as ofContracts } from '../words.ts'
import { texts } from './words.ts'

const inDays = (days: number): string =>
  new Date(Date.parse(`${today()}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The one that there is, if there is one alone. */
const only = <T,>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined)

/** Null: nothing is typed; undefined: no number that can be reckoned with. */
const kwhOf = (typed: string): number | null | undefined => {
  const text = typed.trim()
  if (text === '') return null
  return /^[1-9]\d{0,7}$/.test(text) ? Number(text) : undefined
}

const Comparison = ({
  asked,
  name,
}: {
  readonly asked: Parameters<typeof useAsk<typeof api.costOfProduct>>[1]
  readonly name: (id: number) => string
}) => {
  const w = useWords(texts)
  const { euros } = useFormats()
  return (
    <Answer of={useAsk(api.costOfProduct, asked)}>
      {(rows) => (
        <>
          <h3>{w.compare}</h3>
          <Table
            label={w.compareRows}
            rows={rows}
            keyOf={({ product_id }) => String(product_id)}
            columns={[
              { id: 'product', label: w.product, cell: ({ product_id }) => name(product_id) },
              { id: 'price', label: w.price, cell: ({ prices }) => <PriceToday prices={prices} /> },
              {
                id: 'year',
                label: w.year,
                align: 'end',
                cell: ({ year_cost }) => (year_cost === null ? w.noCost : euros(year_cost.gross)),
                by: ({ year_cost }) => year_cost?.gross ?? Number.MAX_SAFE_INTEGER,
              },
            ]}
          />
          {rows.map(({ year_cost }) => year_cost?.basis).find(Boolean) !== undefined && (
            <p className="quiet">
              {w.basis}: {w[rows.map(({ year_cost }) => year_cost?.basis).find((each) => each !== undefined) ?? 'told']}
            </p>
          )}
        </>
      )}
    </Answer>
  )
}

export const NewOffer = ({
  customer_id,
  onClose,
  onMade,
}: {
  readonly customer_id: CustomerId
  readonly onClose: () => void
  readonly onMade: (offer: number) => void
}) => {
  const w = useWords(texts)
  const c = useWords(ofContracts)
  const language = useLanguage()
  const nameOf = useName()
  const tell = useToast()
  const faultAt = useFaults()
  const draft = useChange(api.draftOffer, { stale: [api.offersOfCustomer] })
  const products = useAsk(contracts.products, {})
  const stays = useAsk(sitesOfCustomer, { params: { customer_id } })
  const [product_id, setProduct] = useState<number>()
  const [site_id, setSite] = useState<number>()
  const [point_id, setPoint] = useState<number>()
  const [starts_on, setStart] = useState<string | undefined>(inDays(21))
  const [valid_until, setValid] = useState<string | undefined>(inDays(14))
  const [fixed_until, setFixed] = useState<string>()
  const [after_term, setAfter] = useState<(typeof api.afterTerms)[number]>('continues')
  const [channel, setChannel] = useState<(typeof api.channels)[number]>('call')
  const [spoken, setSpoken] = useState<'' | (typeof languages)[number]>('')
  const [buyer, setBuyer] = useState<'' | 'consumer' | 'business'>('')
  const [terms, setTerms] = useState('')
  const [typed, setTyped] = useState('')
  const kwh = kwhOf(typed)
  const reckoned = kwhOf(useSettled(typed))

  const homes = [
    ...new Map(
      (stays.data ?? []).filter(({ during }) => during.to === null).map((stay) => [stay.site_id, stay]),
    ).values(),
  ]
  const home = homes.find((each) => each.site_id === site_id) ?? only(homes)
  const points = home?.points ?? []
  const point = points.find(({ id }) => id === point_id) ?? only(points)
  const fits = (products.data ?? []).filter(
    ({ on_sale, energy, kind }) =>
      kind !== 'connection' &&
      (point === undefined || energy === point.energy) &&
      (starts_on === undefined ||
        ((on_sale.from === null || on_sale.from <= starts_on) && (on_sale.to === null || on_sale.to > starts_on))),
  )
  const product = fits.find(({ id }) => id === product_id)
  return (
    <FormDialog
      title={w.newOffer}
      act={w.make}
      size="large"
      ready={
        product !== undefined &&
        home !== undefined &&
        point !== undefined &&
        starts_on !== undefined &&
        valid_until !== undefined &&
        terms.trim() !== '' &&
        kwh !== undefined
      }
      onClose={onClose}
      onAct={async () => {
        if (!product || !home || !point || !starts_on || !valid_until || kwh === undefined) return
        const made = await draft.mutateAsync({
          params: { customer_id },
          body: {
            product_id: product.id,
            site_id: home.site_id,
            point_id: point.id,
            starts_on,
            valid_until,
            fixed_until: fixed_until ?? null,
            after_term: fixed_until === undefined ? null : after_term,
            channel,
            language: spoken === '' ? null : spoken,
            consumer: buyer === '' ? null : buyer === 'consumer',
            terms_version: terms.trim(),
            kwh,
          },
        })
        tell({ text: w.made })
        onMade(made.id)
      }}
    >
      {(refused) => (
        <>
          <div className="field-row">
            <SelectField
              label={c.site}
              value={home === undefined ? undefined : String(home.site_id)}
              options={homes.map(({ site }) => ({
                id: String(site.id),
                label: streetOf(site, language),
                hint: placeOf(site, language),
              }))}
              onChange={(id) => setSite(Number(id))}
              fault={faultAt(refused, 'body.site_id')}
              hint={stays.data !== undefined && homes.length === 0 ? c.noSite : undefined}
              takesFocus
              required
            />
            <SelectField
              label={c.point}
              value={point === undefined ? undefined : String(point.id)}
              options={points.map(({ id, code }) => ({ id: String(id), label: code }))}
              onChange={(id) => setPoint(Number(id))}
              fault={faultAt(refused, 'body.point_id')}
              required
            />
          </div>
          <div className="field-row">
            <SelectField
              label={w.product}
              value={product === undefined ? undefined : String(product.id)}
              options={fits.map((each) => ({ id: String(each.id), label: nameOf(each), hint: c[each.kind] }))}
              onChange={(id) => setProduct(Number(id))}
              fault={faultAt(refused, 'body.product_id')}
              required
            />
            <TextField
              label={w.kwh}
              hint={w.kwhHint}
              value={typed}
              onChange={setTyped}
              inputMode="numeric"
              fault={kwh === undefined ? w.badKwh : undefined}
            />
          </div>
          {home !== undefined && point !== undefined && starts_on !== undefined && fits.length > 0 && (
            <Comparison
              asked={{
                params: { customer_id },
                body: {
                  site_id: home.site_id,
                  point_id: point.id,
                  starts_on,
                  product_ids: fits.slice(0, 20).map(({ id }) => id),
                  kwh: reckoned ?? null,
                },
              }}
              name={(id) => {
                const found = fits.find((each) => each.id === id)
                return found === undefined ? '' : nameOf(found)
              }}
            />
          )}
          <div className="field-row">
            <DayField
              label={w.startsOn}
              value={starts_on}
              onChange={setStart}
              fault={faultAt(refused, 'body.starts_on')}
              required
            />
            <DayField
              label={w.valid}
              value={valid_until}
              onChange={setValid}
              fault={faultAt(refused, 'body.valid_until')}
              required
            />
          </div>
          <div className="field-row">
            <DayField
              label={c.fixed}
              hint={c.fixedHint}
              value={fixed_until}
              onChange={setFixed}
              fault={faultAt(refused, 'body.fixed_until')}
            />
            {fixed_until !== undefined && (
              <SelectField
                label={w.afterTerm}
                value={after_term}
                options={api.afterTerms.map((id) => ({ id, label: w[id] }))}
                onChange={(id) => setAfter(id === 'ends' ? 'ends' : 'continues')}
              />
            )}
          </div>
          <div className="field-row">
            <SelectField
              label={w.channel}
              value={channel}
              options={api.channels.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setChannel(api.channels.find((each) => each === id) ?? 'call')}
            />
            <TextField label={c.terms} value={terms} onChange={setTerms} maxLength={60} required />
          </div>
          <div className="field-row">
            <SelectField
              label={w.buyer}
              value={buyer === '' ? undefined : buyer}
              options={(['consumer', 'business'] as const).map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setBuyer(id === 'business' ? 'business' : 'consumer')}
            />
            <SelectField
              label={w.language}
              value={spoken === '' ? undefined : spoken}
              options={languages.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setSpoken(languages.find((each) => each === id) ?? '')}
            />
          </div>
        </>
      )}
    </FormDialog>
  )
}
