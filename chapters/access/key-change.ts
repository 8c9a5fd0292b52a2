// What of signing in rests on the master key, when it changes: the secrets of authenticators, and the digests of programs' tokens. For the server alone.
import type { Register } from '../../enforcement/register.ts'
import { versionOf } from '../../platform/keys.ts'
import { resealed } from './second-factor.ts'

const login = 'sign-in.security.group'
const columns = ['totp_secret', 'totp_pending'] as const

/** Row by row, since there are as many as people at work. @returns how many secrets were sealed anew. */
export const resealSecrets = async ({ pool, keys }: Register): Promise<number> => {
  let done = 0
  for (const column of columns) {
    const { rows } = await pool(login).query<{ id: string; sealed: Buffer }>(
      `select id, ${column} as sealed from staff where ${column} is not null order by id`,
    )
    for (const { id, sealed } of rows.filter((row) => versionOf(row.sealed) !== keys.current)) {
      // Only where it is the one that was read: who enrolled anew meanwhile has a new secret.
      const { rowCount } = await pool(login).query(`update staff set ${column} = $2 where id = $1 and ${column} = $3`, [
        id,
        resealed(keys, Number(id), sealed),
        sealed,
      ])
      done += rowCount ?? 0
    }
  }
  return done
}

type Left = { readonly what: string; readonly version: number; readonly count: number; readonly named?: string }

/** How many secrets and working tokens are under which master key; of the tokens, whose. */
export const signInsByKey = async ({ pool, keys }: Register, now: Date): Promise<readonly Left[]> => {
  const counts = new Map<string, number>()
  const add = (what: string, made: Buffer) => {
    const place = `${what} ${versionOf(made)}`
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  for (const column of columns) {
    const { rows } = await pool(login).query<{ sealed: Buffer }>(
      `select ${column} as sealed from staff where ${column} is not null`,
    )
    for (const { sealed } of rows) add('second-factor', sealed)
  }
  const { rows } = await pool(login).query<{ name: string; hash: Buffer }>(
    'select name, hash from api_token where revoked_at is null and expires_at > $1 order by id',
    [now],
  )
  for (const { hash } of rows) add('token', hash)
  return [...counts].map(([place, count]) => {
    const [what = '', version] = place.split(' ')
    const theirs = rows.filter(({ hash }) => versionOf(hash) === Number(version)).map(({ name }) => name)
    const old = what === 'token' && Number(version) !== keys.current
    return { what, version: Number(version), count, ...(old ? { named: theirs.join(', ') } : {}) }
  })
}
