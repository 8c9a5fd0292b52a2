// What must hold of sites before the database is asked. Pure: refusals are values.
import { fold } from '../../platform/text.ts'
import { readPointCode } from './point-code.ts'

type Refusal = { readonly path: string; readonly code: string; readonly message: string }

/** Half-open: a period that ends on the day it begins is no day at all. */
export const periodRefusal = (from: string | null, to: string | null): Refusal | undefined =>
  from === null || to === null || from < to
    ? undefined
    : {
        path: 'body.to',
        code: 'period.empty',
        message: `the period begins on ${from}, so it cannot end on ${to}`,
      }

const reasons = {
  'point-code.malformed': 'the code of an electricity point has 18 digits',
  'point-code.not-finnish': 'a Finnish point code begins with 64',
  'point-code.wrong-check': 'the check digit does not agree: a digit is wrong or two are swapped',
} as const

/** Electricity goes by GSRN; other networks have codes of their own. */
export const pointCode = (
  energy: string,
  written: string,
): { readonly code: string; readonly refused?: undefined } | { readonly refused: Refusal } => {
  if (energy !== 'electricity') return { code: written }
  const read = readPointCode(written)
  return read.refused === undefined
    ? read
    : { refused: { path: 'body.code', code: read.refused, message: reasons[read.refused] } }
}

/** Electricity is connected by a main fuse, the other energies by a capacity. */
export const connectionRefusal = (
  energy: string,
  main_fuse: string | null,
  capacity_kw: number | null,
): Refusal | undefined => {
  if (energy === 'electricity')
    return main_fuse === null && capacity_kw === null
      ? { path: 'body.main_fuse', code: 'connection.no-size', message: 'give the main fuse or the capacity in kW' }
      : undefined
  return main_fuse === null
    ? undefined
    : { path: 'body.main_fuse', code: 'connection.fuse-without-electricity', message: `${energy} has no main fuse` }
}

/** As addresses are compared: `12b3`, `12 B 3` and `12B 3` are one home. The same as home_key() of the database. */
export const homeKey = (written: string): string =>
  fold(written)
    .replaceAll(/(\d)([a-z])/g, '$1 $2')
    .replaceAll(/([a-z])(\d)/g, '$1 $2')
