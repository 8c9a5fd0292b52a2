// The call in hand and those that wait, as the desk's parts share them; and what is written of it, which the next call must not lose.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import * as api from '../../../chapters/contacts/calls/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import { callReason } from '../../../register/reasons.ts'
import { asking, useAsk, useChange } from '../../kit/ask.ts'
import { call, type Refusal } from '../../kit/client.ts'
import { useNavigation } from '../../kit/navigation.tsx'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { openBecause } from '../shell/why.ts'

export type Waiting = z.output<typeof api.ring>
export type InHand = z.output<typeof api.contactInHand>

/** Seconds that the register holds an answer until someone calls. */
const hold = 15
const [onceMore, whenFailed] = [200, 5000]

/** Who waits on the line, the longest first; told as soon as the register knows it, while the window is looked at. */
export const useWaiting = (): readonly Waiting[] => {
  const client = useQueryClient()
  const may = useMay()
  const { queryKey } = asking(api.waitingCalls, { query: {} })
  const { data } = useQuery<readonly Waiting[], Refusal>({
    queryKey: [...queryKey],
    enabled: may(api.waitingCalls),
    retry: false,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.error ? whenFailed : onceMore),
    queryFn: ({ signal }) => {
      const known = client.getQueryData<readonly Waiting[]>(queryKey)
      const query = known === undefined ? {} : { known: known.map(({ id }) => id).join(','), wait: hold }
      return call(api.waitingCalls, { query }, { signal })
    },
  })
  return data ?? []
}

export const useInHand = (): InHand | undefined => {
  const may = useMay()
  return useAsk(api.inHand, {}, { because: null, when: may(api.inHand) }).data?.call ?? undefined
}

/** What is written in the wrap-up bar is kept by it before anything else takes the call's place. */
let keepDraft: (() => Promise<unknown>) | undefined
export const setDraftKeeper = (keep: (() => Promise<unknown>) | undefined): void => {
  keepDraft = keep
}

/** Takes a call for the one who was picked: the draft of the last one is kept, and the card opens because of this one. */
export const useTake = () => {
  const { go } = useNavigation()
  const take = useChange(api.takeCall, { stale: [api.inHand] })
  return {
    error: take.error,
    take: async (call_id: number, customer_id: CustomerId, representation_id: number | null): Promise<void> => {
      // A draft that cannot be kept just now does not keep the next caller waiting; it stays on screen by its own fault.
      await keepDraft?.().catch(() => undefined)
      const taken = await take.mutateAsync({ params: { call_id }, body: { customer_id, representation_id } })
      openBecause(String(customer_id), callReason(taken.contact_id))
      go(paths.customer({ customer: String(customer_id) }))
    },
  }
}
