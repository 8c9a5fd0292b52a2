// A change of the master key: what hangs on which key, how it is put under the newest, and when the one before can go.
import { randomUUID } from 'node:crypto'
import { resealSecrets, signInsByKey } from '../chapters/access/index.ts'
import { forgetIndexes, indexesLeft, indexKeeping, makeIndexes } from '../enforcement/index-rotation.ts'
import { importKeysByVersion, keysByVersion, wrapImportKeys, wrapKeys } from '../enforcement/key-rotation.ts'
import { receiptsLeft } from '../enforcement/receipts.ts'
import { loginsUnder, renewLogins } from '../enforcement/register.ts'
import { Conflict } from '../platform/errors.ts'
import type { Settings } from '../platform/settings.ts'
import { dropOldestKey } from './master-key.ts'
import type { Opened } from './program.ts'

const words = {
  'subject-key': 'keys of persons',
  'import-key': 'keys of imports',
  'identity-code': 'identity codes',
  'bank-account': 'bank accounts',
  'second-factor': 'second factors',
  token: 'tokens of programs',
  login: 'logins of the database',
  receipt: 'requests of the last day',
} as const

/** How what is left moves; the rest is moved by `wrap`. */
const mends: Readonly<Record<string, string>> = {
  token: 'each moves when its program next calls; revoke those that call no more',
  receipt: 'they go by themselves within a day',
}

export type Hanging = {
  readonly what: keyof typeof words
  readonly version: number
  readonly count: number
  readonly named?: string
}

/** Everything that rests on a master key, the oldest key first. */
export const hangingOn = async (opened: Opened): Promise<readonly Hanging[]> => {
  const { register, owner, now } = opened
  const logins = await loginsUnder(register, owner)
  const all = [
    ...[...(await keysByVersion(register))].map(([version, count]) => ({ what: 'subject-key', version, count })),
    ...[...(await importKeysByVersion(register))].map(([version, count]) => ({ what: 'import-key', version, count })),
    ...(await indexesLeft(register)),
    ...(await signInsByKey(register, now())),
    { what: 'login', version: logins ?? 0, count: register.bundles.size },
    ...(await receiptsLeft(register)),
  ] as Hanging[]
  return all.filter(({ count }) => count > 0).toSorted((a, b) => a.version - b.version)
}

export const told = ({ what, version, count, named }: Hanging): string =>
  `master key ${version}: ${count} ${words[what]}${named === undefined ? '' : ` (${named})`}`

/**
 * Puts everything under the newest master key, in small transactions: cut off anywhere, it goes on from there. The register may be in use, once
 * each of its processes knows both keys.
 * @returns what was done, a line each.
 */
export const moveAll = async (opened: Opened, progress: (now: string) => void): Promise<readonly string[]> => {
  const { register, log, owner, now } = opened
  const keys = await wrapKeys(register, (done) => progress(`${done} ${words['subject-key']}`))
  const imports = await wrapImportKeys(register)
  const left = (await indexesLeft(register)).some(({ version }) => version < register.keys.current)
  // Each code is opened for a moment: one line tells of all, before it is done.
  if (left)
    await log.note(
      [
        {
          ...indexKeeping,
          at: now(),
          request: randomUUID(),
          actor: 'system:rotate-key',
          purpose: 'security',
          subject: null,
          because: null,
          outcome: 'written',
          noticeHash: register.noticeHash,
        },
      ],
      { strict: true },
    )
  const codes = await makeIndexes(register, (done) => progress(`${done} look-up marks`))
  // What a process still wrote under the older key after that had been removed.
  if (register.keys.oldest === register.keys.current) await forgetIndexes(register)
  const secrets = await resealSecrets(register)
  if ((await loginsUnder(register, owner)) !== register.keys.current) await renewLogins(register, owner)
  return [
    `${keys} ${words['subject-key']}`,
    `${imports} ${words['import-key']}`,
    `${codes} look-up marks of identity codes and bank accounts`,
    `${secrets} ${words['second-factor']}`,
    `the ${register.bundles.size} ${words.login}`,
  ]
}

/**
 * Takes the older key out of the key file, when nothing rests on it.
 * @returns the file.
 * @throws Conflict naming what still does, and how it moves.
 */
export const removeOldest = async (opened: Opened, settings: Settings): Promise<string> => {
  const { register } = opened
  const { oldest, current } = register.keys
  if (oldest === current)
    throw new Conflict('keys.one-alone', { detail: `master key ${current} is the only one: add the next first` })
  const left = (await hangingOn(opened)).filter(({ version }) => version !== current)
  if (left.length > 0)
    throw new Conflict('keys.in-use', {
      detail: `master key ${oldest} stays, since something still hangs on it:\n${left
        .map((each) => `  ${told(each)}: ${mends[each.what] ?? 'npm run rotate-key -- wrap'}`)
        .join('\n')}`,
    })
  await forgetIndexes(register)
  return dropOldestKey(settings, register.keys)
}
