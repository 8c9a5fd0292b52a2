// The shape of register.yaml once read and checked (register/read.ts). Enforcement and notice are both compiled from this value.
import type { Category, Language, Market, Published, Purpose, Words } from './vocabulary.ts'

export type ControllerId = string
export type RoleId = string
export type LawId = string
export type SubjectId = string
/** ISO 8601 calendar period, for example P6Y or P3M. */
export type Period = string
/** Civil day, YYYY-MM-DD, in Europe/Helsinki. */
export type Day = string

/** The events that a retention period may run from. Each table of register/ gives the SQL for those of its categories. */
export const anchors = [
  'contract-end',
  'financial-year-end',
  'last-contact',
  'recorded',
  'superseded',
  'permission-withdrawn',
  'decided',
  'session-end',
  'event',
] as const
export type Anchor = (typeof anchors)[number]

export type Controller = {
  readonly id: ControllerId
  /** Bit of this controller in the `controllers` masks of the database: 1, 2, 4 … in the order of the file. */
  readonly bit: number
  readonly name: string
  /** Absent where no source at hand states it; a notice without it still identifies the company by name and address. */
  readonly businessId?: string
  readonly market: Market
  readonly address: string
  readonly contact: { readonly role: Words; readonly email: string; readonly phone?: string }
}

export type LegalBasis = {
  /** For example `6(1)(b)`. */
  readonly article: string
  readonly law: LawId
  /** Controllers that rely on it; empty: all. */
  readonly controllers: readonly ControllerId[]
  readonly text: Words
  /** Required for 6(1)(f): the interest, and the balancing test on file. */
  readonly interest?: Words
  readonly balancingTest?: { readonly id: string; readonly date: Day }
}

export type PurposeText = {
  readonly id: Purpose
  readonly label: Words
  readonly description: Words
  readonly bases: readonly LegalBasis[]
  readonly dpia?: { readonly id: string; readonly date: Day }
}

export type CategoryText = {
  readonly id: Category
  readonly label: Words
  readonly description: Words
  /** Whose data: customers, prospects, representatives, staff … */
  readonly subjects: readonly SubjectId[]
  /** Where it comes from: ids of `sources`. */
  readonly sources: readonly string[]
  /** Art. 13(2)(e): must it be given, and what follows if not. */
  readonly required?: Words
}

/** What happens to rows behind a wall for one role. */
export type Rows = {
  /** Addresses of protected persons (turvakielto): never, or opened one person at a time with a reason. */
  readonly protected: 'hidden' | 'one-at-a-time' | 'seen'
  /** Persons under restriction (art. 18). */
  readonly restricted: 'hidden' | 'seen'
  /** Only people who may be contacted for marketing. */
  readonly marketable: boolean
}

export type Role = {
  readonly id: RoleId
  readonly label: Words
  readonly unit: Words
  /** A role of the machinery (sign-in, sealing of the log …), never given to a person. */
  readonly system: boolean
  /** Of the machinery, but open to a program outside that has a token for it. */
  readonly programs?: true
  /** Brings and asks nothing: it is answered where something is written, and is not shown what it may have to compare. */
  readonly delivers?: true
  /** The hats: each is a set of controllers whose rows are seen together. A bundle is role × purpose × hat. */
  readonly hats: Readonly<Record<string, readonly ControllerId[]>>
  readonly rows: Rows
  readonly purposes: Readonly<
    Partial<
      Record<
        Purpose,
        {
          readonly reads: readonly Category[]
          readonly writes: readonly Category[]
          readonly deletes: readonly Category[]
          /** What may leave as a file to one's own device; always among `reads`. */
          readonly exports: readonly Category[]
          /** What it writes that tells of nobody: a price list. */
          readonly publishes: readonly Published[]
        }
      >
    >
  >
}

export type Retention = {
  readonly category: Category
  readonly purpose: Purpose
  readonly anchor: Anchor
  readonly period: Period
  readonly rounding: 'none' | 'end-of-year'
  readonly action: 'delete' | 'shred' | 'unlink' | 'restrict'
  readonly why: Words
  readonly law: LawId
}

export type Source = { readonly id: string; readonly label: Words; readonly public: boolean; readonly law?: LawId }

export type Recipient = {
  readonly id: string
  readonly label: Words
  readonly kind: 'group' | 'processor' | 'market' | 'authority' | 'credit' | 'partner'
  /** ISO 3166 alpha-2. */
  readonly country: string
  readonly purposes: readonly Purpose[]
  readonly categories: readonly Category[]
  readonly law?: LawId
  /** Art. 28 contract of a processor. */
  readonly contract?: { readonly id: string; readonly from: Day; readonly to?: Day }
  /** Required when the country lies outside the EEA. */
  readonly transfer?: { readonly tool: LawId; readonly from: Day; readonly to?: Day; readonly copyAt: Words }
}

/** What a measure may rest on: a switch or a check of the running system, each with its own test. */
export const switches = [
  'bundles',
  'row-policies',
  'boot-comparison',
  'witness',
  'access-log',
  'field-encryption',
  'second-factor',
  'secrecy-commitment',
  'session-expiry',
  'protected-opening',
  'restriction',
  'export-gate',
] as const
export type Rests = (typeof switches)[number]

export type Measure = {
  readonly id: string
  readonly text: Words
  /** Name of the switch or check in the running system that the sentence rests on. */
  readonly rests: Rests
}
export type Right = {
  /** For example `15`, `7(3)`, `21(2)`. */
  readonly article: string
  readonly law: LawId
  readonly label: Words
  readonly text: Words
  /** Art. 21(4): shown in a section of its own, clearly and apart from all else. */
  readonly apart: boolean
}

export type Description = {
  readonly name: Words
  readonly version: string
  readonly updated: Day
  readonly languages: readonly Language[]
  readonly controllers: readonly Controller[]
  /** Art. 26(2): the essence of who answers for what. */
  readonly jointArrangement: Words
  readonly dpo: { readonly role: Words; readonly email: string; readonly address: string }
  readonly authority: { readonly name: Words; readonly address: string; readonly web: string }
  readonly subjects: Readonly<Record<SubjectId, Words>>
  readonly purposes: Readonly<Record<Purpose, PurposeText>>
  readonly categories: Readonly<Record<Category, CategoryText>>
  readonly roles: readonly Role[]
  readonly sources: readonly Source[]
  readonly recipients: readonly Recipient[]
  readonly retention: readonly Retention[]
  readonly measures: readonly Measure[]
  /** How to use the rights: by any channel, free of charge, by when an answer comes. */
  readonly exercise: Words
  readonly rights: readonly Right[]
  readonly automatedDecisions: Words
}

/** A dated legal source of law.yaml. A description that cites one whose validTo is past does not pass. */
export type Law = {
  readonly id: LawId
  readonly title: Words
  readonly cite: string
  /** How prose names it, so that a notice that still does is found; a `*` at the end stands for any ending. */
  readonly names?: readonly string[]
  readonly kind:
    | 'act'
    | 'regulation'
    | 'decision'
    | 'adequacy'
    | 'clauses'
    | 'judgment'
    | 'authority'
    | 'area'
    | 'deadline'
  readonly validFrom: Day
  readonly validTo?: Day
  readonly replacedBy?: LawId
  readonly url?: string
  /** Adequacy decisions and areas: countries covered, ISO 3166 alpha-2. */
  readonly countries?: readonly string[]
  /** Deadlines and other figures that code must never hold as constants: an ISO 8601 duration, a number, or a list. */
  readonly value?: string
  readonly verified: boolean
  readonly note?: string
}
