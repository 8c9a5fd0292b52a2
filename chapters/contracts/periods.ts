// The periods of the law and of the terms that contracts go by, as they stand on a day. Figures of law.yaml; no other file of the chapter knows one.
import type { Law } from '../../register/description.ts'
import { figure, holds } from '../../register/law.ts'

export type Periods = {
  readonly withdrawal: string
  readonly withdrawalExtension: string
  /** Whether a sale by an unasked call binds only when it was accepted in writing. */
  readonly writtenAcceptance: boolean
  readonly consumerNotice: string
  readonly businessNotice: string
  readonly sellerNotice: string
  readonly longestConsumerTerm: string
  readonly termTold: string
  readonly consumerPriceNotice: string
  readonly businessPriceNotice: string
}

export const periodsOn = (laws: readonly Law[], day: string): Periods => {
  const of = (id: string) => figure(laws, id, day)
  return {
    withdrawal: of('withdrawal-period'),
    withdrawalExtension: of('withdrawal-extension'),
    writtenAcceptance: laws.some((law) => law.id === 'telephone-sale' && holds(law, day)),
    consumerNotice: of('termination-notice-consumer'),
    businessNotice: of('termination-notice-business'),
    sellerNotice: of('termination-notice-seller'),
    longestConsumerTerm: of('fixed-term-consumer-limit'),
    termTold: of('fixed-term-ending-notice'),
    consumerPriceNotice: of('price-notice-consumer'),
    businessPriceNotice: of('price-notice-business'),
  }
}

/** Of a period that is told in days. */
export const daysOf = (period: string): number => Number(/^P(\d+)D$/.exec(period)?.[1] ?? Number.NaN)
