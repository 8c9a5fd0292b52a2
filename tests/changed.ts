// A shipped text with one thing made wrong, and where: for the tests that ask for a fault at its very place.
import assert from 'node:assert/strict'

/** Places of the text changed, one after another; `¦` in the new words is where the fault must be told. */
export const changed = (text: string, edits: readonly string[]) => {
  let marked = text
  for (let i = 0; i < edits.length; i += 2) {
    const [from, to] = [edits[i] ?? '', edits[i + 1] ?? '']
    assert.equal(marked.split(from).length, 2, `"${from}" must stand exactly once in the shipped text`)
    marked = marked.replace(from, () => to)
  }
  assert.equal(marked.split('¦').length, 2, 'one place is marked')
  const before = marked.slice(0, marked.indexOf('¦')).split('\n')
  return { text: marked.replace('¦', ''), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
