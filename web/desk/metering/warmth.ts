// The temperatures of an area over rows of consumption.
import { temperatures } from '../../../chapters/metering/weather/api.ts'
import { useAsk } from '../../kit/ask.ts'
import { useFormats } from '../../kit/format.ts'
import { useWords } from '../../kit/words.ts'
import { type Rows, warmthOf } from './rows.ts'
import type { Beside } from './Shown.tsx'
import type { Span } from './spans.ts'
import { texts } from './words.ts'

/** Undefined while nothing is asked for, or nothing is known of the area. */
export const useWarmth = ({ from, to }: Span, postcode: string | undefined): ((rows: Rows) => Beside | undefined) => {
  const w = useWords(texts)
  const { number } = useFormats()
  const asked = { query: { from, to, ...(postcode !== undefined && { postcode }) } }
  const found = useAsk(temperatures, asked, { because: null, when: postcode !== undefined })
  const days = found.data?.days
  return (rows) =>
    days === undefined || days.length === 0
      ? undefined
      : { values: warmthOf(rows, to, days), name: w.warmthUnit, write: (degrees) => number(degrees, 1) }
}
