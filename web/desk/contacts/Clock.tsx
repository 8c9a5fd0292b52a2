// How long something has lasted, counted on while it lasts; for the eye alone, since a voice that counts seconds helps nobody.
import { useEffect, useState } from 'react'

const second = 1000

export const Clock = ({ from, to = null }: { readonly from: string; readonly to?: string | null }) => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (to !== null) return undefined
    const ticking = setInterval(() => setNow(Date.now()), second)
    return () => clearInterval(ticking)
  }, [to])
  const until = to === null ? now : new Date(to).getTime()
  const seconds = Math.max(0, Math.floor((until - new Date(from).getTime()) / second))
  return (
    <span className="clock" aria-hidden="true">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}
