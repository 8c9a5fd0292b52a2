// Requests written by hand on a socket: what is not HTTP, what comes too slowly, and what one server and another could understand in two ways.
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { inviteStaff } from '../chapters/access/staff/api.ts'
import { loadRegister } from '../register/read.ts'
import { httpServer } from './http.ts'

let server: FastifyInstance
let port = 0

before(async () => {
  server = await httpServer({
    serving: {
      register: { noticeHash: 'test', bundles: new Map(), description: loadRegister().description },
      log: { note: async () => undefined },
      now: () => new Date(0),
    } as never,
    routes: [{ endpoint: inviteStaff, handle: async () => undefined }],
    identify: async () => undefined,
    logLevel: 'silent',
    secure: false,
    folder: '/nowhere',
    patience: 150,
  })
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port)
  server.server.headersTimeout = 150
})
after(() => server.close())

/** All that the server says until it closes, or keeps the socket open for another request after a whole answer. */
const told = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket
      .on('data', (part: Buffer) => {
        text += part.toString()
        const [head = '', body = ''] = text.split('\r\n\r\n')
        const length = /content-length: (\d+)/i.exec(head)?.[1]
        if (length !== undefined && Buffer.byteLength(body) >= Number(length)) resolve(text)
      })
      .once('close', () => resolve(text))
      .once('error', () => resolve(text))
  })
const say = async (text: string | Buffer): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  const answer = told(socket)
  socket.write(text)
  const said = await answer
  socket.destroy()
  return said
}
const refused = (said: string, status: number, code: string, what: string): void => {
  assert.match(said, new RegExp(`^HTTP/1\\.1 ${status} `), `${what}: ${said.slice(0, 200)}`)
  assert.match(said, /content-type: application\/problem\+json/i, what)
  assert.match(said, /\r\n\r\n\{/, `${what}: ${said}`)
  const body = JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4)) as Record<string, unknown>
  assert.deepEqual([body['status'], body['code']], [status, code], what)
  assert.match(said, /x-content-type-options: nosniff/i, what)
}
const post = 'POST /api/staff HTTP/1.1\r\nhost: x\r\nx-register: test\r\n'
const json = 'content-type: application/json\r\n'

test('who sends headers or a body too slowly is told so and let go', async () => {
  refused(await say('POST /api/staff HTTP/1.1\r\nhost: x\r\n'), 408, 'request.too-slow', 'headers')
  refused(await say(`${post}${json}content-length: 100\r\n\r\n{"log`), 408, 'request.too-slow', 'body')
  refused(
    await say(`${post}${json}transfer-encoding: chunked\r\n\r\n5\r\n{"log\r\n`),
    408,
    'request.too-slow',
    'chunks',
  )
})

test('a hundred of them keep nobody else waiting', async () => {
  const slow = Array.from({ length: 100 }, () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    socket.write('GET /api/staff HTTP/1.1\r\nx')
    return { socket, ended: told(socket) }
  })
  refused(await say('GET /api/nothing HTTP/1.1\r\nhost: x\r\n\r\n'), 404, 'address.unknown', 'another')
  for (const { ended, socket } of slow) {
    refused(await ended, 408, 'request.too-slow', 'slow')
    socket.destroy()
  }
})

test('what is not HTTP, or could be read in two ways, is refused', async () => {
  const many = Array.from({ length: 150 }, (_, i) => `h${i}: 1\r\n`).join('')
  const cases: readonly (readonly [what: string, said: string | Buffer, status: number, code: string])[] = [
    ['too many headers', `GET /api/staff HTTP/1.1\r\nhost: x\r\n${many}\r\n`, 431, 'headers.too-many'],
    [
      'too long a header',
      `GET /api/staff HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers.too-many',
    ],
    ['too long an address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431, 'headers.too-many'],
    ['no host', 'GET /api/staff HTTP/1.1\r\n\r\n', 400, 'request.unreadable'],
    ['not HTTP at all', Buffer.from('160301020001', 'hex'), 400, 'request.unreadable'],
    ['a method that is none', 'FOO /api/staff HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'request.unreadable'],
    ['a line that is none', 'GET\r\n\r\n', 400, 'request.unreadable'],
    ['NUL in a header', 'GET /api/staff HTTP/1.1\r\nhost: x\r\na: b\0c\r\n\r\n', 400, 'request.unreadable'],
    ['a header over two lines', 'GET /api/staff HTTP/1.1\r\nhost: x\r\na: b\r\n c\r\n\r\n', 400, 'request.unreadable'],
    ['a space before the colon', 'GET /api/staff HTTP/1.1\r\nhost : x\r\n\r\n', 400, 'request.unreadable'],
    ['two lengths', `${post}${json}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400, 'request.unreadable'],
    [
      'a length and chunks',
      `${post}${json}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'request.unreadable',
    ],
    ['a length that is none', `${post}${json}content-length: -1\r\n\r\n{}`, 400, 'request.unreadable'],
    ['a chunk that is none', `${post}${json}transfer-encoding: chunked\r\n\r\nxyz\r\n`, 400, 'request.unreadable'],
    ['packed in transfer', `${post}${json}transfer-encoding: gzip\r\n\r\n{}`, 400, 'request.unreadable'],
    ['expecting something', `${post}expect: the unexpected\r\n\r\n`, 417, 'request.expects'],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405, 'method.not-allowed'],
    [
      'another protocol',
      'GET /api/nothing HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
      404,
      'address.unknown',
    ],
    [
      'too large in chunks',
      `${post}${json}transfer-encoding: chunked\r\n\r\n${'4000\r\n'.concat('x'.repeat(0x4000), '\r\n').repeat(20)}`,
      413,
      'body.too-large',
    ],
  ]
  for (const [what, text, status, code] of cases) refused(await say(text), status, code, what)
})

test('who asks for a tunnel and hangs up at once takes nobody along', async () => {
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined)
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.write('CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\n\r\n', () => socket.resetAndDestroy())
      await new Promise((resolve) => socket.once('close', resolve))
    }),
  )
  refused(await say('GET /api/nothing HTTP/1.1\r\nhost: x\r\n\r\n'), 404, 'address.unknown', 'afterwards')
})
