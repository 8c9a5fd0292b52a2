// npm run mutants: hundreds of small breaches of the register, each of which a check must catch. What survives is a hole in the proof.
import { parseArgs } from 'node:util'
import { testRegister } from '../tests/database.ts'
import { mutantsOf } from '../tests/mutants/all.ts'
import { kinds } from '../tests/mutants/mutant.ts'

const { values } = parseArgs({
  options: { help: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' } },
})

if (values.help) {
  console.log(`npm run mutants [-- [--json] [--only KIND]]

Makes small breaches of the register, each undone at once, and asks the checks of the start, the reader of the declaration and the witness
whether they notice. A breach that nothing notices has survived.
  --only KIND   one of ${kinds.join(', ')}
  --json        an array of { kind, breach, caught } instead of lines

The last line is "N of M killed"; exit code 0 only when none survived.`)
  process.exit(0)
}
if (values.only !== undefined && !(kinds as readonly string[]).includes(values.only)) {
  console.error(`there is no kind ${values.only}; give one of ${kinds.join(', ')}`)
  process.exit(2)
}

const opened = await testRegister()
const results: { kind: string; breach: string; caught: string | null }[] = []
const owner = await opened.owner.connect()
try {
  for (const { kind, breach, caught } of await mutantsOf(opened, owner)) {
    if (values.only !== undefined && kind !== values.only) continue
    const result = { kind, breach, caught: (await caught()) ?? null }
    results.push(result)
    if (!values.json)
      console.log(
        `${result.caught === null ? 'SURVIVED' : 'killed'}  ${kind}  ${breach}${result.caught === null ? '' : `\n          ${result.caught}`}`,
      )
  }
} finally {
  owner.release()
  await opened.drop()
}
const killed = results.filter(({ caught }) => caught !== null).length
if (values.json) console.log(JSON.stringify(results, null, 2))
else console.log(`${killed} of ${results.length} killed`)
process.exitCode = killed === results.length && killed > 0 ? 0 : 1
