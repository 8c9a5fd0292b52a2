// Pages kept under a name: the queue or the search as one had narrowed it, for oneself or for all who hold the role.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'

const own = {
  purposes: ['security'],
  reads: ['staff-identity', 'staff-credentials'],
  as: { role: 'sign-in', for: 'staff' },
} as const
const writes = ['staff-credentials'] as const
const ofView = z.object({ view_id: z.number().int().positive() })
const name = z.string().trim().min(1).max(60)

export const view = z.object({
  id: z.number().int(),
  name: z.string(),
  /** Of the desk, with its query: `/desk/queue?topic=invoice`. */
  address: z.string(),
  /** Seen by all who wear the role in which it was kept. */
  shared: z.boolean(),
  own: z.boolean(),
  by: z.string(),
})

export const listViews = endpoint({
  ...own,
  method: 'GET',
  path: '/api/views',
  action: 'see the saved views',
  label: { fi: 'tallennettujen näkymien katselu', sv: 'se sparade vyer' },
  takes: {},
  /** One's own and those shared with the role that one wears, by name. */
  gives: z.array(view),
})

export const saveView = endpoint({
  ...own,
  method: 'POST',
  path: '/api/views',
  action: 'save a view',
  label: { fi: 'näkymän tallentaminen', sv: 'spara en vy' },
  writes,
  takes: {
    body: z.strictObject({ name, address: z.string().min(1).max(600), shared: z.boolean().default(false) }),
  },
  gives: view,
})

/** Told by the desk when a view is opened: one that nobody opens is forgotten. */
export const useView = endpoint({
  ...own,
  method: 'POST',
  path: '/api/views/:view_id/use',
  action: 'open a saved view',
  label: { fi: 'tallennetun näkymän avaaminen', sv: 'öppna en sparad vy' },
  writes,
  takes: { params: ofView },
  gives: z.object({ id: z.number().int() }),
})

/** Only one's own. */
export const changeView = endpoint({
  ...own,
  method: 'PATCH',
  path: '/api/views/:view_id',
  action: 'change a saved view',
  label: { fi: 'tallennetun näkymän muuttaminen', sv: 'ändra en sparad vy' },
  writes,
  takes: { params: ofView, body: z.strictObject({ name: name.optional(), shared: z.boolean().optional() }) },
  gives: view,
})

export const removeView = endpoint({
  ...own,
  method: 'DELETE',
  path: '/api/views/:view_id',
  action: 'remove a saved view',
  label: { fi: 'tallennetun näkymän poistaminen', sv: 'ta bort en sparad vy' },
  writes,
  takes: { params: ofView },
  gives: view,
})

/** Takes the removal back, within the day. */
export const restoreView = endpoint({
  ...own,
  method: 'POST',
  path: '/api/views/:view_id/restoration',
  action: 'bring back a saved view',
  label: { fi: 'tallennetun näkymän palauttaminen', sv: 'återställa en sparad vy' },
  writes,
  takes: { params: ofView },
  gives: view,
})
