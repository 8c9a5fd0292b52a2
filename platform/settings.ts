// Every setting, its default and what it is for. The guide's table is printed from here.
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { Invalid } from './errors.ts'
import type { SingleSignOn } from './single-sign-on.ts'

type Setting = { readonly default: string; readonly what: string }

export const settings = {
  PORT: { default: '8080', what: 'port of desk, notice and API' },
  HOST: { default: '127.0.0.1', what: 'address that the port is opened on' },
  DATA_DIR: { default: './var', what: 'embedded database, keys, spool of the access log, imported files' },
  DATABASE_URL: { default: '', what: 'a PostgreSQL 18 server of your own instead of the embedded one' },
  MASTER_KEY_FILE: {
    default: '',
    what: 'file with the master keys, a line of 64 hexadecimal digits each, oldest first; default DATA_DIR/master.key',
  },
  MASTER_KEY: { default: '', what: 'the same keys, comma-separated, instead of a file' },
  REGISTER_FILE: { default: './register.yaml', what: 'the register description' },
  PUBLIC_URL: { default: '', what: 'address that browsers use, when a proxy stands before the register (https)' },
  TRUSTED_PROXIES: {
    default: 'loopback',
    what: 'who is believed about whom they ask for (X-Forwarded-For) when PUBLIC_URL is https: addresses or networks, comma-separated',
  },
  DEMO: { default: '1', what: '0 starts with an empty register instead of a demonstration population' },
  DEMO_CUSTOMERS: { default: '2000', what: 'size of that population' },
  LOG_RESTORED: {
    default: '',
    what: 'once, after the database was restored from an older backup: the size of the checkpoint that is given up',
  },
  OIDC_ISSUER: { default: '', what: 'OpenID provider by which the staff sign in, beside their passwords (https)' },
  OIDC_CLIENT_ID: { default: '', what: 'what that provider calls the register' },
  OIDC_CLIENT_SECRET: { default: '', what: 'the secret that they share; empty for a public client' },
  OIDC_CLAIM: {
    default: 'sub',
    what: 'claim by which the provider names a person, as the administrator has tied them',
  },
  OIDC_SECOND_FACTOR: {
    default: '',
    what: 'what the provider must say for its second factor to be trusted instead of ours: amr:VALUE or acr:VALUE, comma-separated',
  },
  LOG_LEVEL: { default: 'info', what: 'trace, debug, info, warn, error or silent' },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings
export type Settings = Readonly<Record<SettingName, string>>

const wrong = (setting: SettingName, found: string, right: string): Invalid =>
  new Invalid('settings.single-sign-on', { detail: `${setting} is ${found === '' ? 'empty' : found}; give ${right}` })

const networkNames = ['loopback', 'linklocal', 'uniquelocal']

/** An address, a network of more than one address and fewer than all, or one of the names. */
const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  const most = family === 4 ? 32 : 128
  return (
    networkNames.includes(text) ||
    (family !== 0 &&
      more.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= most)))
  )
}

/** Whom the rate limits believe about whom a request comes from. @throws Invalid naming what is no address. */
export const proxiesOf = ({
  PUBLIC_URL,
  TRUSTED_PROXIES,
}: Pick<Settings, 'PUBLIC_URL' | 'TRUSTED_PROXIES'>): readonly string[] => {
  const all = TRUSTED_PROXIES.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const unfit = all.find((each) => !isNetwork(each))
  if (unfit !== undefined)
    throw new Invalid('settings.trusted-proxies', {
      detail: `TRUSTED_PROXIES has ${unfit}; give addresses or networks of 8 bits and more, for example 10.1.2.3 or 10.1.2.0/24, or loopback`,
    })
  // Without a proxy nobody has anything to tell.
  return PUBLIC_URL.startsWith('https:') ? all : []
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

const trusted = (OIDC_SECOND_FACTOR: string): SingleSignOn['secondFactor'] =>
  OIDC_SECOND_FACTOR.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const [, claim, value] = /^(amr|acr):(\S+)$/.exec(each) ?? []
      if (claim === undefined || value === undefined)
        throw wrong('OIDC_SECOND_FACTOR', each, 'amr:VALUE or acr:VALUE, for example amr:mfa')
      return { claim: claim as 'amr' | 'acr', value }
    })

/** Undefined where none is configured. @throws Invalid naming the setting that does not fit the others */
export const singleSignOnOf = ({
  OIDC_ISSUER,
  OIDC_CLIENT_ID,
  OIDC_CLIENT_SECRET,
  OIDC_CLAIM,
  OIDC_SECOND_FACTOR,
}: Settings): SingleSignOn | undefined => {
  if (OIDC_ISSUER === '') return undefined
  const issuer = URL.canParse(OIDC_ISSUER) ? new URL(OIDC_ISSUER) : undefined
  if (issuer?.protocol !== 'https:' && !(issuer?.protocol === 'http:' && loopback.includes(issuer.hostname)))
    throw wrong('OIDC_ISSUER', OIDC_ISSUER, 'an https address, or http on the loopback for a trial')
  if (OIDC_CLIENT_ID === '') throw wrong('OIDC_CLIENT_ID', OIDC_CLIENT_ID, 'what the provider calls the register')
  if (!/^[\w:/.-]{1,100}$/.test(OIDC_CLAIM)) throw wrong('OIDC_CLAIM', OIDC_CLAIM, 'a claim, for example sub')
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    secret: OIDC_CLIENT_SECRET,
    claim: OIDC_CLAIM,
    secondFactor: trusted(OIDC_SECOND_FACTOR),
  }
}

export const readSettings = (environment: NodeJS.ProcessEnv = process.env): Settings => {
  const read = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, environment[name] ?? setting.default]),
  ) as Record<SettingName, string>
  const port = Number(read.PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Invalid('settings.port', { detail: `PORT is ${read.PORT}; give a number from 0 to 65535` })
  if (!['0', '1'].includes(read.DEMO))
    throw new Invalid('settings.demo', { detail: `DEMO is ${read.DEMO}; give 0 (empty) or 1 (demonstration)` })
  singleSignOnOf(read)
  proxiesOf(read)
  return { ...read, DATA_DIR: resolve(read.DATA_DIR), REGISTER_FILE: resolve(read.REGISTER_FILE) }
}
