// What one contract is priced by over some days: the price list, and the guard over its changes. What reckons the cost of a contract relies on it.
import type { Read } from '../../../platform/database.ts'
import type { Law } from '../../../register/description.ts'
import { periodsOn } from '../periods.ts'
import type { Terms } from '../pricing/cost.ts'
import { termsOf } from '../pricing/terms.ts'
import * as queries from './queries.ts'
import { effectiveOn, guarded, noticePeriod } from './rules.ts'

type Product = Parameters<typeof termsOf>[1]
type Contract = { readonly id: number; readonly began: string | null; readonly fixed_until: string | null }

/** From when each change of the product's price holds for the contract. */
export const effectsOn = async (
  db: Read,
  laws: readonly Law[],
  contract: Pick<Contract, 'id' | 'began'>,
  product: number,
) => {
  const changes = await queries.changesOf(db, product)
  if (changes.length === 0) return []
  const notices = await queries.noticesOfContract(db, contract.id)
  return changes.map(({ id, from_day }) => {
    const notice = notices.find(({ price_change_id }) => price_change_id === id)
    const period = noticePeriod(notice?.consumer ?? true, periodsOn(laws, from_day))
    return { from_day, effective: effectiveOn(from_day, notice, period, contract.began) }
  })
}

export const termsOfContract = async (
  db: Read,
  laws: readonly Law[],
  contract: Contract,
  product: Product,
  from: string,
  to: string,
  size: Parameters<typeof termsOf>[4],
): Promise<Terms> => {
  const terms = await termsOf(db, product, from, to, size)
  const effects = await effectsOn(db, laws, contract, product.id)
  const { began, fixed_until } = contract
  const fixed = began === null || fixed_until === null ? undefined : { on: began, until: fixed_until }
  return { ...terms, prices: guarded(terms.prices, effects, fixed) }
}
