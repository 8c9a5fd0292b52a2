// Numbers of contracts: they tell nothing of how many there are, and are long enough that two never meet.
import { randomInt } from 'node:crypto'

const letters = { connection: 'L', network: 'V', sales: 'M', offer: 'T' } as const

export const newNumber = (kind: keyof typeof letters): string => `${letters[kind]}${randomInt(10 ** 11, 10 ** 12)}`
