// Where what is written comes from, and what is not there. The chapter's routes alone rely on it.
import type { Context } from '../../enforcement/serve.ts'
import { dayOf } from '../../platform/clock.ts'
import { type Fault, Invalid, NotFound } from '../../platform/errors.ts'
import type { Endpoint } from '../../register/endpoint.ts'

export type Told = { readonly source: string; readonly now: Date; readonly by: string; readonly today: string }

export const told = (context: Pick<Context<Endpoint>, 'actor' | 'now' | 'because'>): Told => ({
  source: context.because?.startsWith('call:') ? 'customer-call' : 'desk',
  now: context.now,
  by: context.actor.handle,
  today: dayOf(context.now),
})

export const found = <T>(row: T | undefined, code = 'customer.not-found'): T => {
  if (row === undefined) throw new NotFound(code)
  return row
}

/** @throws Invalid with every fault; its code is that of the first. */
export const refuse = (faults: readonly (Fault | undefined)[]): void => {
  const real = faults.filter((fault) => fault !== undefined)
  const [first] = real
  if (first !== undefined) throw new Invalid(first.code, { status: 422, faults: real })
}

/** What a rule gives, unless it refuses. */
export const held = <T extends object>(value: T | { readonly refused: Fault }): T => {
  if ('refused' in value) throw new Invalid(value.refused.code, { status: 422, faults: [value.refused] })
  return value
}
