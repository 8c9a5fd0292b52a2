// A site's address as it is said in the reader's language.
import type { z } from 'zod'
import type { address } from '../../../chapters/sites/api.ts'
import type { Language } from '../../../register/vocabulary.ts'

type Address = Pick<
  z.output<typeof address>,
  'street_fi' | 'street_sv' | 'number' | 'staircase' | 'apartment' | 'postcode' | 'post_office_fi' | 'post_office_sv'
>

export const streetOf = (site: Address, language: Language): string =>
  [language === 'sv' ? (site.street_sv ?? site.street_fi) : site.street_fi, site.number, site.staircase, site.apartment]
    .filter(Boolean)
    .join(' ')

export const placeOf = (site: Address, language: Language): string =>
  `${site.postcode} ${language === 'sv' ? site.post_office_sv : site.post_office_fi}`
