// Words that names are made of, as a trie in typed arrays: which known words are one slip of the finger away. Some 10 bytes a letter.

export type Words = {
  /** Known words within one insertion, deletion, change or swap of neighbours; the word itself is not among them. */
  readonly near: (word: string) => readonly string[]
  /** Longer known words that begin so, in their order; at most `most`. */
  readonly begun: (start: string, most: number) => readonly string[]
  readonly isPlace: (word: string) => boolean
}

type Trie = {
  readonly letter: Uint16Array
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  readonly ends: Uint8Array
}

const none = -1
const root = 0

/** @param words sorted by code unit, so that each word continues the path of the one before */
const trieOf = (words: readonly string[]): Trie => {
  const most = words.reduce((sum, word) => sum + word.length, 1)
  const letter = new Uint16Array(most)
  const firstChild = new Int32Array(most).fill(none)
  const nextSibling = new Int32Array(most).fill(none)
  const ends = new Uint8Array(most)
  const path: number[] = [root]
  let size = 1
  let before = ''
  for (const word of words) {
    let shared = 0
    while (shared < word.length && word[shared] === before[shared]) shared++
    const sibling = path[shared + 1]
    path.length = shared + 1
    for (let i = shared; i < word.length; i++) {
      const node = size++
      letter[node] = word.charCodeAt(i)
      if (i === shared && sibling !== undefined) nextSibling[sibling] = node
      else firstChild[path[i] as number] = node
      path.push(node)
    }
    ends[path.at(-1) as number] = 1
    before = word
  }
  return {
    letter: letter.slice(0, size),
    firstChild: firstChild.slice(0, size),
    nextSibling: nextSibling.slice(0, size),
    ends: ends.slice(0, size),
  }
}

const childOf = ({ letter, firstChild, nextSibling }: Trie, node: number, code: number): number => {
  let at = firstChild[node] as number
  while (at !== none && letter[at] !== code) at = nextSibling[at] as number
  return at
}

const nearIn = (trie: Trie, word: string): readonly string[] => {
  const { letter, firstChild, nextSibling, ends } = trie
  const found = new Set<string>()
  /** Whether the rest of the word is there without a slip. */
  const exactly = (from: number, i: number): boolean => {
    let node = from
    for (let at = i; at < word.length && node !== none; at++) node = childOf(trie, node, word.charCodeAt(at))
    return node !== none && ends[node] === 1
  }
  let node = root
  for (let i = 0; i <= word.length && node !== none; i++) {
    const said = word.slice(0, i)
    const code = word.charCodeAt(i)
    const inside = i < word.length
    if (inside && exactly(node, i + 1)) found.add(said + word.slice(i + 1))
    for (let at = firstChild[node] as number; at !== none; at = nextSibling[at] as number) {
      const other = letter[at] as number
      if (exactly(at, i)) found.add(said + String.fromCharCode(other) + word.slice(i))
      if (inside && other !== code && exactly(at, i + 1))
        found.add(said + String.fromCharCode(other) + word.slice(i + 1))
    }
    if (i + 1 < word.length) {
      const swapped = childOf(trie, node, word.charCodeAt(i + 1))
      const both = swapped === none ? none : childOf(trie, swapped, code)
      if (both !== none && exactly(both, i + 2)) found.add(`${said}${word[i + 1]}${word[i]}${word.slice(i + 2)}`)
    }
    node = inside ? childOf(trie, node, code) : none
  }
  found.delete(word)
  return [...found]
}

const begunIn = (trie: Trie, start: string, most: number): readonly string[] => {
  const { letter, firstChild, nextSibling, ends } = trie
  let node = root
  for (let i = 0; i < start.length && node !== none; i++) node = childOf(trie, node, start.charCodeAt(i))
  const found: string[] = []
  const gather = (from: number, said: string): void => {
    for (let at = firstChild[from] as number; at !== none && found.length < most; at = nextSibling[at] as number) {
      const longer = said + String.fromCharCode(letter[at] as number)
      if (ends[at] === 1) found.push(longer)
      gather(at, longer)
    }
  }
  if (node !== none) gather(node, start)
  return found.slice(0, most)
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** @param known folded words @param places folded names of post offices */
export const wordsOf = (known: Iterable<string>, places: Iterable<string> = []): Words => {
  const trie = trieOf([...new Set(known)].filter((word) => word !== '').toSorted(byCodeUnit))
  const posts = new Set(places)
  return {
    near: (word) => nearIn(trie, word),
    begun: (start, most) => begunIn(trie, start, most),
    isPlace: (word) => posts.has(word) || /^\d{5}$/.test(word),
  }
}
