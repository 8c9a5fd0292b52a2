// What a postal address must be. Pure.
import type { Fault } from '../../../platform/errors.ts'
import { fault } from '../rules.ts'

export type Office = { readonly post_office_fi: string; readonly post_office_sv: string }

/** A Finnish post office follows from the postcode, in the person's language; abroad it is as it was told. */
export const postOffice = (
  written: { readonly postcode: string; readonly post_office: string | null; readonly country: string },
  office: Office | undefined,
  language: string,
  within = '',
): { readonly post_office: string } | { readonly refused: Fault } => {
  if (written.country === 'FI')
    return office === undefined
      ? { refused: fault(`${within}postcode`, 'postcode.unknown', `there is no postcode ${written.postcode}`) }
      : { post_office: language === 'sv' ? office.post_office_sv : office.post_office_fi }
  return written.post_office === null
    ? { refused: fault(`${within}post_office`, 'address.no-place', 'an address abroad needs its town') }
    : { post_office: written.post_office }
}
