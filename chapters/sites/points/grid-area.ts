// The code of a metering grid area: a 16-character EIC of type Y, as the electricity market's messages have it.

const valueOf = (character: string): number => (character === '-' ? 36 : Number.parseInt(character, 36))

/** The check character, modulo 37: weights 16 to 2 over the first fifteen. ENTSO-E, EIC reference manual. */
export const eicCheck = (characters: string): string => {
  const sum = characters.split('').reduce((total, one, i) => total + valueOf(one) * (16 - i), 0)
  const check = 36 - ((sum - 1) % 37)
  return check === 36 ? '-' : check.toString(36).toUpperCase()
}

/** Length and characters must be right. A check character that does not agree is told and let through: published examples have such. */
export const readGridArea = (
  written: string,
): { readonly code: string; readonly suspect: boolean } | { readonly refused: 'grid-area.malformed' } => {
  const code = written.replaceAll(/\s/g, '').toUpperCase()
  if (!/^\d{2}Y[0-9A-Z-]{12}[0-9A-Z]$/.test(code)) return { refused: 'grid-area.malformed' }
  return { code, suspect: eicCheck(code.slice(0, 15)) !== code[15] }
}
