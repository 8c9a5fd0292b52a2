// Who someone about to be recorded may be already: the same weights as the nightly scan, asked about one.
import type { Read } from '../../../platform/database.ts'
import { fold } from '../../../platform/text.ts'
import type { Category } from '../../../register/vocabulary.ts'
import { readBusinessId } from '../business-id.ts'
import { contactValue, displayName } from '../rules.ts'
import { partiesMet } from './queries.ts'
import { companyName, likeness, strong, type Traits } from './rules.ts'

export type Draft = Partial<Traits> & {
  readonly phone?: string | undefined
  readonly email?: string | undefined
  readonly street?: string | undefined
  readonly postcode?: string | undefined
  readonly except?: number | undefined
}
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }

const least = 30
const most = 8

const nameOf = ({ given, family, organisation }: Traits): string | undefined => {
  const name =
    organisation === null
      ? family === null
        ? ''
        : `${fold(family)} ${fold(given ?? '').split(' ')[0] ?? ''}`.trim()
      : companyName(organisation)
  return name.length < 2 ? undefined : name
}

/** The likeliest first. What the bundle may not read is not compared by. */
export const likelyParties = async (db: Read, draft: Loose<Draft>, may: (category: Category) => boolean) => {
  const business = draft.business_id ? readBusinessId(draft.business_id) : undefined
  const traits: Traits = {
    given: draft.given ?? null,
    family: draft.family ?? null,
    organisation: draft.organisation ?? null,
    birth_date: draft.birth_date ?? null,
    business_id: business === undefined || business.refused !== undefined ? null : business.business_id,
  }
  const { street, postcode } = draft
  const met = await partiesMet(
    db,
    {
      name: nameOf(traits),
      phone: draft.phone && may('contact-details') ? contactValue('phone', draft.phone) : undefined,
      email: draft.email && may('contact-details') ? contactValue('email', draft.email)?.toLowerCase() : undefined,
      business_id: may('business-id') ? (traits.business_id ?? undefined) : undefined,
      address: street && postcode && may('postal-address') ? { street: fold(street), postcode } : undefined,
      except: draft.except,
    },
    { birth: may('birth-date'), business: may('business-id') },
  )
  return met
    .map((one) => {
      const { evidence, weight } = likeness(traits, one, one.met)
      const { id, number, kind, stage } = one
      const birth_year = one.birth_date === null ? null : Number(one.birth_date.slice(0, 4))
      return { id, number, kind, stage, birth_year, name: displayName(one), evidence, weight, strong: weight >= strong }
    })
    .filter(({ weight }) => weight >= least)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, most)
}
