// Endpoints that read less than their statements give, and statements that hide whom they are about: the witness must refuse each.
import type pg from 'pg'
import type { Register } from '../../enforcement/register.ts'
import { nothingSeen, type Origins, readOrigins, witnessOf } from '../../enforcement/witness.ts'
import type { Answer } from '../../platform/database.ts'
import { bool, computed, type Shape } from '../../platform/row.ts'
import { raw } from '../../platform/sql.ts'
import { categoriesOf, tables } from '../../register/tables.ts'
import { categories, type Category } from '../../register/vocabulary.ts'
import type { Mutant } from './mutant.ts'

const every = Object.keys(categories) as Category[]

/** What PostgreSQL answers to the statement, of no rows: names and origins are all that the witness judges by. */
const answered = async (owner: pg.PoolClient, text: string): Promise<Answer> => {
  const { command, fields } = await owner.query({ text, rowMode: 'array' })
  return { command, count: 0, fields, rows: [] }
}

const refusal = (origins: Origins, answer: Answer, text: string, reads: readonly Category[], shape: Shape = {}) => {
  try {
    witnessOf(origins, new Map(), new Set(reads), nothingSeen())(raw(text), shape, answer)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

export const witnessMutants = async (owner: pg.PoolClient, { origins }: Register): Promise<readonly Mutant[]> => {
  const mutants: Mutant[] = []
  const add = (breach: string, caught: () => string | undefined) => mutants.push({ kind: 'witness', breach, caught })
  for (const [name, table] of Object.entries(tables)) {
    const leads = table.owner
    const own = leads.is === 'self' ? 'id' : leads.is === 'column' ? leads.column : undefined
    const vacant = leads.is === 'staff' || leads.is === 'nobody' || (leads.is === 'through' && leads.vacant)
    // A row that reaches its person through another table gives the person by way of it.
    const from =
      leads.is === 'through' && !leads.vacant
        ? `${name} as it join ${leads.table} link on link.${leads.theirs} = it.${leads.column}`
        : `${name} as it`
    const whole = `select ${Object.keys(table.columns)
      .map((column) => `it."${column}"`)
      .join(', ')}${from.includes('link') ? ', link.customer_id' : ''} from ${from} limit 0`
    const answer = await answered(owner, whole)
    const sound = refusal(origins, answer, whole, every)
    if (sound !== undefined) throw new Error(`the witness refuses what is sound: ${sound}`)
    for (const category of categoriesOf(table))
      add(`an endpoint that does not say ${category}, and selects ${name}`, () =>
        refusal(
          origins,
          answer,
          whole,
          every.filter((one) => one !== category),
        ),
      )
    const nameless = answer.fields.filter(
      (field) => field.name !== own && (own !== undefined || field.name !== 'customer_id'),
    )
    if (!vacant && categoriesOf(table).length > 0)
      add(`${name} without the person it is about`, () =>
        refusal(origins, { ...answer, fields: nameless }, whole, every),
      )
    const { [name]: _, ...others } = tables
    const unsaid = await readOrigins(owner, others)
    add(`${name}, which nothing declares`, () => refusal(unsaid, answer, whole, every))
    const write = `delete from ${name} where false`
    const silent = await answered(owner, write)
    add(`a write that does not return what it wrote: ${write}`, () => refusal(origins, silent, write, every))
    const derived = `select exists (select from ${name}) as some`
    const counted = await answered(owner, derived)
    add(`computed from ${name}, and not said`, () => refusal(origins, counted, derived, every))
    add(`computed from ${name}, said to be of no category that there is`, () =>
      refusal(origins, counted, derived, every, { some: computed(bool, ['shoe-size']) }),
    )
    for (const category of categoriesOf(table).slice(0, 2))
      add(`computed from ${category} of ${name}, which the endpoint does not say`, () =>
        refusal(
          origins,
          counted,
          derived,
          every.filter((one) => one !== category),
          { some: computed(bool, [category]) },
        ),
      )
  }
  return mutants
}
