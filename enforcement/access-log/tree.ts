// The Merkle tree of RFC 6962 (section 2.1): roots, inclusion and consistency proofs over the hashes of nodes that stand for 1, 256, 65,536 … leaves.
import { hash as digest } from 'node:crypto'

export const sha256 = (...parts: readonly Uint8Array[]): Buffer => digest('sha256', Buffer.concat(parts), 'buffer')

export const leafHash = (content: Uint8Array): Buffer => sha256(Buffer.of(0), content)

const hashLength = 32
/** Filled anew for each hash: a tree makes as many of them as it has lines. */
const node = Buffer.alloc(1 + 2 * hashLength, 1)
const nodeHash = (left: Buffer, right: Buffer): Buffer => {
  left.copy(node, 1)
  right.copy(node, 1 + hashLength)
  return digest('sha256', node, 'buffer')
}

/** Hashes in one tile. */
export const tileSize = 256

/** The largest power of two below `size`. */
const split = (size: number): number => {
  let half = 1
  while (half * 2 < size) half *= 2
  return half
}

/**
 * Roots of the perfect subtrees of the first `size` leaves, from the left. Appending a leaf joins the subtrees of equal size:
 * the whole state that a growing tree needs.
 */
export type Frontier = { readonly size: number; readonly roots: readonly Buffer[] }
export const emptyTree: Frontier = { size: 0, roots: [] }

export const append = ({ size, roots }: Frontier, leaves: readonly Buffer[]): Frontier => {
  const stack = [...roots]
  let count = size
  for (const leaf of leaves) {
    let hash = leaf
    for (let joined = count; joined % 2 === 1; joined = (joined - 1) / 2) hash = nodeHash(stack.pop() as Buffer, hash)
    stack.push(hash)
    count += 1
  }
  return { size: count, roots: stack }
}

export const rootOf = ({ roots }: Frontier): Buffer =>
  roots.length === 0 ? sha256() : roots.reduceRight((right, left) => nodeHash(left, right))

/** The hash over `256 ** level` leaves, of which `index` counts those before it: level 0 is a leaf, level 1 the root of a tile of leaves. */
export type Hashes = (level: number, index: number) => Buffer

/** 0 for 1, 1 for 256, 2 for 65,536; otherwise undefined. */
const levelOf = (size: number): number | undefined => {
  let [level, span] = [0, 1]
  while (span < size) [level, span] = [level + 1, span * tileSize]
  return span === size ? level : undefined
}

/** Root of the leaves from `from` up to, not with, `to`. */
const rangeRoot = (hashes: Hashes, from: number, to: number): Buffer => {
  const size = to - from
  const level = levelOf(size)
  if (level !== undefined && from % size === 0) return hashes(level, from / size)
  const half = split(size)
  return nodeHash(rangeRoot(hashes, from, from + half), rangeRoot(hashes, from + half, to))
}

/** Root of the first `size` leaves. */
export const rootAt = (hashes: Hashes, size: number): Buffer => (size === 0 ? sha256() : rangeRoot(hashes, 0, size))

/** Siblings from the leaf upwards: PATH(m, D[n]) of the RFC. */
export const inclusionProof = (hashes: Hashes, index: number, size: number): readonly Buffer[] => {
  const path = (from: number, to: number): Buffer[] => {
    if (to - from === 1) return []
    const middle = from + split(to - from)
    return index < middle
      ? [...path(from, middle), rangeRoot(hashes, middle, to)]
      : [...path(middle, to), rangeRoot(hashes, from, middle)]
  }
  return path(0, size)
}

/** PROOF(m, D[n]) of the RFC: that the tree of `first` leaves is the beginning of the tree of `second`. */
export const consistencyProof = (hashes: Hashes, first: number, second: number): readonly Buffer[] => {
  const proof = (from: number, to: number, size: number, whole: boolean): Buffer[] => {
    if (size === to - from) return whole ? [] : [rangeRoot(hashes, from, to)]
    const half = split(to - from)
    const middle = from + half
    return size <= half
      ? [...proof(from, middle, size, whole), rangeRoot(hashes, middle, to)]
      : [...proof(middle, to, size - half, false), rangeRoot(hashes, from, middle)]
  }
  return first === 0 || first === second ? [] : proof(0, second, first, true)
}
