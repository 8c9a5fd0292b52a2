// How surely a caller is known by what they know: the dated table of what may be asked, what each right answer is worth, and when it is
// enough. The figures stand here alone; chapters/contacts/verification/rules.ts decides by them. What each action needs stands with the action.

export const callerFacts = [
  'customer-number',
  'contract-number',
  'accounting-point',
  'identity-code-end',
  'birth-date',
  'address',
  'email',
  'phone',
  'calling-number',
] as const
export type CallerFact = (typeof callerFacts)[number]

export type VerificationRules = {
  /** The first day on which it holds. */
  readonly from: string
  readonly worth: Readonly<Record<CallerFact, number>>
  /** Worth less than this, a fact may be known to family, found in a register, or imitated by a telephone: without one of them nobody is known. */
  readonly own: number
  /** Right answers worth this much together make level 2. */
  readonly enough: number
  /** So many wrong answers, and the caller is anyone again, whatever else they know. */
  readonly wrong: number
  /** Minutes that a verification lasts at most; it ends with the call. */
  readonly lasts: number
}

/** The oldest first. An identity code alone proves nobody (Data Protection Ombudsman), so no fact is enough by itself. */
export const verificationRules: readonly [VerificationRules, ...VerificationRules[]] = [
  {
    from: '2026-11-01',
    worth: {
      'customer-number': 2,
      'contract-number': 2,
      'accounting-point': 2,
      'identity-code-end': 2,
      'birth-date': 1,
      address: 1,
      email: 1,
      phone: 1,
      'calling-number': 1,
    },
    own: 2,
    enough: 3,
    wrong: 2,
    lasts: 60,
  },
]

export const rulesOn = (day: string): VerificationRules =>
  verificationRules.findLast(({ from }) => from <= day) ?? verificationRules[0]
