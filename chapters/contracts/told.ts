// Where what is written comes from. The chapter's routes alone rely on it.
import type { Context } from '../../enforcement/serve.ts'
import type { Endpoint } from '../../register/endpoint.ts'
import type { Told } from './queries.ts'

export const told = ({ actor, now, because }: Pick<Context<Endpoint>, 'actor' | 'now' | 'because'>): Told => ({
  source: because?.startsWith('call:') ? 'customer-call' : 'desk',
  now,
  by: actor.handle,
})
