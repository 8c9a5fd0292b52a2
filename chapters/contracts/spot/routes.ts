// Spot prices: api and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Invalid } from '../../../platform/errors.ts'
import { rates } from '../pricing/queries.ts'
import * as api from './api.ts'
import { spotDays } from './queries.ts'

const dayLength = 86_400_000

export const spotRoutes: readonly Route[] = [
  route(api.spotPrices, async ({ db, input }) => {
    const { from, to, area } = input.query
    const days = (Date.parse(to) - Date.parse(from)) / dayLength
    const refused = (code: string, message: string) =>
      new Invalid(code, { status: 422, faults: [{ path: 'query.to', code, message }] })
    if (days <= 0) throw refused('period.empty', `give a day after ${from}`)
    if (days > api.mostDays)
      throw refused('period.too-long', `${days} days are asked for; ask for ${api.mostDays} at a time`)
    const vats = (await rates(db)).filter(({ kind, class: of }) => kind === 'vat' && of === 'electricity')
    return (await spotDays(db, area, from, to)).map(({ day, step, prices }) => ({
      day,
      step,
      prices: [...prices],
      vat:
        vats.find(({ during }) => (during.from ?? '') <= day && (during.to === null || day < during.to))?.amount ??
        null,
    }))
  }),
]
