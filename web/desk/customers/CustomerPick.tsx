// A customer picked by typing anything that the one box finds; nobody beyond one's walls is among them.
import { useState } from 'react'
import { type CustomerId, customerId } from '../../../chapters/customers/api.ts'
import { findPeople } from '../../../chapters/customers/search/api.ts'
import { call } from '../../kit/client.ts'
import { PickField } from '../../kit/PickField.tsx'

export type PickedCustomer = {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly customer_id: CustomerId
}

export const CustomerPick = ({
  value,
  onChange,
  ...field
}: {
  readonly label: string
  readonly hint?: string
  readonly fault?: string | undefined
  readonly value: PickedCustomer | undefined
  readonly onChange: (customer: PickedCustomer | undefined) => void
  readonly takesFocus?: boolean
  readonly required?: boolean
}) => {
  const [search] = useState(() => async (text: string, signal: AbortSignal): Promise<readonly PickedCustomer[]> => {
    const found = await call(findPeople, { query: { text } }, { signal })
    return found.map((one) => ({
      id: String(one.customer_id),
      customer_id: customerId.parse(one.customer_id),
      label: one.name,
      hint: [one.number, one.birth_year, one.city].filter((each) => each !== null).join(' · '),
    }))
  })
  return <PickField value={value} search={search} onChange={onChange} {...field} />
}
