// Reading and writing of tables: CSV against split('\n') and split(';') of the same file in the same run; XLSX beside it without a baseline.
import { createWriteStream } from 'node:fs'
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { type Column, csvWriter, openTable, type TableWriter, xlsxWriter } from '../platform/tabular/index.ts'
import { inTurns, ownCpu, rowOf, spentOn } from './kit/measure.ts'
import { type Spent, topic } from './kit/topic.ts'

type Tally = { readonly rows: number; readonly cells: number; readonly letters: number }

const columns: readonly Column[] = [
  ...[
    'asiakasnumero',
    'sukunimi',
    'etunimi',
    'katuosoite',
    'postinumero',
    'postitoimipaikka',
    'puhelin',
    'sähköposti',
  ].map((name): Column => ({ name })),
  { name: 'syntymäaika', type: 'day' },
  { name: 'kieli' },
  { name: 'laskutus' },
  { name: 'saldo', type: 'number' },
]
const families = ['Mallinen', 'Esimäki', 'Näytelä', 'Hämäläis-Malli', 'Åmodell', 'Kokeilu']

const personOf = (n: number): readonly string[] => [
  String(100_000 + n),
  families[n % families.length] ?? '',
  n % 2 ? 'Päivi Maria' : 'Matti',
  `Mallikatu ${n % 200} A ${n % 40}`,
  `15${100 + (n % 800)}`,
  'LAHTI',
  `+35850${5_550_000 + (n % 10_000)}`,
  `asiakas.${n}@example.fi`,
  `19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 10}`,
  'fi',
  'e-lasku',
  `${n % 1_000}.50`,
]

const write = async (path: string, rows: number, make: (stream: Writable) => TableWriter): Promise<void> => {
  const writer = make(createWriteStream(path))
  for (let n = 0; n < rows; n += 1_000)
    await writer.write(Array.from({ length: Math.min(1_000, rows - n) }, (_, i) => personOf(n + i)))
  await writer.end()
}

const read = async (path: string): Promise<Tally> => {
  let [rows, cells, letters] = [0, 0, 0]
  for await (const batch of (await openTable(path)).rows())
    for (const row of batch.rows) {
      rows++
      cells += row.length
      for (const cell of row) letters += cell.length
    }
  return { rows, cells, letters }
}

/** The least that a program could do: no quoting, no faults, no strict decoding, the whole file in memory. */
const split = async (path: string): Promise<Tally> => {
  const lines = (await readFile(path, 'utf8')).split('\r\n')
  let [rows, cells, letters] = [0, 0, 0]
  for (const line of lines.slice(1)) {
    if (line === '') continue
    const row = line.split(';')
    rows++
    cells += row.length
    for (const cell of row) letters += cell.length
  }
  return { rows, cells, letters }
}

/** What no program goes below: each byte looked at once. */
const sumOfBytes = async (path: string): Promise<number> => {
  const file = await open(path)
  const bytes = Buffer.allocUnsafe(1_048_576)
  let sum = 0
  for (;;) {
    const { bytesRead } = await file.read(bytes)
    if (bytesRead === 0) break
    for (let i = 0; i < bytesRead; i++) sum += bytes[i] as number
  }
  await file.close()
  return sum
}

export const bench = topic({
  what: 'reading CSV and XLSX as the import does',
  options: {
    rows: { default: 300_000, tiny: 500, what: 'rows of twelve cells' },
    pairs: { default: 7, tiny: 1, what: 'pairs of readings' },
  },
  run: async ({ rows, pairs }, say) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-tabular-'))
    try {
      const [csv, xlsx] = [join(folder, 'a.csv'), join(folder, 'a.xlsx')]
      const written = await spentOn(ownCpu, () => write(csv, rows, (stream) => csvWriter(stream, columns)))
      const sheet = await spentOn(ownCpu, () => write(xlsx, rows, (stream) => xlsxWriter(stream, columns)))
      const [ours, theirs] = [await read(csv), await split(csv)]
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error('the two readings of the file differ')
      const size = { csv: (await stat(csv)).size, xlsx: (await stat(xlsx)).size }
      const speed = ({ cpu }: Spent, bytes: number): string =>
        `${(rows / cpu / 1e3).toFixed(2)} M rows and ${(bytes / cpu / 1e3).toFixed(0)} MB a second`
      say(`CSV of ${(size.csv / 1e6).toFixed(1)} MB written at ${speed(written, size.csv)} of CPU`)
      say(`XLSX of ${(size.xlsx / 1e6).toFixed(1)} MB written at ${speed(sheet, size.xlsx)}`)
      const reading = await inTurns(
        pairs,
        ownCpu,
        () => read(csv),
        () => split(csv),
      )
      const floor = await inTurns(
        pairs,
        ownCpu,
        () => read(csv),
        () => sumOfBytes(csv),
      )
      const sheets = await inTurns(
        Math.min(pairs, 3),
        ownCpu,
        () => read(xlsx),
        () => read(csv),
      )
      const base = { unit: 's', is: 'dearer' } as const
      return [
        rowOf(
          {
            ...base,
            what: 'CSV read: quoting, encodings, faults',
            baseline: "split('\\n'), split(';') of the whole file",
          },
          reading,
          1_000,
        ),
        rowOf({ ...base, what: 'CSV read', baseline: 'a loop that sums the bytes' }, floor, 1_000),
        rowOf({ ...base, what: 'XLSX read', baseline: 'our CSV of the same rows' }, sheets, 1_000),
      ]
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
})
