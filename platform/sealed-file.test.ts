import assert from 'node:assert/strict'
import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { PassThrough } from 'node:stream'
import { openSealed, sealing } from './sealed-file.ts'
import { openTable, xlsxWriter } from './tabular/index.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-'))
})
after(() => rm(folder, { recursive: true }))

const key = createSecretKey(randomBytes(32))
/** Brought in bits of every size, as a network brings it. */
const kept = async (name: string, bytes: Buffer): Promise<string> => {
  const bits = [
    ...(function* () {
      for (let [at, size] = [0, 1]; at < bytes.length; at += size, size = size * 3 + 1)
        yield bytes.subarray(at, at + size)
    })(),
  ]
  const path = join(folder, name)
  await writeFile(path, await buffer(Readable.from(bits).pipe(sealing(key))))
  return path
}

test('what was sealed is read from any place, and stands nowhere in the file', async () => {
  for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000]) {
    const bytes = randomBytes(size)
    const path = await kept(`of-${size}`, bytes)
    const source = await openSealed(path, key)
    assert.equal(source.size, size)
    for (const [from, length] of [
      [0, size],
      [size - 1, 2],
      [65_530, 12],
      [131_000, 70_000],
      [size, 1],
    ] as const) {
      if (from < 0) continue
      const into = Buffer.alloc(length)
      const read = await source.read(into, from)
      assert.deepEqual(into.subarray(0, read), bytes.subarray(from, from + length), `${size} from ${from}`)
    }
    await source.close()
    if (size > 100) assert.equal((await readFile(path)).indexOf(bytes.subarray(50, 82)), -1)
  }
})

test('a file that was altered, cut off, or sealed under another key is told, not read', async () => {
  const path = await kept('whole', randomBytes(200_000))
  const whole = await readFile(path)
  const read = async (bytes: Buffer, by = key) => {
    await writeFile(path, bytes)
    const source = await openSealed(path, by)
    try {
      const into = Buffer.alloc(200_000)
      return await source.read(into, 0)
    } finally {
      await source.close()
    }
  }
  assert.equal(await read(whole), 200_000)
  const altered = Buffer.from(whole)
  altered[70_000] = (altered[70_000] ?? 0) ^ 1
  const piece = 65_564
  const swapped = Buffer.concat([
    whole.subarray(0, 9),
    whole.subarray(9 + piece, 9 + 2 * piece),
    whole.subarray(9, 9 + piece),
    whole.subarray(9 + 2 * piece),
  ])
  for (const [what, bytes] of [
    ['altered', altered],
    ['cut within a piece', whole.subarray(0, 100_000)],
    ['cut after a piece', whole.subarray(0, 9 + 2 * piece)],
    ['pieces in another order', swapped],
  ] as const)
    await assert.rejects(read(bytes), { code: 'file.damaged' }, what)
  await assert.rejects(read(whole, createSecretKey(randomBytes(32))), { code: 'file.damaged' })
})

test('tables are read out of it, and from where an earlier reading had come to', async () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => `K${i};Mallinen ${i}`)
  const csv = await kept('table.csv', Buffer.from(['avain;nimi', ...lines].join('\n')))
  const out = new PassThrough()
  const written = buffer(out)
  const writer = xlsxWriter(out, [{ name: 'avain' }, { name: 'nimi' }])
  await writer.write(lines.map((line) => line.split(';')))
  await writer.end()
  const xlsx = await kept('table.xlsx', await written)
  for (const path of [csv, xlsx]) {
    const table = await openTable({ open: () => openSealed(path, key) })
    assert.deepEqual(table.header, ['avain', 'nimi'])
    let [rows, at] = [0, table.first]
    for await (const batch of table.rows()) {
      rows += batch.rows.length
      at = batch.next
      if (rows > 20_000) break
    }
    for await (const batch of table.rows(at)) {
      if (rows > 20_000 && rows < 30_000) assert.equal(batch.rows[0]?.[0], `K${rows}`)
      rows += batch.rows.length
    }
    assert.equal(rows, lines.length, path)
  }
})
