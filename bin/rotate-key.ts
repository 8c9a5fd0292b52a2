// npm run rotate-key: a new master key, everything under it, and the older one away.
import { parseArgs } from 'node:util'
import { Conflict, RegisterError } from '../platform/errors.ts'
import { readSettings } from '../platform/settings.ts'
import { hangingOn, moveAll, removeOldest, told } from '../server/key-change.ts'
import { addMasterKey } from '../server/master-key.ts'
import { openOn } from '../server/program.ts'

const help = `npm run rotate-key -- add | wrap | remove | status

Identity codes, bank accounts and contents of contacts are sealed under a key of each person's own, and those keys under the master key. On the
master key rest also the look-up of identity codes, the second factors, the tokens of programs and the logins of the database.

  add      writes a new master key at the end of the key file. Then restart every process of the register, so that each knows both keys:
           what they make from then on is under the new one, and what must be found is found by either.
  wrap     puts everything under the newest master key, in small transactions. It may be cut off and run again, and the register may be in
           use meanwhile. Codes are opened for a moment to make their look-up anew, which is a line of the access log; contents are not.
  remove   takes the older key out of the file, unless something still hangs on it, which is told. Then restart every process again.
           The word "removed" keeps its place. A backup is opened with the key file of its time: keep each beside its backups, until they go.
  status   how much is under which master key

Exit code: 0 done, 1 something hangs on an older master key still (status, remove), 2 nothing could be done.`

const { values, positionals } = (() => {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`)
    process.exit(2)
  }
})()
const [deed, ...rest] = positionals
if (values.help) {
  console.log(help)
  process.exit(0)
}
if (deed === undefined || !['add', 'wrap', 'remove', 'status'].includes(deed) || rest.length > 0) {
  console.error(help)
  process.exit(2)
}

const run = async (): Promise<number> => {
  const settings = readSettings()
  if (deed === 'add') {
    const file = await addMasterKey(settings)
    console.log(
      `A new master key stands at the end of ${file}.\nRestart the register, then: npm run rotate-key -- wrap`,
    )
    return 0
  }
  const opened = await openOn(settings)
  try {
    const { current } = opened.register.keys
    if (deed === 'wrap') {
      const done = await moveAll(opened, (now) => process.stderr.isTTY && process.stderr.write(`\r${now} `))
      if (process.stderr.isTTY) process.stderr.write('\n')
      console.log(`Put under master key ${current}:\n${done.map((line) => `  ${line}`).join('\n')}`)
      return 0
    }
    if (deed === 'remove') {
      const file = await removeOldest(opened, settings)
      console.log(`The older master key is out of ${file}.\nRestart the register.`)
      return 0
    }
    const hanging = await hangingOn(opened)
    for (const each of hanging) console.log(told(each))
    console.log(`The newest is ${current}.`)
    return hanging.some(({ version }) => version !== current) ? 1 : 0
  } finally {
    await opened.stop()
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof RegisterError ? (error.detail ?? error.code) : (error as Error).message)
  process.exitCode = error instanceof Conflict ? 1 : 2
}
