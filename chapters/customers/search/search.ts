// One box: a line of text in, the people it may mean out, ranked, behind the walls of whoever asks.
import type { Read } from '../../../platform/database.ts'
import type { MasterKeys } from '../../../platform/keys.ts'
import { fold } from '../../../platform/text.ts'
import type { Category } from '../../../register/vocabulary.ts'
import type { CustomerId, stages } from '../api.ts'
import { displayName } from '../rules.ts'
import {
  type Branch,
  byAddress,
  byBegunWords,
  byBusinessId,
  byContact,
  byContractNumber,
  byCustomerNumber,
  byIdentityCode,
  byName,
  byNameAndPlace,
  byPoint,
  byPostcode,
  peopleFound,
  type Stage,
  type Why,
} from './queries.ts'
import { meant, nameOrders, namesInPlaces, type Question, questionOf, wholeLeads } from './rules.ts'
import type { Words } from './words.ts'

export type Asked = {
  readonly text: string
  readonly may: (category: Category) => boolean
  readonly keys: MasterKeys
  readonly words: Words
  readonly limit?: number
}

export type Found = {
  readonly customer_id: CustomerId
  readonly number: string
  readonly kind: 'natural' | 'legal' | 'estate'
  readonly stage: (typeof stages)[number]
  readonly name: string
  readonly birth_year: number | null
  readonly deceased: boolean
  readonly city: string | null
  readonly protected: boolean
  /** `earlier-name`: by a name that is not the one shown. */
  readonly why: Why | 'earlier-name'
}

const branchesOf = (question: Question, keys: MasterKeys, limit: number): readonly Branch[] => {
  const { identity_code, business_id, number, point, contact, postcode, words: said } = question
  if (said !== undefined) return [byName(nameOrders(said), limit), ...byAddress(said.join(' '))]
  return [
    ...(identity_code === undefined ? [] : [byIdentityCode(keys.blinds('identity-code', identity_code))]),
    ...(business_id === undefined ? [] : [byBusinessId(business_id)]),
    ...(point === undefined ? [] : [byPoint(point)]),
    ...(number === undefined ? [] : [byCustomerNumber(number), byContractNumber(number)]),
    ...(contact === undefined ? [] : [byContact(contact)]),
    ...(postcode === undefined ? [] : byPostcode(postcode)),
  ]
}

/** With fewer people than this, what else the words may mean is looked for as well. */
const few = 5
/** Pairs of a mistyped name and its place: each may look through hundreds of people. */
const mostMistyped = 6

/**
 * The words taken for a name and its place, or for begun or mistyped ones. Many surnames are post offices too, so a place is looked for
 * only when the words as a name find few, and for a mistyped name only when nobody is found.
 */
const forgiving = (
  said: readonly string[],
  { words, may }: Pick<Asked, 'words' | 'may'>,
  limit: number,
): readonly Stage[] => {
  const places = namesInPlaces(said, words.isPlace)
  const others = meant(said, words.near)
  const begun = wholeLeads(said, words.begun)
  const typed = said.join(' ')
  // One letter begins too many words for each to be asked for.
  const lookThrough =
    said.some((word) => word.length > 2) && (said.length > 2 || said.some((word) => word.length === 1))
  const mistyped = others
    .flatMap((one) => namesInPlaces(one, words.isPlace))
    .filter(({ place }) => typed.includes(place))
    .slice(0, mostMistyped)
  return [
    {
      fewer: few,
      branches: [
        ...(places.length > 0 ? byNameAndPlace(places, limit, may) : []),
        ...(begun.length > 0 ? [byName(begun, limit)] : []),
        ...(lookThrough ? [byBegunWords(said, limit)] : []),
        ...(others.length > 0 ? [byName(others.flatMap(nameOrders), limit, 'near-name')] : []),
      ],
    },
    { fewer: 1, branches: mistyped.length > 0 ? byNameAndPlace(mistyped, limit, may) : [] },
  ]
}

/** Who is found by a name that is not today's needs a word on it. */
const whyShown = (
  { why, given, call_name, family, organisation }: Awaited<ReturnType<typeof peopleFound>>[number],
  said: readonly string[],
  isPlace: Words['isPlace'],
): Found['why'] => {
  if (why !== 'name' && why !== 'name-and-place') return why
  const names = fold([given, call_name, family, organisation].join(' ')).split(' ')
  const seen = (word: string) =>
    names.some((each) => each.startsWith(word)) || (why === 'name-and-place' && isPlace(word))
  return said.every(seen) ? why : 'earlier-name'
}

/**
 * At most `limit` people, the surest first. Forgiving on names (order, å ä ö, a slip of the finger), strict on numbers; an identity code is
 * found whole or not at all. What the bundle may not read is not searched by.
 */
export const searchCustomers = async (
  db: Read,
  { text, may, keys, words, limit = 20 }: Asked,
): Promise<readonly Found[]> => {
  const question = questionOf(text)
  const later = question.words === undefined ? [] : forgiving(question.words, { words, may }, limit)
  const found = await peopleFound(db, branchesOf(question, keys, limit), later, may, limit)
  return found.map((one) => ({
    customer_id: one.customer_id,
    number: one.number,
    kind: one.kind,
    stage: one.stage,
    name: displayName(one),
    birth_year: one.birth_date === null ? null : Number(one.birth_date.slice(0, 4)),
    deceased: one.deceased_on !== null,
    city: one.city,
    protected: one.protected,
    why: whyShown(one, question.words ?? [], words.isPlace),
  }))
}
