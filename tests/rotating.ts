// A program that the tests of a change of keys kill: it wraps keys or makes look-ups anew, and says after each batch how many are done.
import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { makeIndexes } from '../enforcement/index-rotation.ts'
import { wrapKeys } from '../enforcement/key-rotation.ts'
import { openRegister } from '../enforcement/register.ts'
import { fixedClock } from '../platform/clock.ts'
import type { Login } from '../platform/database.ts'
import { masterKeys } from '../platform/keys.ts'

/** What it is given on its standard input; the roots in hexadecimal, oldest first. */
export type Rotating = {
  readonly owner: Login
  readonly roots: readonly string[]
  readonly deed: 'wrap' | 'index'
}

if (import.meta.main) {
  const { owner, roots, deed } = JSON.parse(await text(process.stdin)) as Rotating
  const keys = masterKeys(roots.map((root) => Buffer.from(root, 'hex')))
  const register = await openRegister({ owner, clock: fixedClock('2026-11-24T08:00:00Z'), keys })
  await (deed === 'wrap' ? wrapKeys : makeIndexes)(register, (done) => void writeSync(1, `${done}\n`))
  await register.close()
}
