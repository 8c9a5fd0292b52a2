// When a meter may come and another go. Pure: refusals are values, all at once.
import type { z } from 'zod'
import type { Fault } from '../../../platform/errors.ts'
import type { changeMeter } from './api.ts'

type Change = z.output<typeof changeMeter.takes.body>
type Former = {
  readonly serial: string
  readonly registers: readonly string[]
  readonly during: { readonly from: string | null; readonly to: string | null }
}
type Reading = { readonly register: string; readonly at: string; readonly value: number }

const fault = (field: string, code: string, message: string): Fault => ({ path: `body.${field}`, code, message })

/** Each register once, and nothing else. */
const registerFaults = (field: string, registers: readonly string[], given: readonly { register: string }[]) => {
  const names = given.map(({ register }) => register)
  return new Set(names).size === names.length &&
    names.length === registers.length &&
    names.every((name) => registers.includes(name))
    ? []
    : [fault(field, 'reading.each-register', `give one reading of each register: ${registers.join(', ')}`)]
}

/** `latest`: the last reading of each register of the former meter. `at`: the moment of the exchange. */
export const changeFaults = (
  change: Change,
  former: Former | undefined,
  latest: readonly Reading[],
  at: string,
  today: string,
): readonly Fault[] => {
  const faults: Fault[] = []
  if (change.on > today) faults.push(fault('on', 'meter.future', 'an exchange is recorded once it is done, not before'))
  if (new Set(change.registers).size < change.registers.length)
    faults.push(fault('registers', 'meter.register-twice', 'a meter has each register once'))
  faults.push(...registerFaults('readings', change.registers, change.readings))
  if (former === undefined || change.former === null) return faults
  const since = former.during.from
  if (since !== null && change.on <= since)
    faults.push(fault('on', 'meter.before-it-came', `the meter that is to go came on ${since}`))
  if (former.serial === change.serial)
    faults.push(fault('serial', 'meter.same', 'this is the meter that is to go: give the number of the new one'))
  faults.push(...registerFaults('former.readings', former.registers, change.former.readings))
  change.former.readings.forEach(({ register, value, rolled_over }, i) => {
    const before = latest.find((one) => one.register === register)
    if (before === undefined) return
    if (Date.parse(before.at) >= Date.parse(at))
      faults.push(fault('on', 'reading.before-former', `it was read on ${before.at.slice(0, 10)} already`))
    if (value < before.value && !rolled_over)
      faults.push(
        fault(
          `former.readings.${i}.value`,
          'reading.below-former',
          `the register ${register} showed ${before.value} on ${before.at.slice(0, 10)}: mend the reading, or say that it went round`,
        ),
      )
  })
  return faults
}
