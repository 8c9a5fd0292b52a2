// Reads register.yaml and register/law.yaml into the declaration, or tells everything that is wrong with them at once.
// Everybody who needs the declaration comes through here.
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { checkDescription, checkLaws } from './check.ts'
import type { Finding } from './check/finding.ts'
import { isPeriod } from './check/retention.ts'
import type { Day, Description, Law, Role } from './description.ts'
import { today as currentDay } from './law.ts'
import { nearest } from './nearest.ts'
import { type Declared, type DeclaredLaws, lawShape, registerShape } from './shape.ts'
import { type Fault, readSource, type Source } from './source.ts'

export type { Fault } from './source.ts'

export type Register = { readonly description: Description; readonly laws: readonly Law[] }
export type Reading = Register | { readonly faults: readonly Fault[] }
export type FileNames = { readonly register: string; readonly law: string }

/** Law is read first: a register is right or wrong only under the law of a day. Faults come in the order of the files. */
export const readRegister = (
  registerText: string,
  lawText: string,
  files: FileNames = { register: 'register.yaml', law: 'register/law.yaml' },
  today: Day = currentDay(),
): Reading => {
  const law = readLaws(lawText, files.law)
  const source = readSource(registerText, files.register)
  const shaped = shape(source, registerShape)
  if ('faults' in law || 'faults' in shaped)
    return { faults: [...('faults' in law ? law.faults : []), ...('faults' in shaped ? shaped.faults : [])] }
  const found = checkDescription(shaped.value, law.laws, today)
  if (found.length > 0) return { faults: inOrder(found.map((finding) => faultAt(source, finding))) }
  return { description: describe(shaped.value, law.laws), laws: law.laws }
}

export const readLaws = (
  text: string,
  file = 'register/law.yaml',
): { readonly laws: readonly Law[] } | { readonly faults: readonly Fault[] } => {
  const source = readSource(text, file)
  const shaped = shape(source, lawShape)
  if ('faults' in shaped) return shaped
  const found = checkLaws(shaped.value)
  return found.length > 0
    ? { faults: inOrder(found.map((finding) => faultAt(source, finding))) }
    : { laws: lawsOf(shaped.value) }
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
export const lawFile = join(root, 'register', 'law.yaml')

/**
 * The declaration from disk: `file`, else the setting REGISTER_FILE, else register.yaml beside package.json.
 * Throws one error that lists all faults, each with file, line and column.
 */
export const loadRegister = (
  file: string = process.env['REGISTER_FILE'] ?? join(root, 'register.yaml'),
  today: Day = currentDay(),
): Register => {
  const names = { register: shortName(file), law: shortName(lawFile) }
  const reading = readRegister(readText(file), readText(lawFile), names, today)
  if ('faults' in reading) throw new Error(faultList(reading.faults))
  return reading
}

/** Faults as a person reads them, one to a line: `register.yaml:12:5 roles.billing …`. */
export const faultList = (faults: readonly Fault[]): string =>
  [
    `the declaration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:`,
    ...faults.map(
      ({ file, line, column, path, message }) => `  ${file}:${line}:${column} ${path ? `${path} ` : ''}${message}`,
    ),
  ].join('\n')

const shortName = (file: string): string => {
  const short = relative(process.cwd(), resolve(file))
  return short.startsWith('..') ? resolve(file) : short
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`${file} cannot be read; give the path of a register description by REGISTER_FILE`, { cause })
  }
}

const shape = <T extends z.ZodType>(
  source: Source,
  wanted: T,
): { readonly value: z.output<T> } | { readonly faults: readonly Fault[] } => {
  if (source.faults.length > 0) return { faults: source.faults }
  const parsed = wanted.safeParse(source.value)
  return parsed.success
    ? { value: parsed.data }
    : { faults: inOrder(once(parsed.error.issues.flatMap(findingsOf)).map((finding) => faultAt(source, finding))) }
}

/** A misspelt key is one fault, not two: the key that it means is not told as missing as well. */
const once = (findings: readonly (Finding & { readonly means?: string })[]): Finding[] => {
  const meant = new Set(findings.flatMap(({ path, means }) => (means ? [[...path.slice(0, -1), means].join('.')] : [])))
  return findings.filter(({ code, path }) => code !== 'shape.missing' || !meant.has(path.join('.')))
}

const findingsOf = (issue: z.core.$ZodIssue): (Finding & { readonly means?: string })[] => {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(',')
    return issue.keys.map((name) => {
      const near = nearest(name, known)
      return {
        path: [...path, name],
        key: true,
        code: 'shape.unknown-key',
        message: `is no key here; ${near ? `did you mean ${near}?` : `give one of ${known.join(', ')}`}`,
        ...(near ? { means: near } : {}),
      }
    })
  }
  const missing = issue.message.startsWith('is missing')
  return [
    {
      path,
      code: missing ? 'shape.missing' : 'shape.wrong',
      message: issue.message,
      ...(issue.code === 'invalid_key' ? { key: true as const } : {}),
    },
  ]
}

const faultAt = (source: Source, { path, key, code, message }: Finding): Fault => ({
  file: source.file,
  // What is missing is told where it should stand: at the key of its container.
  ...(code === 'shape.missing' ? source.atKey(path.slice(0, -1)) : key ? source.atKey(path) : source.at(path)),
  path: path.join('.'),
  code,
  message,
})

const inOrder = (faults: readonly Fault[]): Fault[] =>
  [...faults].sort((a, b) => a.line - b.line || a.column - b.column)

const lawsOf = (laws: DeclaredLaws): Law[] => Object.entries(laws).map(([id, law]) => ({ id, ...law }))

const withIds = <T extends object>(group: Readonly<Record<string, T>>): (T & { readonly id: string })[] =>
  Object.entries(group).map(([id, one]) => ({ id, ...one }))

/** Ids move into the values; bits follow the order of the file; a period that names a deadline becomes its figure. */
const describe = (declared: Declared, laws: readonly Law[]): Description => {
  const period = (text: string) => (isPeriod(text) ? text : (laws.find((law) => law.id === text)?.value ?? text))
  return {
    ...declared,
    controllers: withIds(declared.controllers).map((controller, i) => ({ ...controller, bit: 2 ** i })),
    purposes: keyed(declared.purposes),
    categories: keyed(declared.categories),
    roles: withIds(declared.roles).map((role): Role => ({
      ...role,
      purposes: Object.fromEntries(
        Object.entries(role.purposes).map(([purpose, may]) => [
          purpose,
          {
            reads: may?.reads.flat() ?? [],
            writes: may?.writes.flat() ?? [],
            deletes: may?.deletes.flat() ?? [],
            exports: may?.exports?.flat() ?? [],
            publishes: may?.publishes ?? [],
          },
        ]),
      ),
    })),
    sources: withIds(declared.sources),
    recipients: withIds(declared.recipients).map((one) => ({ ...one, categories: one.categories.flat() })),
    measures: withIds(declared.measures),
    retention: declared.retention.flatMap(({ categories, purposes, ...rule }) =>
      categories
        .flat()
        .flatMap((category) =>
          purposes.map((purpose) => ({ category, purpose, ...rule, period: period(rule.period) })),
        ),
    ),
  }
}

const keyed = <K extends string, T extends object>(group: Readonly<Record<K, T>>) =>
  Object.fromEntries(Object.entries(group).map(([id, one]) => [id, { id, ...(one as T) }])) as unknown as Readonly<
    Record<K, T & { readonly id: K }>
  >
