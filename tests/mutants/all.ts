// Every mutant of a register that is sound: one that differs from its declaration from the start would let each mutant pass for killed.
import type pg from 'pg'
import { declaredState, differencesOf, liveState } from '../../enforcement/compare.ts'
import { tables } from '../../register/tables.ts'
import type { TestRegister } from '../database.ts'
import { databaseMutants } from './database.ts'
import { declarationMutants } from './declaration.ts'
import type { Mutant } from './mutant.ts'
import { logMutants } from './log.ts'
import { noticeMutants } from './notice.ts'
import { witnessMutants } from './witness.ts'

/** Run them one after the other: they share the connection, which the caller opens and releases. @throws Error if the register is not sound. */
export const mutantsOf = async (
  { register, database }: TestRegister,
  owner: pg.PoolClient,
): Promise<readonly Mutant[]> => {
  const live = await liveState(owner, register.compiled, tables)
  const [found] = differencesOf(declaredState(register.compiled, tables), live)
  if (found !== undefined) throw new Error(`the database differs before any breach: ${found}`)
  return [
    ...(await databaseMutants(owner, register, database)),
    ...declarationMutants(register, live),
    ...(await witnessMutants(owner, register)),
    ...noticeMutants(register),
    ...(await logMutants(owner, register)),
  ]
}
