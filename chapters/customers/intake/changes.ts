// What of a known customer a sender's row changes: only what the sender itself had told before. Pure.
import type { Period } from '../../../platform/row.ts'
import type { ImportedCustomer } from './rules.ts'

type Name = Pick<ImportedCustomer, 'given' | 'family' | 'organisation'>
type Fact = { readonly id: number; readonly during: Period; readonly source: string }
export type Facts = {
  readonly party: {
    readonly language: string
    readonly birth_date: string | null
    readonly business_id: string | null
    readonly source: string
  }
  readonly name:
    | (Fact & { readonly given: string | null; readonly family: string | null; readonly organisation: string | null })
    | undefined
  readonly points: readonly (Fact & { readonly channel: string; readonly value: string })[]
  readonly address:
    | (Fact & { readonly street: string; readonly postcode: string; readonly post_office: string })
    | undefined
  readonly coded: boolean
}

type End = {
  readonly table: 'customer_name' | 'contact_point' | 'postal_address'
  readonly row: number
  readonly was: object
}
type Party = { readonly language: string; readonly birth_date: string | null; readonly business_id: string | null }
export type Change = {
  /** Of the file, by which the clerk knows what changes. */
  readonly fields: readonly string[]
  readonly ends: readonly End[]
  readonly name: Name | undefined
  readonly address: boolean
  readonly code: boolean
  readonly points: readonly { readonly channel: 'phone' | 'email'; readonly value: string }[]
  readonly party: (Party & { readonly was: Party }) | undefined
}

/**
 * What someone at the desk has changed since stays as they made it: a sender who tells its old value again would undo their work.
 * An empty cell says nothing, so it changes nothing.
 */
export const changeOf = (told: ImportedCustomer, facts: Facts, source: string): Change => {
  const fields: string[] = []
  const ends: End[] = []
  const replace = (table: End['table'], old: Fact | undefined): void => {
    if (old === undefined) return
    const { id, source: _, ...was } = old
    ends.push({ table, row: id, was })
  }
  const own = (old: Fact | undefined): boolean => old === undefined || old.source === source

  const { name } = facts
  const named: Name = {
    given: told.given ?? (told.family === null ? null : (name?.given ?? null)),
    family: told.family,
    organisation: told.organisation,
  }
  const renamed = own(name)
    ? (['given', 'family', 'organisation'] as const).filter((part) => (name?.[part] ?? null) !== named[part])
    : []
  if (renamed.length > 0) {
    fields.push(...renamed)
    replace('customer_name', name)
  }

  const points = (['phone', 'email'] as const).flatMap((channel) => {
    const value = told[channel]
    const open = facts.points.filter((point) => point.channel === channel)
    const before = open.filter((point) => point.source === source)
    if (value === null || open.some((point) => point.value === value) || (open.length > 0 && before.length === 0))
      return []
    fields.push(channel)
    for (const point of before) replace('contact_point', point)
    return [{ channel, value }]
  })

  const { address } = facts
  const moved =
    told.street !== null && own(address)
      ? (['street', 'postcode', 'post_office'] as const).filter((part) => address?.[part] !== told[part])
      : []
  if (moved.length > 0) {
    fields.push(...moved)
    replace('postal_address', address)
  }

  const { party } = facts
  const was = { language: party.language, birth_date: party.birth_date, business_id: party.business_id }
  const now = {
    language: told.language,
    birth_date: told.birth_date ?? was.birth_date,
    business_id: told.business_id ?? was.business_id,
  }
  const altered =
    party.source === source
      ? (['language', 'birth_date', 'business_id'] as const).filter((part) => was[part] !== now[part])
      : []
  fields.push(...altered)

  const code = told.identity_code !== null && !facts.coded
  if (code) fields.push('identity_code')
  return {
    fields,
    ends,
    name: renamed.length > 0 ? named : undefined,
    address: moved.length > 0,
    code,
    points,
    party: altered.length > 0 ? { ...now, was } : undefined,
  }
}
