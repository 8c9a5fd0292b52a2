// Which addresses may be kept. Pure: refusals are values.
import type { Fault } from '../../../platform/errors.ts'
import { readIdentityCode } from '../../customers/index.ts'

const kept = /^\/desk\/(queue|search)(\?[\w.~%+&=-]*)?$/

const fault = (code: string, message: string): Fault => ({ path: 'body.address', code, message })

/** One of a list that the desk has: no name, number or address of anybody. */
const choice = /^[a-z-]{0,30}$/

/**
 * Pages of the desk alone, so that a shared view leads nowhere else; and no identity code in them, which is read one by one, with a reason.
 * What is typed may be somebody's name: it stays with the one who typed it.
 */
export const addressFault = (address: string, shared: boolean): Fault | undefined => {
  if (!kept.test(address)) return fault('view.no-page', 'a view of the queue or of the search can be kept')
  const asked = [...new URLSearchParams(address.split('?')[1] ?? '')]
  const words = asked.flatMap(([, value]) => value.split(/\s+/))
  // Also one that is mistyped: it is still nearly someone's.
  if (words.some((word) => readIdentityCode(word).refused !== 'identity-code.malformed'))
    return fault('view.identity-code', 'an identity code is not kept in a view; search by it each time')
  return shared && asked.some(([name, value]) => value !== '' && (name === 'text' || !choice.test(value)))
    ? fault('view.shared-words', 'a search by words may hold a name, and is not shared; keep it for yourself')
    : undefined
}

/** Opening it again within a day is not written down anew. */
export const usedBefore = (now: Date): Date => new Date(now.getTime() - 24 * 60 * 60_000)
