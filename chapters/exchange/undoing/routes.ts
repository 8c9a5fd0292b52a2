// Undoing put together. What came later than the import, to a person or to one kind of facts of theirs, stays as it is.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Conflict } from '../../../platform/errors.ts'
import { handleOf } from '../rules.ts'
import * as api from './api.ts'
import * as days from './days.ts'
import * as queries from './queries.ts'

const most = 500

const undoing = async (db: Parameters<typeof queries.lockUndoing>[0], job: number) => {
  const found = await queries.lockUndoing(db, job)
  if (found === undefined) throw new Conflict('import.not-undoing')
  return found
}

type Why = { readonly customer: number; readonly why: string; readonly table?: string }

export const undoingRoutes: readonly Route[] = [
  route(api.leftToUndo, async ({ db, input }) =>
    (await queries.peopleLeft(db, input.body.job_id, most)).map(({ customer_id }) => customer_id),
  ),
  route(api.undoSome, async ({ db, input, now, actor }) => {
    const { job_id, people } = input.body
    const job = await undoing(db, job_id)
    const handle = handleOf(job_id)
    const back = { source: job.source, now, by: job.undone_by ?? actor.handle }
    const traces = await queries.tracesOf(db, job_id, people)
    const made = new Set(
      traces
        .filter(({ table_name, did }) => table_name === 'customer' && did === 'inserted')
        .map(({ customer_id }) => customer_id),
    )
    const kept: Why[] = (await queries.newerThan(db, [...made], handle)).flatMap(({ id, kept: why }) =>
      why === null ? [] : [{ customer: id, why }],
    )
    for (const { customer } of kept) made.delete(customer)
    await queries.deletePeople(db, [...made])

    const keptPeople = new Set(kept.map(({ customer }) => customer))
    const others = traces.filter(({ customer_id }) => !made.has(customer_id) && !keptPeople.has(customer_id))
    const done: queries.Trace[] = []
    for (const table of queries.datedTables) {
      const here = others.filter(({ table_name }) => table_name === table)
      if (here.length === 0) continue
      const rowsOf = (did: queries.Trace['did'], among = here) =>
        among.filter((trace) => trace.did === did).map(({ row_id }) => row_id)
      const still = new Set((await queries.untouched(db, table, rowsOf('inserted'), handle)).map(({ id }) => id))
      const touched = new Set(
        here
          .filter(({ did, row_id }) => did === 'inserted' && !still.has(row_id))
          .map(({ customer_id }) => customer_id),
      )
      for (const customer of touched) kept.push({ customer, why: 'row.newer', table })
      const going = here.filter(({ customer_id }) => !touched.has(customer_id))
      await queries.deleteRows(db, table, rowsOf('inserted', going))
      if (table !== 'identity_code') {
        await queries.reopenRows(db, table, rowsOf('closed', going))
        const removed = going.flatMap(({ did, was }) => (did === 'removed' && was !== null ? [was] : []))
        if (removed.length > 0) await queries.putBack(db, table, removed, back)
      }
      done.push(...going)
    }
    const ownTraces = (table: string) => others.filter(({ table_name }) => table_name === table)
    const settle = (here: readonly queries.Trace[], gone: ReadonlySet<number>): void => {
      for (const trace of here)
        if (gone.has(trace.row_id)) done.push(trace)
        else kept.push({ customer: trace.customer_id, why: 'row.newer', table: trace.table_name })
    }
    const contracts = ownTraces('contract')
    settle(
      contracts,
      new Set(
        (
          await queries.deleteContracts(
            db,
            contracts.map(({ row_id }) => row_id),
            handle,
          )
        ).map(({ contract_id }) => contract_id),
      ),
    )
    for (const table of ['occupancy', 'contact'] as const) {
      const here = ownTraces(table)
      const ids = here.map(({ row_id }) => row_id)
      const gone = await queries.deleteOwn(db, table, ids, handle)
      settle(here, new Set(gone.map(({ id }) => id)))
    }
    // Last of what was added: by then nothing of this import is left by which the company would serve them.
    const opened = [...ownTraces('served customer'), ...ownTraces('served site')]
    for (const entity of new Set(opened.map(({ was }) => Number(was?.['entity'])))) {
      const here = opened.filter(({ was }) => Number(was?.['entity']) === entity)
      const rowsOf = (table: string) =>
        here.filter(({ table_name }) => table_name === table).map(({ row_id }) => row_id)
      const [clients, homes] = [rowsOf('served customer'), rowsOf('served site')]
      const places = here.flatMap(({ was }) => (was?.['sites'] as readonly number[] | undefined) ?? [])
      await queries.leave(db, clients, [...new Set([...homes, ...places])], entity)
      const seen = {
        'served customer': new Set((await queries.peopleSeenBy(db, clients, entity)).map(({ id }) => id)),
        'served site': new Set((await queries.sitesSeenBy(db, homes, entity)).map(({ id }) => id)),
      }
      for (const [table, still] of Object.entries(seen))
        settle(
          here.filter(({ table_name }) => table_name === table),
          new Set(rowsOf(table).filter((id) => !still.has(id))),
        )
    }
    const keys = done.flatMap(({ table_name, was }) =>
      table_name === 'contact' && typeof was?.['key'] === 'string' ? [was['key']] : [],
    )
    await queries.forgetKeys(db, job.source, keys)
    const parties = others.filter(({ table_name, did }) => table_name === 'customer' && did === 'changed')
    const restored = new Set((await queries.restoreParties(db, parties, back)).map(({ id }) => id))
    for (const trace of parties)
      if (restored.has(trace.row_id)) done.push(trace)
      else kept.push({ customer: trace.customer_id, why: 'row.newer', table: 'customer' })

    await queries.deleteTraces(db, job_id, done)
    await queries.keepTraces(db, job_id, kept)
    const customers = done.filter(
      ({ table_name }) => !['contract', 'occupancy', 'contact', 'served customer', 'served site'].includes(table_name),
    )
    await queries.forgetDigests(db, job.source, [...new Set(customers.map(({ customer_id }) => customer_id))])
    const staying = new Set(kept.map(({ customer }) => customer))
    const undone = people.filter((id) => !staying.has(id)).length
    await queries.moveUndone(db, job_id, undone, staying.size)
    return { undone, kept: staying.size }
  }),
  route(api.placesLeft, async ({ db, input }) => {
    const { job_id, of, after } = input.body
    const left = of === 'points' ? queries.pointsLeft : queries.sitesLeft
    return (await left(db, handleOf(job_id), after, most)).map(({ id }) => id)
  }),
  route(api.undoPlaces, async ({ db, input }) => {
    const { job_id, of, ids } = input.body
    await undoing(db, job_id)
    const remove = of === 'points' ? queries.deletePoints : queries.deleteSites
    const gone = await remove(db, ids, handleOf(job_id))
    return { undone: gone.length, kept: ids.length - gone.length }
  }),
  route(api.undoDays, async ({ db, input, now }) => {
    const { job_id } = input.body
    const { rows_undone, rows_kept } = await undoing(db, job_id)
    // Before anything has gone back, what newer came over is told; it stays as it is.
    const kept = rows_undone + rows_kept > 0 ? 0 : (await days.daysCovered(db, job_id)).covered
    const found = await days.daysToUndo(db, job_id, most)
    await days.keepFormer(db, found, now)
    await days.returnDays(db, found, now)
    await days.deleteDays(db, found)
    await queries.moveUndone(db, job_id, found.length, kept)
    return { undone: found.length, kept, left: found.length }
  }),
  route(api.keepSome, async ({ db, input }) => {
    const { job_id, people } = input.body
    await undoing(db, job_id)
    await queries.keepTraces(
      db,
      job_id,
      people.map((customer) => ({ customer, why: 'customer.newer' })),
    )
    await queries.moveUndone(db, job_id, 0, people.length)
    return { undone: 0, kept: people.length }
  }),
]
