// What the register refused, said where the person is looking: above the form, aloud, with what to do now.
import { Banner } from './Banner.tsx'
import { useSay } from './refusals.ts'

export const Refused = ({ error }: { readonly error: unknown }) => {
  const say = useSay()
  if (error === undefined || error === null) return null
  const { what, todo } = say(error)
  return (
    <div role="alert">
      <Banner consequence="stop" title={what}>
        {todo}
      </Banner>
    </div>
  )
}
