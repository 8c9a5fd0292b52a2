// The OpenAPI 3.1 description, printed from the same endpoint values that the routes run on.
import { z } from 'zod'
import type { Route } from '../enforcement/serve.ts'
import type { Endpoint } from '../register/endpoint.ts'
import { isPaged } from './pages.ts'
import { exportReasons, forms } from '../register/list.ts'
import { openingReasons } from '../register/reasons.ts'

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return schema
}

const parametersOf = (place: 'path' | 'query', taken: z.ZodObject | undefined): readonly object[] =>
  taken === undefined
    ? []
    : Object.entries(taken.shape).map(([name, type]) => ({
        name,
        in: place,
        required: place === 'path' || !(type as z.ZodType).safeParse(undefined).success,
        schema: schemaOf(type as z.ZodType, 'input'),
      }))

const because = {
  name: 'because',
  in: 'header',
  required: true,
  description: `Why this person is opened, percent-encoded: call:ID or task:ID of a contact, case:ID, mail:ID, or reason:NAME of ${Object.keys(openingReasons).join(', ')} (reason:other:TEXT).`,
  schema: { type: 'string' },
}

const cursor = {
  name: 'cursor',
  in: 'query',
  required: false,
  description:
    'Of the page that follows: the header Link of the answer before it has its whole address, with rel="next", until the last page.',
  schema: { type: 'string' },
}
const link = {
  Link: { description: 'The address of the next page, rel="next"; absent on the last.', schema: { type: 'string' } },
}

const once = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description:
    'Of one’s own choice, for example a UUID. Sent again with the same request within a day, it gives the same answer with the header idempotent-replayed and does nothing twice; with another request it is a conflict (409).',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}

const asFile = [
  {
    name: 'as',
    in: 'query',
    required: false,
    description:
      'The list as a file instead, all pages of it, in the language of Accept-Language. Then the header because is required.',
    schema: { type: 'string', enum: forms },
  },
  {
    name: 'because',
    in: 'header',
    required: false,
    description: `Why the list is taken out: reason:${Object.keys(exportReasons).join(', reason:')} or reason:other:TEXT, percent-encoded.`,
    schema: { type: 'string' },
  },
]
const binary = { schema: { type: 'string', format: 'binary' } }
const files = {
  'text/csv': binary,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary,
}

const operationOf = (endpoint: Endpoint): object => ({
  operationId: endpoint.action.replaceAll(/[^a-z]+(.)/g, (_, letter: string) => letter.toUpperCase()),
  summary: endpoint.action,
  description: [
    `Purposes: ${endpoint.purposes.join(', ')}.`,
    endpoint.reads.length > 0 ? `Reads: ${endpoint.reads.join(', ')}.` : '',
    endpoint.readsIfPermitted ? `Also, where the role may: ${endpoint.readsIfPermitted.join(', ')}.` : '',
    endpoint.writes ? `Writes: ${endpoint.writes.join(', ')}.` : '',
    endpoint.caller ? `In a call: the caller is known to level ${endpoint.caller.level}.` : '',
    endpoint.strict ? 'Answers when its line in the access log is durable.' : '',
  ]
    .filter((part) => part !== '')
    .join(' '),
  parameters: [
    ...parametersOf('path', endpoint.takes.params),
    ...parametersOf('query', endpoint.takes.query),
    ...(isPaged(endpoint) ? [cursor] : []),
    ...(endpoint.asksWhy ? [because] : endpoint.opens ? [{ ...because, required: false }] : []),
    ...(endpoint.list ? asFile : []),
    ...(endpoint.method === 'GET' || endpoint.as !== undefined || endpoint.givesFile ? [] : [once]),
  ],
  ...(endpoint.takesFile
    ? {
        requestBody: {
          required: true,
          description: `One file of at most ${endpoint.takesFile.most} bytes.`,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { file: { type: 'string', format: 'binary' } },
                required: ['file'],
              },
            },
          },
        },
      }
    : endpoint.takes.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(endpoint.takes.body, 'input') } },
          },
        }
      : {}),
  responses: {
    200: {
      description: 'Done',
      ...(isPaged(endpoint) ? { headers: link } : {}),
      content: endpoint.givesFile
        ? { 'application/octet-stream': binary }
        : {
            'application/json': { schema: schemaOf(endpoint.gives, 'output') },
            ...(endpoint.list ? files : {}),
          },
    },
    default: {
      description: 'Refused',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
  ...(endpoint.as === undefined ? {} : { security: endpoint.as.for === 'anyone' ? [] : [{ session: [] }] }),
})

const tokenScheme =
  'A token that an administrator has made for one program. It opens one role, purpose and hat, and what the person who answers for it may do: no more.'
const sessionScheme =
  'The session of a person of the staff, for the desk’s own pages. A request that changes anything carries the header x-register as well.'

/** `cookie`: the name of the session’s cookie. */
export const openApi = (routes: readonly Route[], version: string, cookie: string): object => {
  const paths: Record<string, Record<string, object>> = {}
  for (const { endpoint } of routes) {
    const path = endpoint.path.replaceAll(/:([a-z_]+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Asiakasrekisteri', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    security: [{ token: [] }, { session: [] }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: tokenScheme },
        session: { type: 'apiKey', in: 'cookie', name: cookie, description: sessionScheme },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string', description: 'Stable: contract.already-ended' },
            faults: {
              type: 'array',
              items: {
                type: 'object',
                required: ['path', 'code', 'message'],
                properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  }
}
