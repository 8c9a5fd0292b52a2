// What has left the register as a list: who took it out, which, why, and how many persons it held. For those who watch over it.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { forms, sayExportReason } from '../../../register/list.ts'

const who = z.coerce.number().int().positive()

export const taken = z.object({
  id: z.string(),
  at: z.string(),
  /** A handle: `staff:12`. */
  recorded_by: z.string(),
  /** Null where the role may not read it, or it was a program. */
  by: z.string().nullable(),
  role: z.string(),
  hat: z.string(),
  purpose: z.string(),
  /** The action whose list it is. */
  list: z.string(),
  form: z.enum(forms),
  reason: z.string(),
  recipient: z.string(),
  categories: z.array(z.string()),
  people: z.number().int(),
})

export const listExports = endpoint({
  method: 'GET',
  path: '/api/exports',
  action: 'see which lists were taken out',
  label: { fi: 'vietyjen luetteloiden katselu', sv: 'se vilka listor som har förts ut' },
  purposes: ['security', 'rights'],
  reads: ['disclosure'],
  readsIfPermitted: ['staff-identity'],
  takes: {
    query: z.strictObject({
      /** Only lists with this person in them. */
      customer_id: who.optional(),
      recorded_by: z.string().max(60).optional(),
      /** Older than the last one seen: its time, as it came. */
      before: z.iso.datetime().optional(),
    }),
  },
  /** Newest first. */
  gives: z.array(taken),
  list: {
    title: { fi: 'Viedyt luettelot', sv: 'Utförda listor', en: 'Lists taken out' },
    columns: {
      at: { label: { fi: 'Aika', sv: 'Tid', en: 'Time' }, category: 'disclosure', type: 'instant' },
      recorded_by: { label: { fi: 'Tekijä', sv: 'Vem', en: 'Who' }, category: 'disclosure' },
      by: { label: { fi: 'Nimi', sv: 'Namn', en: 'Name' }, category: 'staff-identity' },
      role: { label: { fi: 'Rooli', sv: 'Roll', en: 'Role' }, category: 'disclosure', names: 'roles' },
      hat: { label: { fi: 'Yhtiö', sv: 'Bolag', en: 'Company' }, category: 'disclosure' },
      list: { label: { fi: 'Luettelo', sv: 'Lista', en: 'List' }, category: 'disclosure', names: 'lists' },
      form: { label: { fi: 'Muoto', sv: 'Format', en: 'Form' }, category: 'disclosure' },
      reason: {
        label: { fi: 'Syy', sv: 'Skäl', en: 'Why' },
        category: 'disclosure',
        of: ({ reason }, language) => sayExportReason(reason, language),
      },
      people: { label: { fi: 'Henkilöitä', sv: 'Personer', en: 'Persons' }, category: 'disclosure', type: 'number' },
      categories: {
        label: { fi: 'Tietoryhmät', sv: 'Kategorier', en: 'Categories' },
        category: 'disclosure',
        names: 'categories',
      },
    },
    next(rows) {
      const last = rows.at(-1)
      return last && { before: last.at }
    },
  },
})
