// A customer's name where the card is not open, and on its tab: by the answer that the card has read already, else by the names alone.
import * as api from '../../../chapters/customers/api.ts'
import { useAsk } from '../../kit/ask.ts'
import { useWhy } from '../shell/why.ts'

export const CustomerTabLabel = ({ id }: { readonly id: string }) => {
  const asked = { params: { customer_id: api.customerId.parse(Number(id)) } }
  const why = useWhy(id)
  const open = useAsk(api.openCustomer, asked, { because: why ?? null, when: why !== undefined })
  const unread = why === undefined || open.error !== null
  const names = useAsk(api.names, asked, { because: null, when: unread })
  const now = names.data?.find(({ kind, during }) => kind === 'official' && during.to === null)
  const named = now && (now.organisation ?? [now.call_name ?? now.given?.split(' ')[0], now.family].join(' '))
  return <>{(unread ? named : open.data?.name) ?? id}</>
}
