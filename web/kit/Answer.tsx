// The three states of an answer that is on its way: its outline, what went wrong, or what was asked for.
import type { ReactNode } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Refusal } from './client.ts'
import { ErrorView } from './ErrorView.tsx'
import { Icon } from './Icon.tsx'
import { useSay } from './refusals.ts'
import { useWords, words } from './words.ts'
import './Answer.css'

const texts = words({ fi: { loading: 'Haetaan…' }, sv: { loading: 'Hämtar…' }, en: { loading: 'Loading…' } })

/** As many lines as the answer will have, so that nothing jumps when it comes. */
export const Skeleton = ({ lines = 3 }: { readonly lines?: number }) => {
  const w = useWords(texts)
  return (
    <output className="skeleton">
      <span className="unseen">{w.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </output>
  )
}

/** Nothing went wrong: it is shown as soon as one knows enough of who asks for it. */
const NotYet = ({ error }: { readonly error: Refusal }) => {
  const { what, todo } = useSay()(error)
  return (
    <p className="not-yet">
      <Icon name="lock" /> {what} {todo}
    </p>
  )
}

/** `<Answer of={useAsk(endpoint, asked)} lines={4}>{(data) => …}</Answer>` */
export const Answer = <T,>({
  of: { data, error, refetch },
  lines = 3,
  children,
}: {
  readonly of: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  readonly lines?: number
  readonly children: (data: T) => ReactNode
}) => {
  if (error instanceof Refusal && error.problem.code.startsWith('caller.')) return <NotYet error={error} />
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  return data === undefined ? <Skeleton lines={lines} /> : children(data)
}
