// The business id (y-tunnus) of a company or association: read, and led back to its one written form.
import { FinnishBusinessIds } from 'finnish-business-ids'

export type BusinessIdRefusal = 'business-id.malformed' | 'business-id.wrong-check'
type Read = { readonly business_id: string; readonly refused?: undefined } | { readonly refused: BusinessIdRefusal }

/** Takes `1234567-8`, six-digit ids of old, and the VAT number `FI12345678`; gives `1234567-8`. */
export const readBusinessId = (written: string): Read => {
  const [, number, check] = /^(?:FI)?(\d{6,7})-?(\d)$/i.exec(written.replace(/\s/g, '')) ?? []
  if (number === undefined || check === undefined) return { refused: 'business-id.malformed' }
  const business_id = `${number.padStart(7, '0')}-${check}`
  return FinnishBusinessIds.isValidBusinessId(business_id) ? { business_id } : { refused: 'business-id.wrong-check' }
}
