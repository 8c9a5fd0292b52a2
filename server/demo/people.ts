// Made-up parties: persons with artificial identity codes, companies with business ids of a series that is not given out.
import { artificialIdentityCode } from '../../chapters/customers/index.ts'
import type { Chance } from './chance.ts'
import {
  companyStarts,
  familyNames,
  femaleNames,
  legalForms,
  maleNames,
  streetEnds,
  streetStarts,
  trades,
} from './lists.ts'

export type Language = 'fi' | 'sv' | 'en'
export type Party = {
  readonly id: number
  readonly kind: 'natural' | 'legal' | 'estate'
  readonly language: Language
  readonly given: string | null
  readonly call_name: string | null
  readonly family: string | null
  readonly organisation: string | null
  /** A family name borne until the day. */
  readonly former: { readonly family: string; readonly until: string } | null
  readonly trade_name: string | null
  readonly birth_date: string | null
  readonly code: string | null
  readonly business_id: string | null
  readonly phone: string | null
  readonly email: string | null
  deceased_on: string | null
  readonly estate_of: number | null
  protected: boolean
  readonly restricted: boolean
  /** Bits of the companies that serve or have served the party. */
  controllers: number
  stage: 'prospect' | 'customer' | 'former'
}

const dayMs = 86_400_000
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00Z`) / dayMs
export const dayAt = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10)

const weights = [7, 9, 10, 5, 8, 4, 2]
/** Undefined: the number gives no check digit, and is skipped. */
const businessIdAt = (number: number): string | undefined => {
  const digits = String(number).padStart(7, '0')
  const rest = weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11
  return rest === 1 ? undefined : `${digits}-${rest === 0 ? 0 : 11 - rest}`
}

const mailable = (text: string) =>
  text
    .toLowerCase()
    .replace(/[äå]/g, 'a')
    .replace(/ö/g, 'o')
    .replace(/[^a-z]/g, '')

/** @param today civil day number */
export const peopleOf = (chance: Chance, today: number) => {
  const women = chance.shuffled(femaleNames())
  const men = chance.shuffled(maleNames())
  const families = chance.shuffled(familyNames())
  const codesOfDay = new Map<string, number>()
  let id = 0
  let company = 9_000_000

  const codeOf = (birth: string, odd: 0 | 1): string | null => {
    const key = `${birth}${odd}`
    const n = codesOfDay.get(key) ?? 0
    codesOfDay.set(key, n + 1)
    // A hundred artificial numbers for each of a century's six signs, half of them for each sex.
    return n >= 300 ? null : artificialIdentityCode(birth, 900 + 2 * (n % 50) + odd, Math.floor(n / 50))
  }
  const phone = () => `+35848${String(chance.below(10_000_000)).padStart(7, '0')}`
  const language = (): Language => (chance.once(0.92) ? 'fi' : chance.once(0.6) ? 'sv' : 'en')
  const base = () => ({
    id: ++id,
    former: null,
    trade_name: null,
    deceased_on: null,
    estate_of: null,
    protected: false,
    restricted: false,
    controllers: 0,
    stage: 'customer' as const,
  })

  const natural = (family = chance.common(families)): Party => {
    const woman = chance.once(0.5)
    const names = woman ? women : men
    const [first, second] = [chance.common(names), chance.common(names)]
    const two = first !== second && chance.once(0.8)
    const birth_date = dayAt(today - chance.between(18 * 365 + 5, 93 * 365))
    const protected_ = chance.once(0.006)
    return {
      ...base(),
      kind: 'natural',
      language: language(),
      given: two ? `${first} ${second}` : first,
      call_name: two && chance.once(0.2) ? second : null,
      family,
      organisation: null,
      former: chance.once(0.12)
        ? { family: chance.common(families), until: dayAt(today - chance.between(400, 6000)) }
        : null,
      birth_date,
      code: chance.once(0.95) ? codeOf(birth_date, woman ? 0 : 1) : null,
      business_id: null,
      phone: chance.once(0.93) ? phone() : null,
      email: chance.once(0.78)
        ? `${mailable(first)}.${mailable(family)}${chance.below(1000)}@example.${chance.of(['com', 'org', 'net'])}`
        : null,
      protected: protected_,
      restricted: !protected_ && chance.once(0.001),
      deceased_on: !protected_ && chance.once(0.008) ? dayAt(today - chance.between(5, 900)) : null,
    }
  }

  const legal = (): Party => {
    let business_id = businessIdAt(++company)
    while (business_id === undefined) business_id = businessIdAt(++company)
    const housing = chance.once(0.35)
    const [start] = chance.of(streetStarts)
    const [end] = chance.of(streetEnds)
    const trade = chance.of(trades)
    const organisation = housing
      ? `Asunto Oy Lahden ${start}${end} ${chance.between(1, 80)}`
      : `${chance.once(0.5) ? chance.of(companyStarts) : chance.common(families)} ${trade} ${chance.of(legalForms)}`
    return {
      ...base(),
      kind: 'legal',
      language: language(),
      given: null,
      call_name: null,
      family: null,
      organisation,
      trade_name: !housing && chance.once(0.15) ? `${trade} ${chance.of(companyStarts)}` : null,
      birth_date: null,
      code: null,
      business_id,
      phone: chance.once(0.9) ? phone() : null,
      email: `toimisto${id}@example.${chance.of(['com', 'org'])}`,
    }
  }

  const estateOf = (dead: Party): Party => ({
    ...base(),
    kind: 'estate',
    language: dead.language,
    given: null,
    call_name: null,
    family: null,
    organisation: `${dead.given} ${dead.family} ${{ fi: 'kuolinpesä', sv: 'dödsbo', en: 'estate' }[dead.language]}`,
    birth_date: null,
    code: null,
    business_id: null,
    phone: null,
    email: null,
    estate_of: dead.id,
    controllers: dead.controllers,
  })

  /** The same person taken in a second time: a letter wrong or the other name used, no identity code. */
  const duplicateOf = (one: Party): Party => {
    const family = one.family ?? ''
    const at = chance.between(1, Math.max(1, family.length - 2))
    return {
      ...one,
      ...base(),
      former: null,
      given: one.given?.split(' ')[0] ?? null,
      call_name: null,
      family: chance.once(0.5)
        ? family
        : `${family.slice(0, at)}${family[at + 1] ?? ''}${family[at] ?? ''}${family.slice(at + 2)}`,
      code: null,
      email: chance.once(0.5) ? one.email : null,
      deceased_on: null,
      stage: 'former',
    }
  }
  return { natural, legal, estateOf, duplicateOf, count: () => id }
}
export type People = ReturnType<typeof peopleOf>
