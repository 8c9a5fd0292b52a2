// A day of values as it is told, and what it becomes together with what was known of it. Pure.
import { qualities } from '../api.ts'
import { lackingOf, packed, packedQualities, totalOf, unpacked, unpackedQualities } from '../block.ts'
import type { Step } from '../grid.ts'
import { doubted, type Expected, seriesFault, valueFault } from '../validation/rules.ts'
import type { KnownDay, PackedDay } from './queries.ts'

const [measured, missing, estimated, uncertain] = (['measured', 'missing', 'estimated', 'uncertain'] as const).map(
  (each) => qualities.indexOf(each),
) as [number, number, number, number]
/** In the place of a quality: nothing is said of this value. */
export const untold = 15

export type Values = {
  /** Wh */
  readonly values: Int32Array
  /** Places among `qualities`, or `untold`. */
  readonly said: Uint8Array
}
export type ToldDay = Values & {
  readonly point: number
  /** Of Finland. */
  readonly day: string
  readonly step: Step
}

export const isWhole = ({ said }: Values): boolean => !said.includes(untold)

export const packedDay = ({ point, day, step, values, said }: ToldDay): PackedDay => ({
  point,
  day,
  step,
  total: totalOf(values),
  lacking: lackingOf(said),
  vals: packed(values),
  quality: packedQualities(said),
})

export const valuesOf = ({ vals, quality }: Pick<KnownDay, 'vals' | 'quality'>): Values => {
  const values = unpacked(vals)
  return { values, said: unpackedQualities(quality, values.length) }
}

const nothingMeasured = ({ said }: Values): boolean => said.every((each) => each === missing || each === estimated)

/** What became of one told value: new, a correction, known already, or a fault by its code. */
export type Became = 'fresh' | 'changed' | 'same' | { readonly fault: string; readonly field: 'amount' | 'resolution' }

export type Filled = {
  /** What became of each of them, where it is the same of all. */
  readonly all: 'fresh' | 'same' | undefined
  /** By the places of the day; of what was not told it says nothing. */
  readonly became: (slot: number) => Became
  /** The day as it is from now on; undefined when it is as it was. */
  readonly made: ToldDay | undefined
}

const allSame: Filled = { all: 'same', became: () => 'same', made: undefined }
const refused = (fault: string): Filled => ({
  became: () => ({ fault, field: 'resolution' }),
  made: undefined,
  all: undefined,
})

/** What was told of a day that was doubted then is no news now. */
const saysTheSame = (told: Values, known: Values): boolean =>
  told.said.every(
    (said, slot) =>
      said === untold ||
      (told.values[slot] === known.values[slot] &&
        (said === known.said[slot] || (said === measured && known.said[slot] === uncertain))),
  )

/** A whole day of values each of which can be, as nearly every new day is. */
const isSound = ({ step, values, said }: ToldDay, expected: Expected): boolean => {
  for (let slot = 0; slot < values.length; slot++)
    if (said[slot] === untold || valueFault(expected, step, values[slot] ?? 0) !== undefined) return false
  return true
}

/** The day once what was told is in it, looked at as a whole: what cannot be is left out, what is unlikely has become uncertain. */
export const filled = (
  told: ToldDay,
  before: (Values & { readonly step: number }) | undefined,
  expected: Expected,
): Filled => {
  const { day, step } = told
  const known = before?.step === step ? before : undefined
  if (known !== undefined && saysTheSame(told, known)) return allSame
  // What was only estimated gives way to what is measured at another resolution.
  if (before !== undefined && known === undefined && !nothingMeasured(before)) return refused('resolution.differs')
  const count = told.values.length
  const whole = seriesFault(expected, { day, step, count })
  if (whole !== undefined) return refused(whole)
  if (before === undefined && isSound(told, expected)) {
    const sure = doubted(expected, step, told.values, told.said)
    return { made: sure === told.said ? told : { ...told, said: sure }, became: () => 'fresh', all: 'fresh' }
  }
  const values = known?.values.slice() ?? new Int32Array(count)
  const said = known?.said.slice() ?? new Uint8Array(count).fill(missing)
  const wrong = new Map<number, string>()
  for (let slot = 0; slot < count; slot++) {
    const quality = told.said[slot] ?? untold
    // An estimate stands until there is a value: that it is missing is known already.
    if (quality === untold || (quality === missing && said[slot] === estimated)) continue
    const value = told.values[slot] ?? 0
    const fault = valueFault(expected, step, value)
    if (fault !== undefined) {
      wrong.set(slot, fault)
      continue
    }
    values[slot] = value
    said[slot] = quality
  }
  const sure = doubted(expected, step, values, said)
  const differs =
    known === undefined ||
    values.some((value, slot) => value !== known.values[slot]) ||
    sure.some((each, slot) => each !== known.said[slot])
  // Of a day of which nothing can be true there is no row.
  const nothing = known === undefined && told.said.every((each, slot) => each === untold || wrong.has(slot))
  return {
    all: undefined,
    made: differs && !nothing ? { ...told, values, said: sure } : undefined,
    became: (slot) => {
      const fault = wrong.get(slot)
      if (fault !== undefined) return { fault, field: 'amount' }
      // That a value is missing is news of a day that was not known at all.
      if (known === undefined) return 'fresh'
      if (known.said[slot] === missing && sure[slot] !== missing) return 'fresh'
      return values[slot] !== known.values[slot] || sure[slot] !== known.said[slot] ? 'changed' : 'same'
    },
  }
}
