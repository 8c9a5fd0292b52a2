// How surely a caller is known: pure, by the dated table of register/verification.ts.
import { fold } from '../../../platform/text.ts'
import type { CallerLevel } from '../../../register/endpoint.ts'
import { type CallerFact, callerFacts, type VerificationRules } from '../../../register/verification.ts'
import { contactValue } from '../../customers/index.ts'

export type Evidence = {
  readonly passed: readonly CallerFact[]
  readonly failed: readonly CallerFact[]
  /** By a bank or mobile certificate, outside this desk. */
  readonly strong: boolean
  /** The one whose card it is has died, and the caller says to be them. */
  readonly dead: boolean
}

/**
 * 0: anyone, since too much was wrong. 1: says who they are. 2: knows what they would know, something of their own among it. 3: strongly
 * identified.
 */
export const levelOf = ({ worth, own, enough, wrong }: VerificationRules, evidence: Evidence): CallerLevel => {
  const { passed, failed, strong, dead } = evidence
  if (dead) return failed.length >= wrong ? 0 : 1
  if (strong) return 3
  if (failed.length >= wrong) return 0
  const known = [...new Set(passed)]
  const sum = known.reduce((all, fact) => all + worth[fact], 0)
  return known.length > 1 && sum >= enough && known.some((fact) => worth[fact] >= own) ? 2 : 1
}

/** What may still be asked, the weightiest first; what failed or passed is never asked again. */
export const askable = (
  { worth }: VerificationRules,
  there: readonly CallerFact[],
  evidence: Pick<Evidence, 'passed' | 'failed'>,
): readonly CallerFact[] =>
  callerFacts
    .filter((fact) => fact !== 'calling-number' && there.includes(fact))
    .filter((fact) => !evidence.passed.includes(fact) && !evidence.failed.includes(fact))
    .toSorted((a, b) => worth[b] - worth[a])

const letters = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** `3.4.1980`, `03041980`, `1980-04-03`; undefined: no day. */
export const saidDay = (said: string): string | undefined => {
  const text = said.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[. /-]+(\d{1,2})[. /-]+(\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? []
  const [y, m, d] = iso ? [iso[1] ?? '', iso[2] ?? '', iso[3] ?? ''] : [year, month, day]
  return y === '' ? undefined : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
}

/** All that was said stands in the address, the street and its number among it: nobody says the postcode in the same place. */
const sameAddress = (said: string, truth: string): boolean => {
  const words = fold(said).split(' ').filter(Boolean)
  const known = fold(truth).split(' ')
  const street = known.slice(0, Math.max(1, known.findIndex((word) => /^\d/.test(word)) + 1))
  return street.every((word) => words.includes(word)) && words.every((word) => known.includes(word))
}

/** The last signs of a long number are enough, since nobody reads out eighteen. */
const leastEnd = 6

/** Whether what the caller said is one of the truths. Neither is kept. */
export const isRight = (fact: CallerFact, said: string, truths: readonly string[]): boolean => {
  const each = (same: (truth: string) => boolean) => truths.some(same)
  switch (fact) {
    case 'customer-number':
    case 'contract-number':
      return letters(said) !== '' && each((truth) => letters(truth) === letters(said))
    case 'accounting-point':
      return letters(said).length >= leastEnd && each((truth) => letters(truth).endsWith(letters(said)))
    case 'identity-code-end':
      return letters(said).length === 4 && each((truth) => truth.slice(-4).toUpperCase() === letters(said))
    case 'birth-date':
      return each((truth) => truth === saidDay(said))
    case 'address':
      return each((truth) => sameAddress(said, truth))
    case 'email':
      return each((truth) => truth.toLowerCase() === said.trim().toLowerCase())
    case 'phone':
      return each((truth) => truth === contactValue('phone', said))
    case 'calling-number':
      return false
  }
}
