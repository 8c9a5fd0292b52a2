// What lies under every page while a call is in hand; its code comes with the first call.
import { lazy, Suspense } from 'react'
import { useInHand } from './call-state.ts'

const WrapUp = lazy(async () => ({ default: (await import('./WrapUp.tsx')).WrapUp }))

export const Work = () =>
  useInHand() && (
    <Suspense>
      <WrapUp />
    </Suspense>
  )
