// The number that the register gives to whom it records.
import { randomInt } from 'node:crypto'
import { Unavailable } from '../../../platform/errors.ts'
import { customerNumber } from './rules.ts'

const draws = 8

/** A number is drawn until it is free: of ninety million, a few times at most. `insert` gives no row for one that is taken. */
export const drawn = async <Row>(insert: (number: string) => Promise<Row | undefined>): Promise<Row> => {
  for (let i = 0; i < draws; i++) {
    const row = await insert(customerNumber(randomInt(10_000_000, 100_000_000)))
    if (row !== undefined) return row
  }
  throw new Unavailable('customer.no-number', { detail: `${draws} numbers drawn were taken` })
}
