// The steps of undoing an import, taken by the machinery: what it made goes, what it changed goes back, what is newer stays and is told.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import type { Category } from '../../../register/vocabulary.ts'

const told: readonly Category[] = [
  'customer-number',
  'customer-status',
  'name',
  'identity-code',
  'birth-date',
  'business-id',
  'contact-details',
  'postal-address',
  'protection-order',
  'representation',
  'death',
  'subject-key',
  'occupancy',
  'contract',
  'contact-event',
  'marketing-permission',
  'import-row',
]

const some = z.object({ job_id: z.number(), people: z.array(z.number()) })

export const leftToUndo = endpoint({
  method: 'POST',
  path: '/api/imports/undoing/left',
  action: 'see what an import has left to undo',
  label: { fi: 'kumottavien tuontirivien katselu', sv: 'se vad som återstår att ångra av en import' },
  purposes: ['supply'],
  reads: ['import-row'],
  takes: { body: z.object({ job_id: z.number() }) },
  gives: z.array(z.number()),
})

export const undoSome = endpoint({
  method: 'POST',
  path: '/api/imports/undoing/some',
  action: 'undo a batch of an import',
  label: { fi: 'tuonnin erän kumoaminen', sv: 'ångra en omgång av en import' },
  purposes: ['supply'],
  reads: told,
  writes: ['customer-status', 'birth-date', 'business-id', 'name', 'contact-details', 'postal-address', 'import-row'],
  deletes: [
    'customer-number',
    'customer-status',
    'name',
    'identity-code',
    'birth-date',
    'business-id',
    'death',
    'occupancy',
    'contract',
    'contact-event',
    'contact-content',
    'contact-details',
    'postal-address',
    'subject-key',
    'import-row',
  ],
  takes: { body: some },
  gives: z.object({ undone: z.number(), kept: z.number() }),
})

/** Days of consumption that an import added or corrected. `left`: how many may still be found. */
export const undoDays = endpoint({
  method: 'POST',
  path: '/api/imports/undoing/days',
  action: 'undo days of consumption of an import',
  label: { fi: 'tuonnin kulutuspäivien kumoaminen', sv: 'ångra dygn av förbrukning i en import' },
  purposes: ['supply'],
  reads: ['consumption', 'import-row'],
  writes: ['consumption', 'import-row'],
  deletes: ['consumption'],
  takes: { body: z.object({ job_id: z.number() }) },
  gives: z.object({ undone: z.number(), kept: z.number(), left: z.number() }),
})

const places = z.object({ job_id: z.number(), of: z.enum(['points', 'sites']) })

export const placesLeft = endpoint({
  method: 'POST',
  path: '/api/imports/undoing/places/left',
  action: 'see which homes an import has left to undo',
  label: { fi: 'kumottavien käyttöpaikkojen katselu', sv: 'se vilka driftställen som återstår att ångra av en import' },
  purposes: ['supply'],
  reads: ['site-address', 'accounting-point'],
  takes: { body: places.extend({ after: z.number() }) },
  gives: z.array(z.number()),
})

export const undoPlaces = endpoint({
  method: 'POST',
  path: '/api/imports/undoing/places',
  action: 'undo homes of an import',
  label: { fi: 'tuonnin käyttöpaikkojen kumoaminen', sv: 'ångra driftställen i en import' },
  purposes: ['supply'],
  reads: ['site-address', 'accounting-point', 'import-row'],
  writes: ['import-row'],
  deletes: ['site-address', 'accounting-point'],
  takes: { body: places.extend({ ids: z.array(z.number()) }) },
  gives: z.object({ undone: z.number(), kept: z.number() }),
})

/** Something that is not looked into here refers to them. */
export const keepSome = endpoint({
  method: 'POST',
  path: '/api/imports/undoing/kept',
  action: 'leave what is newer than an import',
  label: { fi: 'tuontia uudempien tietojen jättäminen', sv: 'lämna det som är nyare än en import' },
  purposes: ['supply'],
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { body: some },
  gives: z.object({ undone: z.number(), kept: z.number() }),
})
