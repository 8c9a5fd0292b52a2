// Which months are made, and how large a group must be on a day. Pure.
import type { Law } from '../../../register/description.ts'
import { figure } from '../../../register/law.ts'

const first = (year: number, month: number): string => new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)

/** Months go back a year. A month waits for another to pass, so that corrections have come: once made, it is not made again. */
export const monthsToMake = (today: string, made: ReadonlySet<string>, most: number): readonly string[] => {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: 12 }, (_, i) => first(year, month - 2 - i))
    .filter((each) => !made.has(each))
    .slice(0, most)
}

/** A whole number of law.yaml that holds on the day. @throws Error when none does: then nothing is made */
export const wholeOn = (laws: readonly Law[], id: string, today: string): number => {
  const number = Number(figure(laws, id, today))
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`the figure ${id} of register/law.yaml is no whole number above nothing`)
  return number
}
