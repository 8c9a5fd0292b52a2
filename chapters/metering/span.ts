// A span of days as it is asked for. Pure.
import { Invalid } from '../../platform/errors.ts'

export type Span = { readonly from: string; readonly to: string }

const dayLength = 86_400_000

/** @throws Invalid when the span is empty, or longer than `most` days */
export const spanOf = ({ from, to }: Span, most: number): Span => {
  const days = (Date.parse(to) - Date.parse(from)) / dayLength
  const refused = (code: string, message: string) =>
    new Invalid(code, { status: 422, faults: [{ path: 'query.to', code, message }] })
  if (days <= 0) throw refused('period.empty', `give a day after ${from}`)
  if (days > most) throw refused('period.too-long', `${days} days are asked for; ask for ${most} at a time`)
  return { from, to }
}
