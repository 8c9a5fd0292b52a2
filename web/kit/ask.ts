// Answers kept while they are fresh, and changes that say which answers they make stale.
import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { Asked, Endpoint, Output } from '../../register/endpoint.ts'
import { call, type Calling, Refusal } from './client.ts'

/** Why everything below it is asked and changed: a person's card says it once, and each line of the access log has it. */
export const BecauseContext = createContext<string | undefined>(undefined)

/** Opening again for another reason is another reading, with its own line in the access log: so the reason belongs to the key. */
type Key = readonly [action: string, asked: object, because?: string]

/** The query of an endpoint: for `useAsk`, and for loaders, which give it to `client.ensureQueryData`. */
export const asking = <const E extends Endpoint>(endpoint: E, asked: Asked<E>, because?: string) =>
  queryOptions<Output<E>, Refusal, Output<E>, Key>({
    queryKey: because === undefined ? [endpoint.action, asked] : [endpoint.action, asked, because],
    queryFn: ({ signal }) => call(endpoint, asked, { because, signal }),
    // Strict data leaves the memory with the part of the screen that showed it.
    ...(endpoint.strict && { gcTime: 0 }),
  })

export const useAsk = <const E extends Endpoint>(
  endpoint: E,
  asked: Asked<E>,
  {
    because,
    when = true,
    keep = false,
    again,
  }: {
    /** Null asks for no reason of the card's: it is about someone else. */
    readonly because?: string | null
    readonly when?: boolean
    /** What was answered before stands until the answer to what is asked now has come. */
    readonly keep?: boolean
    /** What is under way is asked for again after so many milliseconds; false when it has come to rest. */
    readonly again?: (now: Output<E> | undefined) => number | false
  } = {},
): UseQueryResult<Output<E>, Refusal> => {
  const ofCard = use(BecauseContext)
  return useQuery({
    ...asking(endpoint, asked, because === undefined ? ofCard : (because ?? undefined)),
    enabled: when,
    ...(keep && { placeholderData: keepPreviousData }),
    refetchInterval: again === undefined ? false : ({ state }) => again(state.data),
  })
}

/** Reads what stands in the register at this moment, past what is kept, and keeps that. */
export const useFresh = (): (<const E extends Endpoint>(endpoint: E, asked: Asked<E>) => Promise<Output<E>>) => {
  const client = useQueryClient()
  const ofCard = use(BecauseContext)
  return (endpoint, asked) => client.fetchQuery({ ...asking(endpoint, asked, ofCard), staleTime: 0 })
}

type Change<E extends Endpoint> = Asked<E> & Pick<Calling, 'because'>

/** `stale`: the endpoints whose answers the change makes untrue. The change counts as done when those that are on screen are fresh. */
export const useChange = <const E extends Endpoint>(
  endpoint: E,
  { stale }: { readonly stale: readonly Pick<Endpoint, 'action'>[] },
): UseMutationResult<Output<E>, Refusal, Change<E>> => {
  const client = useQueryClient()
  const ofCard = use(BecauseContext)
  return useMutation({
    mutationFn: (change) => call(endpoint, change, { because: change.because ?? ofCard }),
    onSuccess: () => Promise.all(stale.map(({ action }) => client.invalidateQueries({ queryKey: [action] }))),
  })
}

const worthAnotherTry = (times: number, { problem }: Refusal): boolean =>
  times < 2 && (problem.status === 0 || problem.status === 503)

/** `signedOut` is called when any answer is 401: the session has ended. */
export const createQueryClient = (signedOut: () => void): QueryClient => {
  const onError = (error: Error): void => {
    if (error instanceof Refusal && error.problem.status === 401) signedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Each reading of a person is a line in their access log: returning to the window reads nothing anew.
      queries: { staleTime: 60_000, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: worthAnotherTry },
    },
  })
}

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Refusal
  }
}
