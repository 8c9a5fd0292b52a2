// The events that retention periods run from, as SQL over a row of each table: what the table says itself, and what follows from whom it is about.
import type { Anchor } from './description.ts'
import type { Table } from './table.ts'

/**
 * While a contract runs there is no end. Who never had one is kept from when we last heard of each other: a prospect, a guardian, a neighbour
 * who called once. `parties` are rows with a period.
 */
const contractEnd = (parties: string, otherwise: string): string =>
  `case when exists (select from ${parties})
     then (select case when bool_or(upper_inf(during)) then null else max(coalesce(upper(during), recorded_at::date)) end from ${parties}) else ${otherwise} end`

/** The accounts of the group run by the calendar year. */
const financialYearEnd = (end: string): string => `make_date(extract(year from (${end}))::int, 12, 31)`

const heard = (person: string, recorded: string): string =>
  `greatest((select max(at) from contact where contact.customer_id = ${person}), ${recorded})`

/** What a table does not say of itself. A row that leads to nobody has what it says, no more. */
const derived = (name: string, { owner, anchors }: Table): Readonly<Partial<Record<Anchor, string>>> => {
  const { recorded } = anchors
  if (recorded === undefined) return {}
  // A request holds what it asks for until it is decided; without one nothing is held for it longer than the row itself.
  const decided = { decided: recorded }
  const until = (end: string) => ({ 'contract-end': end, 'financial-year-end': financialYearEnd(end) })
  switch (owner.is) {
    case 'self':
    case 'column': {
      const person = `${name}.${owner.is === 'self' ? 'id' : owner.column}`
      const last = heard(person, recorded)
      const end = contractEnd(`contract_party where contract_party.customer_id = ${person}`, `(${last})::date`)
      return { ...decided, ...until(end), 'last-contact': last, event: recorded }
    }
    case 'through': {
      const at = `${name}.${owner.column}`
      const column = owner.table === 'contract_party' ? 'id' : owner.theirs
      return { ...decided, ...until(contractEnd(`contract where contract.${column} = ${at}`, `(${recorded})::date`)) }
    }
    case 'staff':
    case 'nobody':
      return decided
  }
}

/** By name: an expression over the row that gives a day or a moment, or null while the event has not happened. */
export const anchorsOf = (name: string, table: Table): Readonly<Partial<Record<Anchor, string>>> => ({
  ...derived(name, table),
  ...(table.anchors as Partial<Record<Anchor, string>>),
})
