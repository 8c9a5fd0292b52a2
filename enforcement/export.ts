// A list as a file: the rows that one sees, read again by a login that reads nothing else, each page on record before it leaves.
import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import { dayOf } from '../platform/clock.ts'
import { transaction } from '../platform/database.ts'
import { Forbidden, Invalid, NotFound, RegisterError } from '../platform/errors.ts'
import { type Cell, csvWriter, jsonWriter, type JsonCell, xlsxWriter } from '../platform/tabular/index.ts'
import type { Endpoint, GivenFile, Input } from '../register/endpoint.ts'
import {
  type Form,
  forms,
  isExportReason,
  type List,
  type ListColumn,
  rowsOf,
  takenOutAs,
  type Value,
} from '../register/list.ts'
import type { Category, Language } from '../register/vocabulary.ts'
import type { AccessEvent, Outcome } from './access-event.ts'
import { type Bundle, outLogin } from './bundles.ts'
import type { Names } from './names.ts'
import type { Register } from './register.ts'
import { type Actor, anyone, bundleFor, type Context, parsed, type Request, type Route, type Serving } from './serve.ts'
import { nothingSeen, witnessOf } from './witness.ts'

/** The bundle by which this actor takes out the list of the endpoint; undefined when the role is not declared to take out all that it is made of. */
const outBundleFor = (register: Register, actor: Actor, endpoint: Endpoint): Bundle | undefined => {
  if (endpoint.list === undefined) return undefined
  const whole = bundleFor(register, actor, endpoint)
  const out = whole && register.bundles.get(outLogin(whole.login))
  return out && endpoint.reads.every((category) => out.reads.has(category)) ? out : undefined
}

/** The actions whose lists a role and hat may take out: what the desk shows the button for. */
export const takenOutBy = (register: Register, actor: Actor, routes: readonly Route[]): readonly string[] =>
  routes.flatMap(({ endpoint }) => (outBundleFor(register, actor, endpoint) === undefined ? [] : [endpoint.action]))

export type Asking = Omit<Request, 'body'> & { readonly form: Form; readonly language: Language; readonly names: Names }

const types: Readonly<Record<Form, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
}
const yes = { fi: ['ei', 'kyllä'], sv: ['nej', 'ja'], en: ['no', 'yes'] } as const

const cellOf = (column: ListColumn, name: string, row: unknown, language: Language, names: Names): Cell => {
  const value: Value = column.of ? column.of(row as never, language) : (row as Record<string, Value>)[name]
  const said = (code: string): string =>
    column.names === undefined ? (column.values?.[code]?.[language] ?? code) : names(column.names, code, language)
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return yes[language][Number(value)]
  if (typeof value === 'object') return value.map(said).join(', ')
  if (column.type === 'instant') return new Date(value)
  return typeof value === 'string' && column.type === undefined ? said(value) : value
}

/** For a program: codes stay codes, and truth is true or false. */
const plainOf = (column: ListColumn, name: string, row: unknown, language: Language): JsonCell => {
  const value: Value = column.of ? column.of(row as never, language) : (row as Record<string, Value>)[name]
  return column.type === 'instant' && typeof value === 'string' ? new Date(value) : value
}

const noList = (endpoint: Endpoint) =>
  new NotFound('list.none', { detail: `${endpoint.action} gives no list that could be taken out` })

/**
 * The first page is read, and on record, before anything is answered; each further one while the file is written.
 * @throws the errors of an answer; `reason.missing` without one of the declared reasons. A refusal is logged as well.
 */
export const takeOut = async (
  serving: Serving,
  route: Route,
  actor: Actor | undefined,
  request: Asking,
): Promise<GivenFile> => {
  const { register, log, now } = serving
  const { endpoint } = route
  const { form, language, names, because } = request
  const exported = randomUUID()
  let pages = 0
  const lineOf = (by: Actor, bundle: Bundle | undefined) => {
    // The first page bears the id of the export itself: by it the log and the list of exports meet.
    const id = pages === 0 ? exported : randomUUID()
    return (outcome: Outcome, subject: number | null, categories: readonly Category[]): AccessEvent => ({
      at: now(),
      request: id,
      actor: by.handle,
      role: by.role,
      purpose: bundle?.purpose ?? endpoint.purposes[0],
      hat: by.hat,
      subject,
      categories,
      endpoint: takenOutAs(endpoint.action, form),
      because: because ?? null,
      outcome,
      noticeHash: register.noticeHash,
    })
  }

  const page = async (by: Actor, bundle: Bundle, list: List, why: string, input: Input<Endpoint>) => {
    const seen = nothingSeen()
    const mayLeave = [...endpoint.reads, ...(endpoint.readsIfPermitted ?? [])].filter((one) => bundle.reads.has(one))
    const context: Omit<Context<Endpoint>, 'db'> = {
      input,
      actor: by,
      bundle,
      now: now(),
      because: why,
      caller: null,
      // A list opens nobody.
      opened: false,
      keys: register.keys,
      may: (category) => bundle.reads.has(category),
      session: request.session,
    }
    const output = await transaction(
      register.pool(bundle.login),
      witnessOf(register.origins, register.verdicts, new Set(mayLeave), seen),
      async (db) => endpoint.gives.parse(await route.handle({ ...context, db })),
      async (connection) => {
        const people = [...seen.people]
        const categories = [...seen.categories]
        // The page after the last row: nothing was shown, and the list has its line already.
        if (pages > 0 && categories.length === 0) return
        await connection.query(
          `select list_taken_out($1, $2, $3, $4, $5, $6, decode($7, 'hex'), $8::text[], $9::bigint[])`,
          [exported, endpoint.action, form, why, by.handle, now(), register.noticeHash, categories, people],
        )
        const line = lineOf(by, bundle)
        const outcome = people.length > 1 ? 'listed' : 'read'
        await log.note(
          people.length === 0
            ? [line(outcome, null, categories)]
            : people.map((person) => line(outcome, person, categories)),
          { strict: true },
        )
        pages += 1
      },
    )
    return { rows: rowsOf(output), next: list.next?.(output) }
  }

  const refusedOrFailed = async (error: unknown, bundle: Bundle | undefined): Promise<void> => {
    const outcome = error instanceof RegisterError && error.status < 500 ? 'refused' : 'failed'
    const by = actor ?? anyone
    pages += 1
    await log.note([lineOf(by, bundle)(outcome, null, [])], { strict: false })
  }

  const bundle = actor && outBundleFor(register, actor, endpoint)
  try {
    if (actor === undefined) throw new Forbidden('session.missing', { status: 401 })
    const { list } = endpoint
    if (list === undefined) throw noList(endpoint)
    if (bundle === undefined)
      throw new Forbidden('export.not-declared', {
        detail: `${actor.role} in hat ${actor.hat} is not declared to take out all that ${endpoint.action} gives`,
      })
    if (!isExportReason(because)) throw new Forbidden('reason.missing', { status: 428 })
    const input = parsed(endpoint, { ...request, body: undefined })
    const first = await page(actor, bundle, list, because, input)

    const columns = Object.entries(list.columns).filter(
      ([, { category }]) => category === undefined || bundle.reads.has(category),
    )
    const heads = columns.map(([, { label, type }]) => ({ name: label[language], ...(type && { type }) }))
    const cells = (rows: readonly unknown[]): readonly (readonly Cell[])[] =>
      rows.map((row) => columns.map(([name, column]) => cellOf(column, name, row, language, names)))
    const writerOf = (to: Writable) => {
      if (form === 'json') {
        const { write, end } = jsonWriter(
          to,
          columns.map(([name, { type }]) => ({ name, ...(type && { type }) })),
        )
        const plain = (row: unknown) => columns.map(([name, column]) => plainOf(column, name, row, language))
        return { write: (rows: readonly unknown[]) => write(rows.map(plain)), end }
      }
      const { write, end } =
        form === 'csv' ? csvWriter(to, heads) : xlsxWriter(to, heads, { sheet: list.title[language] })
      return { write: (rows: readonly unknown[]) => write(cells(rows)), end }
    }
    const writePages = async (to: Writable): Promise<void> => {
      const writer = writerOf(to)
      let { rows, next } = first
      await writer.write(rows)
      while (rows.length > 0 && next !== undefined) {
        const query = { ...(input.query as object | undefined), ...next }
        ;({ rows, next } = await page(actor, bundle, list, because, { ...input, query } as unknown as Input<Endpoint>))
        await writer.write(rows)
      }
      await writer.end()
    }
    return {
      type: types[form],
      name: `${list.title[language]} ${dayOf(now())}.${form}`,
      // Rejects when the list could not be written to its end: then the answer breaks off, and does not look whole.
      write: (to) =>
        writePages(to as Writable).catch(async (error: unknown) => {
          await refusedOrFailed(error, bundle)
          throw error
        }),
    }
  } catch (error) {
    await refusedOrFailed(error, bundle)
    throw error
  }
}

const wanted: readonly string[] = forms

/** What `?as=` asks for, and the query without it; undefined where the answer itself is asked for. @throws Invalid for another form */
export const formAsked = (
  endpoint: Endpoint,
  asked: unknown,
): { readonly form: Form; readonly query: object } | undefined => {
  const { as, ...query } = Object(asked) as { as?: unknown }
  if (as === undefined || endpoint.method !== 'GET') return undefined
  if (endpoint.list === undefined) throw noList(endpoint)
  if (typeof as !== 'string' || !wanted.includes(as))
    throw new Invalid('input.invalid', {
      status: 422,
      faults: [{ path: 'query.as', code: 'invalid_value', message: `give ${wanted.join(', ')}` }],
    })
  return { form: as as Form, query }
}
