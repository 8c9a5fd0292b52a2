// A new contract: a product of the company whose hat is worn, at a site where the customer lives, with one holder or two.
import { useState } from 'react'
import type { z } from 'zod'
import { events } from '../../../chapters/contacts/events/api.ts'
import * as api from '../../../chapters/contracts/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import { sitesOfCustomer } from '../../../chapters/sites/api.ts'
import { useAsk, useChange } from '../../kit/ask.ts'
import { today } from '../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../kit/Field.tsx'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useFaults } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { CustomerPick, type PickedCustomer } from '../customers/CustomerPick.tsx'
import { placeOf, streetOf } from '../sites/address.ts'
import { texts } from './words.ts'

const ways = api.makeContract.takes.body.shape.agreed_how.options

/** The one that there is, if there is one alone. */
const only = <T,>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined)

export const NewContract = ({
  customer_id,
  stays: given,
  onClose,
}: {
  readonly customer_id: CustomerId
  /** Where they live, if that is open already: of a protected person. */
  readonly stays?: z.output<typeof sitesOfCustomer.gives>
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const tell = useToast()
  const faultAt = useFaults()
  const make = useChange(api.makeContract, { stale: [api.contractsOfCustomer, api.contractsOfSite, events] })
  const products = useAsk(api.products, {})
  const asked = useAsk(sitesOfCustomer, { params: { customer_id } }, { when: given === undefined })
  const stays = given ?? asked.data
  const [product_id, setProduct] = useState<number>()
  const [site_id, setSite] = useState<number>()
  const [point_id, setPoint] = useState<number>()
  const [from, setFrom] = useState<string | undefined>(today())
  const [fixed, setFixed] = useState<string>()
  const [terms, setTerms] = useState('')
  const [how, setHow] = useState<(typeof ways)[number]>('call')
  const [other, setOther] = useState<PickedCustomer>()

  const onSale = (products.data ?? []).filter(
    ({ on_sale }) =>
      from === undefined ||
      ((on_sale.from === null || on_sale.from <= from) && (on_sale.to === null || on_sale.to > from)),
  )
  const product = onSale.find(({ id }) => id === product_id)
  // One may have lived there before, or be both holder and payer.
  const current = (stays ?? []).filter(({ during }) => during.to === null)
  const homes = [...new Map(current.map((stay) => [stay.site_id, stay])).values()]
  const home = homes.find((each) => each.site_id === site_id) ?? only(homes)
  const points = home?.points.filter(({ energy }) => energy === product?.energy) ?? []
  const point = points.find(({ id }) => id === point_id) ?? only(points)
  const pointless = product?.kind === 'connection'

  return (
    <FormDialog
      title={w.newContract}
      act={w.make}
      ready={
        product !== undefined &&
        home !== undefined &&
        (pointless || point !== undefined) &&
        from !== undefined &&
        terms.trim() !== ''
      }
      onClose={onClose}
      onAct={async () => {
        if (product === undefined || home === undefined || from === undefined) return
        await make.mutateAsync({
          body: {
            product_id: product.id,
            site_id: home.site_id,
            point_id: pointless ? null : (point?.id ?? null),
            from,
            fixed_until: fixed ?? null,
            terms_version: terms.trim(),
            agreed_how: how,
            parties: [
              { customer_id, role: 'holder' },
              ...(other === undefined ? [] : [{ customer_id: other.customer_id, role: 'co-holder' as const }]),
            ],
          },
        })
        tell({ text: w.made })
      }}
    >
      {(refused) => (
        <>
          <SelectField
            label={w.product}
            hint={w.productHint}
            value={product === undefined ? undefined : String(product.id)}
            options={onSale.map((each) => ({
              id: String(each.id),
              label: { fi: each.name_fi, sv: each.name_sv, en: each.name_en }[language],
              hint: w[each.kind],
            }))}
            onChange={(id) => setProduct(Number(id))}
            fault={faultAt(refused, 'body.product_id')}
            takesFocus
            required
          />
          <SelectField
            label={w.site}
            value={home === undefined ? undefined : String(home.site_id)}
            options={homes.map(({ site }) => ({
              id: String(site.id),
              label: streetOf(site, language),
              hint: placeOf(site, language),
            }))}
            onChange={(id) => setSite(Number(id))}
            fault={faultAt(refused, 'body.site_id')}
            hint={stays !== undefined && homes.length === 0 ? w.noSite : undefined}
            required
          />
          {product !== undefined && !pointless && home !== undefined && (
            <SelectField
              label={w.point}
              value={point === undefined ? undefined : String(point.id)}
              options={points.map(({ id, code }) => ({ id: String(id), label: code }))}
              onChange={(id) => setPoint(Number(id))}
              fault={faultAt(refused, 'body.point_id')}
              hint={points.length === 0 ? w.noPoint : undefined}
              required
            />
          )}
          <div className="field-row">
            <DayField label={w.start} value={from} onChange={setFrom} fault={faultAt(refused, 'body.from')} required />
            <DayField
              label={w.fixed}
              hint={w.fixedHint}
              value={fixed}
              onChange={setFixed}
              fault={faultAt(refused, 'body.fixed_until')}
            />
          </div>
          <div className="field-row">
            <TextField label={w.terms} value={terms} onChange={setTerms} maxLength={60} required />
            <SelectField
              label={w.how}
              value={how}
              options={ways.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setHow(ways.find((each) => each === id) ?? 'call')}
            />
          </div>
          <CustomerPick
            label={w.coHolder}
            hint={w.coHolderHint}
            value={other}
            onChange={setOther}
            fault={faultAt(refused, 'body.parties')}
          />
        </>
      )}
    </FormDialog>
  )
}
