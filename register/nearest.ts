// The known name that a misspelt one most likely means.

/** Letters that are to be put in, taken out or changed to make one of the other. */
export const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length] ?? 0
}

/** Undefined when none is near: more than a third of its letters would have to change. */
export const nearest = (wrong: string, known: Iterable<string>): string | undefined => {
  let best: string | undefined
  let least = Infinity
  for (const name of known) {
    const far = distance(wrong.toLowerCase(), name)
    if (far < least && far <= Math.max(2, Math.ceil(name.length / 3))) [best, least] = [name, far]
  }
  return best
}
