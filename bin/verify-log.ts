// npm run verify-log -- FILE [--key KEY]: checks proofs of the access log with the published verifier. --whole: the log itself.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readSettings } from '../platform/settings.ts'
// @ts-expect-error The verifier is published as plain JavaScript and has no types.
import { readKey, verifyConsistency, verifyLine } from '../enforcement/access-log/verify.mjs'

const help = `npm run verify-log -- FILE [--key KEY]
npm run verify-log -- --whole

Verifies a downloaded proof of the access log: that a line is in the log under a signed checkpoint, or that a later log begins
with an earlier one. FILE holds JSON: {"line", "salt", "index", "size", "hashes", "checkpoint"} or {"earlier", "later", "hashes"},
and may hold the log's public key as "key"; --key names it instead, as published with the notice. A key that came with the proof
proves only that the two belong together: compare it with the published one.

--whole audits the register's own log instead, on the database of the settings: no line edited, moved, put in or taken away before its
time, every checkpoint signed and true. About a minute for each million lines; the register may be in use meanwhile.

Exit code: 0 it holds, 1 it does not, 2 the file or the arguments cannot be used.`

const unusable = (why: string): never => {
  console.error(`${why}\n\n${help}`)
  process.exit(2)
}

const given = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { key: { type: 'string' }, whole: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    return unusable((error as Error).message)
  }
}

const { values, positionals } = given()
if (values.help) {
  console.log(help)
  process.exit(0)
}
if (values.whole) {
  const { auditOf } = await import('../server/audit.ts')
  const found = await auditOf(readSettings()).catch((error: Error) =>
    unusable((error as { detail?: string }).detail ?? error.message),
  )
  for (const each of found) console.error(each)
  console.log(found.length === 0 ? 'holds: the log is whole' : `does not hold: ${found.length} findings`)
  process.exit(found.length === 0 ? 0 : 1)
}
const file = positionals[0] ?? unusable('no file named')
if (positionals.length > 1) unusable(`one file at a time: ${positionals.join(', ')}`)

const proof = await readFile(file, 'utf8')
  .then((text) => JSON.parse(text) as unknown)
  .then((read) =>
    read !== null && typeof read === 'object' ? (read as Record<string, unknown>) : unusable(`${file} holds no proof`),
  )
  .catch((error: Error) => unusable(`${file} cannot be read as JSON: ${error.message}`))
const key = values.key ?? proof['key']
if (typeof key !== 'string') unusable('no public key: give --key, or a file that holds one')
await readKey(key).catch((error: Error) => unusable(error.message))
if (!('earlier' in proof) && !('line' in proof)) unusable(`${file} holds neither "line" nor "earlier"`)
try {
  if ('earlier' in proof) {
    await verifyConsistency(proof['earlier'], proof['later'], proof['hashes'], key)
    console.log('holds: the later log begins with the earlier one')
  } else {
    const line = (await verifyLine(proof, key)) as readonly (string | null)[]
    console.log(`holds: line ${String(proof['index'])} of ${String(proof['size'])}: ${line.slice(1).join(' · ')}`)
  }
  if (values.key === undefined)
    console.log(`under the key that came with it; compare it with the published one: ${String(key)}`)
} catch (error) {
  console.error(`does not hold: ${(error as Error).message}`)
  process.exit(1)
}
