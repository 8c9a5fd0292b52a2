import assert from 'node:assert/strict'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Worker } from 'node:worker_threads'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabular-memory-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** Writes a table and reads it; says how many rows came and how many bytes of buffers there ever were. */
const program = `
  const { parentPort, workerData: { door, path, rows } } = require('node:worker_threads')
  const { createWriteStream } = require('node:fs')
  import(door).then(async ({ csvWriter, xlsxWriter, openTable }) => {
    const columns = ['numero', 'nimi', 'katu', 'saldo'].map((name) => ({ name, type: name === 'saldo' ? 'number' : 'text' }))
    let most = 0
    const look = () => { most = Math.max(most, process.memoryUsage().arrayBuffers) }
    const writer = (path.endsWith('csv') ? csvWriter : xlsxWriter)(createWriteStream(path), columns)
    for (let n = 0; n < rows; n += 1000) {
      await writer.write(Array.from({ length: 1000 }, (_, i) => ['A' + (n + i), 'Åsa Mäkelä ' + i, 'Hämeenkatu ' + (n + i), i]))
      look()
    }
    await writer.end()
    let read = 0
    for await (const batch of (await openTable(path)).rows()) {
      read += batch.rows.length
      look()
    }
    parentPort.postMessage({ read, most })
  })`

/** As many rows as would not fit in the heap that the worker is given: it ends with an error when they gather anywhere. */
const throughSmallHeap = async (name: string, rows: number): Promise<void> => {
  const path = join(folder, name)
  const worker = new Worker(program, {
    eval: true,
    workerData: { door: import.meta.resolve('./index.ts'), path, rows },
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 12 },
  })
  const { read, most } = await new Promise<{ read: number; most: number }>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
  await worker.terminate()
  assert.equal(read, rows)
  assert.ok(most < 24 * 1024 ** 2, `${most} bytes of buffers for a file of ${(await stat(path)).size}`)
}

test('a CSV file of any size passes through a small heap', () => throughSmallHeap('large.csv', 400_000))
test('a workbook of any size passes through a small heap', () => throughSmallHeap('large.xlsx', 100_000))
