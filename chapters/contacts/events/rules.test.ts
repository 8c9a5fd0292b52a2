import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EventKind, eventKinds } from './api.ts'
import { merged, olderOf, type Placed } from './rules.ts'

const at = (day: number) => `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`

/** Some hundred events on a few days, so that many share a moment. */
const all: readonly Placed[] = Array.from({ length: 120 }, (_, n) => ({
  at: at(1 + (n % 5)),
  kind: eventKinds[n % eventKinds.length] as EventKind,
  id: n + 1,
}))

const listOf = (kind: EventKind, last: Placed | undefined): readonly Placed[] => {
  const older = olderOf(kind, last)
  return all
    .filter((one) => one.kind === kind)
    .filter((one) => older === undefined || one.at < older.at || (one.at === older.at && one.id < older.id))
    .toSorted((a, b) => (a.at === b.at ? b.id - a.id : a.at < b.at ? 1 : -1))
}

test('pages of any size give every event once, in one order', () => {
  const whole = merged([all], all.length)
  for (const size of [1, 7, 50]) {
    const seen: Placed[] = []
    for (;;) {
      const page = merged(
        eventKinds.map((kind) => listOf(kind, seen.at(-1)).slice(0, size)),
        size,
      )
      if (page.length === 0) break
      seen.push(...page)
    }
    assert.deepEqual(seen, whole, `by ${size}`)
  }
})
