// Why a person is opened: because of a call, a task or a case; without one, for a reason of this short list. The desk asks by it, the server
// reads it, the access log keeps it: there is no other way to say why.
import type { Words } from './vocabulary.ts'

type Reason = {
  readonly label: Words
  /** What is in hand, a letter or the person at the counter, is ground enough for a change that a caller would have to be verified for. */
  readonly changes: boolean
  /** Says nothing by itself: words are typed as well. */
  readonly typed?: true
}

/** In the order in which they are offered; each is one key, so there are no more than nine. */
export const openingReasons = {
  written: {
    label: { fi: 'Kirje, viesti tai lomake', sv: 'Brev, meddelande eller blankett', en: 'A letter, message or form' },
    changes: true,
  },
  visit: {
    label: { fi: 'Asiakas on paikalla', sv: 'Kunden är på plats', en: 'The customer is here' },
    changes: true,
  },
  payment: {
    label: {
      fi: 'Laskun tai maksun selvitys',
      sv: 'Utredning av faktura eller betalning',
      en: 'An invoice or payment',
    },
    changes: false,
  },
  supply: {
    label: {
      fi: 'Sopimus, muutto tai käyttöpaikka',
      sv: 'Avtal, flytt eller driftställe',
      en: 'A contract, move or site',
    },
    changes: true,
  },
  correction: {
    label: { fi: 'Oman virheen korjaus', sv: 'Rättelse av eget fel', en: 'Mending our own error' },
    changes: true,
  },
  other: {
    label: { fi: 'Muu syy', sv: 'Annat skäl', en: 'Another reason' },
    changes: false,
    typed: true,
  },
} as const satisfies Readonly<Record<string, Reason>>

export type OpeningReason = keyof typeof openingReasons

/**
 * `call`, `task`: a contact of the register; `ring`: a call that nobody has answered yet; `job`: what the machinery does by itself, written
 * as a task that is no number; `case`, `mail`: by their own id.
 */
export type Because =
  | { readonly is: 'call' | 'ring' | 'task'; readonly id: number }
  | { readonly is: 'case' | 'mail' | 'job'; readonly id: string }
  | { readonly is: 'reason'; readonly reason: OpeningReason; readonly typed?: string }

export const callReason = (contact: number): string => `call:${contact}`
export const ringReason = (ring: number): string => `ring:${ring}`
export const taskReason = (contact: number): string => `task:${contact}`
export const typedReason = (reason: OpeningReason, typed = ''): string =>
  typed === '' ? `reason:${reason}` : `reason:${reason}:${typed}`

const isReason = (id: string): id is OpeningReason => Object.hasOwn(openingReasons, id)
const least = 3

/** Reads what `because` says. Undefined: it says nothing. */
export const readBecause = (written: string): Because | undefined => {
  const [, is, rest = ''] = /^(call|ring|task|case|mail|reason):(.{1,200})$/su.exec(written.trim()) ?? []
  if (is === 'call' || is === 'ring' || is === 'task') {
    if (/^\d{1,15}$/.test(rest)) return { is, id: Number(rest) }
    return is === 'task' ? { is: 'job', id: rest } : undefined
  }
  if (is === 'case' || is === 'mail') return { is, id: rest }
  if (is !== 'reason') return undefined
  const [, id = '', typed = ''] = /^([a-z-]+)(?::(.*))?$/su.exec(rest) ?? []
  if (isReason(id) && id !== 'other') return { is, reason: id }
  // Words of one's own, with or without saying that they are.
  const words = (id === 'other' ? typed : rest).trim()
  return words.length < least ? undefined : { is, reason: 'other', typed: words }
}
