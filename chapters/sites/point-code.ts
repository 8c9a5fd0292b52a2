// The code of an electricity accounting point: an 18-digit GSRN of GS1 Finland, kept as text since it has more digits than a number holds.

export type PointCodeRefusal = 'point-code.malformed' | 'point-code.not-finnish' | 'point-code.wrong-check'
type Read = { readonly code: string; readonly refused?: undefined } | { readonly refused: PointCodeRefusal }

/** GS1's check digit, modulo 10: weights 3 and 1 in turn from the right. `digits` are without the check digit. */
export const gs1Check = (digits: string): string => {
  const sum = digits
    .split('')
    .reduceRight((total, digit, i) => total + Number(digit) * ((digits.length - i) % 2 === 1 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** Spaces are taken off: people read it in groups. GS1 Finland gives the prefixes 640-649. */
export const readPointCode = (written: string): Read => {
  const code = written.replace(/\s/g, '')
  if (!/^\d{18}$/.test(code)) return { refused: 'point-code.malformed' }
  if (!code.startsWith('64')) return { refused: 'point-code.not-finnish' }
  return gs1Check(code.slice(0, 17)) === code[17] ? { code } : { refused: 'point-code.wrong-check' }
}
