// What has been typed, once one has stopped typing: what is listed is read, and may be a line in someone's access log.
import { useEffect, useState } from 'react'

const pause = 400

export const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
