// What a product costs today, in a line; the prices of all products are asked for once.
import * as api from '../../../chapters/contracts/api.ts'
import { useAsk } from '../../kit/ask.ts'
import { useMay } from '../shell/session.ts'
import { PriceToday } from './pricing/amounts.tsx'

export const Price = ({ product_id }: { readonly product_id: number }) => {
  const may = useMay()
  const products = useAsk(api.products, {}, { because: null, when: may(api.products) })
  const prices = products.data?.find(({ id }) => id === product_id)?.prices
  return prices === undefined ? null : (
    <p className="quiet">
      <PriceToday prices={prices} />
    </p>
  )
}
