// The personal identity code (henkilötunnus): read, masked, and made for artificial persons. Pure; nothing here stores or seals one.

const form = /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(\d{2})([-+ABCDEFUVWXY])(\d{3})([0-9ABCDEFHJKLMNPRSTUVWXY])$/
const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY'
/** Since 2023 a century has several signs, and the sign is part of who it is: two codes that differ in it alone are two people. */
const centuries: Readonly<Record<string, string>> = {
  '+': '18',
  ...Object.fromEntries(Array.from('-YXWVU', (sign) => [sign, '19'])),
  ...Object.fromEntries(Array.from('ABCDEF', (sign) => [sign, '20'])),
}

export type IdentityCode = {
  /** All eleven characters, upper case: what is sealed and what the blind index is made of. */
  readonly code: string
  /** Civil day, `YYYY-MM-DD`. */
  readonly birth_date: string
  /** Individual numbers 900-999 are given to no living person. */
  readonly artificial: boolean
}
export type IdentityCodeRefusal = 'identity-code.malformed' | 'identity-code.no-such-day' | 'identity-code.wrong-check'
type Read = (IdentityCode & { readonly refused?: undefined }) | { readonly refused: IdentityCodeRefusal }

const checkOf = (day: string, individual: string): string =>
  checkCharacters[Number(`${day}${individual}`) % checkCharacters.length] as string

const isDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

/** As people write it: any case, spaces around and within. */
export const readIdentityCode = (written: string): Read => {
  const code = written.replace(/\s/g, '').toUpperCase()
  const [, day, month, year, sign, individual, check] = form.exec(code) ?? []
  if (day === undefined || month === undefined || year === undefined || sign === undefined || individual === undefined)
    return { refused: 'identity-code.malformed' }
  const birth_date = `${centuries[sign]}${year}-${month}-${day}`
  if (!isDay(birth_date) || Number(individual) < 2) return { refused: 'identity-code.no-such-day' }
  if (checkOf(`${day}${month}${year}`, individual) !== check) return { refused: 'identity-code.wrong-check' }
  return { code, birth_date, artificial: Number(individual) >= 900 }
}

/** `010190-***X`: enough to compare with a paper in hand, too little to use. */
export const maskedIdentityCode = (code: string): string => `${code.slice(0, 7)}***${code.slice(10)}`

/**
 * An artificial person's code, for demonstrations and tests.
 * @param birthDate `YYYY-MM-DD`, 1800-2099
 * @param individual 900-999; odd for men, even for women
 * @param sign which of the century's signs, from 0; 0 is the one of before 2023
 */
export const artificialIdentityCode = (birthDate: string, individual: number, sign = 0): string => {
  const signs = Object.keys(centuries).filter((one) => birthDate.startsWith(centuries[one] as string))
  const chosen = signs[sign]
  if (chosen === undefined || !isDay(birthDate) || individual < 900 || individual > 999)
    throw new RangeError(`no artificial identity code for ${birthDate}, individual number ${individual}, sign ${sign}`)
  const [year = '', month, day] = birthDate.split('-')
  const written = `${day}${month}${year.slice(2)}`
  return `${written}${chosen}${individual}${checkOf(written, String(individual))}`
}
