// The load profiles that lie beside it, each read once.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Profile, readProfile } from './profile.ts'

const fileOf = { household: 'h25.csv', business: 'g25.csv' } as const
const read = new Map<string, Promise<Profile>>()

export const profileNamed = (name: keyof typeof fileOf): Promise<Profile> => {
  const known =
    read.get(name) ?? readFile(join(import.meta.dirname, 'profiles', fileOf[name]), 'utf8').then(readProfile)
  read.set(name, known)
  return known
}
