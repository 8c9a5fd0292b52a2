// The lock file must be whole, or npm ci refuses on a fresh machine while every machine that has installed before goes on well.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

type Locked = { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }

const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>
}

/** Whether `name` is found from the folder `from` upwards, as Node looks for it. */
const isLocked = (from: string, name: string): boolean =>
  packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`] !== undefined ||
  (from !== '' && isLocked(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name))

test('the lock file names every package of every platform, and no addresses', () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(from, name))
      .map((name) => `${name}, which ${from} asks for: choose a version of that for which it is published`),
  )
  assert.deepEqual(missing, [])
  assert.deepEqual(
    Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined),
    [],
  )
})
