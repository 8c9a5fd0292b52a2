// What a heat meter showed and what flowed through it, an hour at a time, as bytes: kept for decades, so the first byte tells the format.

/** As they come in a file: heat in Wh, volume in millilitres, and volume times the temperature of supply and return in litre-degrees. */
export const registers = ['energy', 'volume', 'supply', 'back'] as const
/** One number for each of the registers; null: not told. */
export type Shown = readonly [number, number | null, number | null, number | null]

const format = 1

/** Seven bits a byte, the lowest first; a negative number by its size and its lowest bit. */
const put = (into: number[], value: number): void => {
  let rest = value < 0 ? -value * 2 - 1 : value * 2
  for (; rest >= 128; rest = Math.floor(rest / 128)) into.push((rest % 128) + 128)
  into.push(rest)
}

const reader = (block: Uint8Array) => {
  let at = 0
  const byte = (): number => {
    const next = block[at++]
    if (next === undefined) throw new RangeError(`a block of ${block.length} bytes ends too early`)
    return next
  }
  return {
    byte,
    number: (): number => {
      let [whole, weight] = [0, 1]
      for (;;) {
        const next = byte()
        whole += (next % 128) * weight
        if (next < 128) break
        weight *= 128
      }
      return whole % 2 === 1 ? -(whole + 1) / 2 : whole / 2
    },
    ended: () => at === block.length,
  }
}

/**
 * `format · count · for each column: which places are there (count bits, then whole bytes) · for each of them what it is more than the one before`.
 * @param rows as many as the day has hours
 */
const packedColumns = (columns: readonly (readonly (number | null)[])[], count: number): Buffer => {
  const bytes = [format, count]
  for (const column of columns) {
    for (let i = 0; i < count; i += 8) {
      let mask = 0
      for (let bit = 0; bit < 8; bit++) if ((column[i + bit] ?? null) !== null) mask += 2 ** bit
      bytes.push(mask)
    }
    let before = 0
    for (const value of column) {
      if (value === null) continue
      put(bytes, value - before)
      before = value
    }
  }
  return Buffer.from(bytes)
}

/** @throws RangeError for what is no block of a format that is known */
const unpackedColumns = (block: Uint8Array, columns: number): (number | null)[][] => {
  const read = reader(block)
  const kind = read.byte()
  if (kind !== format) throw new RangeError(`a block of registers begins with ${kind}`)
  const count = read.byte()
  const all = Array.from({ length: columns }, () => {
    const masks = Array.from({ length: Math.ceil(count / 8) }, read.byte)
    let before = 0
    return Array.from({ length: count }, (_, i) => {
      if (((masks[i >> 3] ?? 0) >> (i & 7)) % 2 === 0) return null
      before += read.number()
      return before
    })
  })
  if (!read.ended()) throw new RangeError('a block of registers has bytes left over')
  return all
}

const across = <T>(rows: readonly (readonly T[] | null)[], column: number): (T | null)[] =>
  rows.map((row) => row?.[column] ?? null)

/** @param hours what was shown as each hour of the day began; null: not read */
export const packedShown = (hours: readonly (Shown | null)[]): Buffer =>
  packedColumns(
    registers.map((_, i) => across(hours, i)),
    hours.length,
  )

export const unpackedShown = (block: Uint8Array): (Shown | null)[] => {
  const [energy = [], volume = [], supply = [], back = []] = unpackedColumns(block, 4)
  return energy.map((value, i) =>
    value === null ? null : [value, volume[i] ?? null, supply[i] ?? null, back[i] ?? null],
  )
}

/** Volume, and volume times temperature of supply and return, during an hour. */
export type Flow = readonly [volume: number, supply: number, back: number]

export const packedFlow = (hours: readonly (Flow | null)[]): Buffer =>
  packedColumns(
    [0, 1, 2].map((i) => across(hours, i)),
    hours.length,
  )

export const unpackedFlow = (block: Uint8Array): (Flow | null)[] => {
  const [volume = [], supply = [], back = []] = unpackedColumns(block, 3)
  return volume.map((value, i) => (value === null ? null : [value, supply[i] ?? 0, back[i] ?? 0]))
}
