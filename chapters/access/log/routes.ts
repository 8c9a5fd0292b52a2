// The access log: api, rules and queries put together.
import { consistencyOf, newestCheckpoint, proofOfLine } from '../../../enforcement/access-log/proof.ts'
import type { Register } from '../../../enforcement/register.ts'
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict, NotFound } from '../../../platform/errors.ts'
import { categories, type Category, type Purpose, type Words } from '../../../register/vocabulary.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { beginningOf, nameOf, reasonOf, staffOfHandle } from './rules.ts'

/** A full page may have another behind it; the next one begins before its last row. */
const nextOf = <T>(rows: readonly T[], limit: number, placeOf: (row: T) => number): number | null => {
  const last = rows.at(-1)
  return last === undefined || rows.length < limit ? null : placeOf(last)
}

const each = <T>(values: readonly (T | undefined | null)[]): readonly T[] => [
  ...new Set(values.filter((value) => value !== undefined && value !== null)),
]

type Lines = Awaited<ReturnType<typeof queries.accessLines>>

/** Who is meant by the handles and numbers of these lines, as far as the caller may know. */
const namesOf = async (db: Read, lines: Lines, may: Context<typeof api.searchAccessLog>['may']) => {
  const staff = await queries.staffNames(db, each(lines.map(({ actor }) => staffOfHandle(actor))))
  const known = may('name') && may('customer-number')
  const people = known ? await queries.personNames(db, each(lines.map(({ subject_id }) => subject_id))) : []
  return {
    staff: new Map(staff.map(({ id, name }) => [id, name])),
    people: new Map(people.map(({ id, number, ...parts }) => [id, { number, name: nameOf(parts) }])),
  }
}

export const logRoutes = ({ description }: Register): readonly Route[] => {
  const roleOf = new Map(description.roles.map((role) => [role.id, role]))
  const companies = new Map(description.controllers.map(({ id, name }) => [id, name]))
  /** What is no longer declared is told by its id: the line is older than the declaration. */
  const told = (id: string, label: Words | undefined): Words => label ?? { fi: id, sv: id, en: id }
  const purposeLabel = (id: string) => told(id, description.purposes[id as Purpose]?.label)
  const categoryLabel = (id: string) =>
    told(id, id in categories ? description.categories[id as Category].label : undefined)

  return [
    route(api.searchAccessLog, async ({ db, input, may, now }) => {
      const { customer_id, ...sought } = input.query
      const from = beginningOf(input.query, now)
      const person = customer_id === undefined ? undefined : { customer_id, cluster: may('customer-status') }
      const lines = await queries.accessLines(db, { ...sought, from }, person)
      const { staff, people } = await namesOf(db, lines, may)
      return {
        lines: lines.map((line) => {
          const subject = line.subject_id === null ? undefined : people.get(line.subject_id)
          return {
            ...line,
            actor_name: staff.get(staffOfHandle(line.actor) ?? 0) ?? null,
            subject_number: subject?.number ?? null,
            subject_name: subject?.name ?? null,
          }
        }),
        next: nextOf(lines, input.query.limit, ({ id }) => id),
        from: from ?? null,
      }
    }),
    route(api.countSeen, async ({ db, input }) => {
      const { actor, from, to } = input.query
      return {
        ...(await queries.seenByInAll(db, actor, from, to)),
        actions: await queries.seenBy(db, actor, from, to),
      }
    }),
    route(api.proveLine, async ({ db, input }) => {
      const proof = await proofOfLine(db, input.params.line_id)
      if (proof !== undefined) return proof
      throw (await queries.lineExists(db, input.params.line_id)) === undefined
        ? new NotFound('log.line-unknown')
        : new Conflict('log.line-unsigned')
    }),
    route(api.listCheckpoints, async ({ db, input }) => {
      const { before, limit } = input.query
      const rows = await queries.checkpoints(db, before, limit)
      return {
        checkpoints: rows.map((row) => ({ ...row, root: row.root.toString('base64') })),
        next: nextOf(rows, limit, ({ size }) => size),
      }
    }),
    route(api.proveGrowth, async ({ db, input }) => {
      const { earlier, later } = input.query
      const found = await (later === undefined ? newestCheckpoint(db) : queries.findCheckpoint(db, later))
      if (found === undefined) throw new NotFound('log.checkpoint-unknown')
      // Who kept a longer log than we have holds the proof that ours was cut or put back.
      if (found.size < earlier) throw new Conflict('log.shorter-than-kept')
      return { later: found.note, hashes: await consistencyOf(db, earlier, found.size) }
    }),
    route(api.looksAtPerson, async ({ db, input, may }) => {
      const { limit } = input.query
      const person = { customer_id: input.params.customer_id, cluster: may('customer-status') }
      const lines = await queries.accessLines(db, input.query, person)
      const known = may('name') && may('customer-number')
      const [own] = known ? await queries.personNames(db, [person.customer_id]) : []
      return {
        person: own === undefined ? null : { number: own.number, name: nameOf(own) },
        looks: lines.map(({ id, at, purpose, role, hat, because, categories: shown, outcome }) => {
          const declared = roleOf.get(role)
          return {
            id,
            at,
            purpose: purposeLabel(purpose),
            role: told(role, declared?.label),
            unit: told(role, declared?.unit),
            companies: (declared?.hats[hat] ?? []).map((one) => companies.get(one) ?? one),
            categories: shown.map(categoryLabel),
            reason: reasonOf(because),
            outcome,
          }
        }),
        next: nextOf(lines, limit, ({ id }) => id),
      }
    }),
  ]
}
