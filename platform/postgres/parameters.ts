// Server parameters for the machine at hand, from a small virtual machine to 24 GiB on two cores. For postgres.ts alone.
import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

export type Parameters = Readonly<Record<string, string | number | boolean>>

const mebibyte = 1024 ** 2
const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(Math.floor(value), most))

/** In MiB, and no more than the container may use. */
const memory = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity) / mebibyte

/** Parallel queries pass rows through /dev/shm, of which containers often have 64 MiB: there they would fail. */
const sharedMemoryIsSmall = (): boolean => {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    return (bsize * blocks) / mebibyte < 256
  } catch {
    return false
  }
}

/**
 * @param durable false only for tests: nothing is flushed to disk, and a crash of the machine may lose the cluster.
 */
export const parametersFor = (durable: boolean): Parameters => ({
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: 200,
  shared_buffers: `${durable ? between(32, memory() / 4, 2048) : 128}MB`,
  effective_cache_size: `${between(64, memory() / 2, 65_536)}MB`,
  maintenance_work_mem: `${between(32, memory() / 32, 512)}MB`,
  work_mem: `${between(4, memory() / 1024, 16)}MB`,
  random_page_cost: 1.1,
  jit: false,
  ...(sharedMemoryIsSmall() ? { max_parallel_workers_per_gather: 0, max_parallel_maintenance_workers: 0 } : {}),
  // The embedded build has no LZ4.
  wal_compression: 'pglz',
  ...(durable
    ? { max_wal_size: '4GB', min_wal_size: '256MB' }
    : { fsync: false, synchronous_commit: false, full_page_writes: false, wal_level: 'minimal', max_wal_senders: 0 }),
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Statements, and the details and texts of errors, hold personal data: the server's own log says only how the server is.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: false,
})
