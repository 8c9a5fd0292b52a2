import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testRegister } from './database.ts'
import { mutantsOf } from './mutants/all.ts'
import { kinds } from './mutants/mutant.ts'

/** `npm run mutants` makes them all; here one of each dozen, and something of every kind. */
const every = 12

test('a breach does not pass the checks', async () => {
  const opened = await testRegister()
  const owner = await opened.owner.connect()
  try {
    const mutants = await mutantsOf(opened, owner)
    const sample = kinds.flatMap((kind) => mutants.filter((one) => one.kind === kind).filter((_, i) => i % every === 0))
    assert.ok(mutants.length > 500, 'too few breaches were found to have tried the checks')
    assert.deepEqual(new Set(sample.map(({ kind }) => kind)), new Set(kinds))
    const survived: string[] = []
    for (const { breach, caught } of sample) if ((await caught()) === undefined) survived.push(breach)
    assert.deepEqual(survived, [])
  } finally {
    owner.release()
    await opened.drop()
  }
})
