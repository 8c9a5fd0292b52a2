// Something that an endpoint takes, made of its own schema: what the walks over every endpoint send.
import { z } from 'zod'

type Schema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly default?: unknown
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
}

/** Something that the schema takes, as far as it tells. */
export const likely = (schema: Schema): unknown => {
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  if (first !== undefined) return likely(first)
  if (schema.properties !== undefined)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, each]) => [name, likely(each)]))
  if (schema.type === 'array') return [likely(schema.items ?? {})]
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number')
    return Math.max(1, schema.minimum ?? 0, (schema.exclusiveMinimum ?? 0) + 1)
  if (schema.format === 'date') return '2026-12-01'
  if (schema.format === 'date-time') return '2026-12-01T08:00:00Z'
  if (schema.format === 'email') return 'nimi@esimerkki.fi'
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1))
}

export const schemaOf = (type: z.ZodType): Schema =>
  z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema
