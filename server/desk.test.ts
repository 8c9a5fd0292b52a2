import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { serveDesk } from './desk.ts'

test('the desk travels compressed to who takes it so, and as it is to others', async () => {
  const server = Fastify()
  await serveDesk(server)
  const page = await server.inject({ url: '/desk' })
  const [, script = ''] = /src="(\/desk\/assets\/[^"]+\.js)"/.exec(page.body) ?? []
  const plain = readFileSync(join(import.meta.dirname, '../web/dist/desk/assets', script.split('/').at(-1) ?? ''))
  const ask = async (accepted: string) => {
    const answer = await server.inject({ url: script, headers: { 'accept-encoding': accepted } })
    assert.equal(answer.statusCode, 200)
    assert.match(String(answer.headers['content-type']), /javascript/)
    return { encoding: answer.headers['content-encoding'], body: answer.rawPayload }
  }
  const [brotli, gzip, none] = [await ask('gzip, deflate, br'), await ask('gzip'), await ask('identity')]
  assert.deepEqual([brotli.encoding, gzip.encoding, none.encoding], ['br', 'gzip', undefined])
  assert.ok(brotli.body.length < gzip.body.length && gzip.body.length < plain.length / 2)
  for (const body of [brotliDecompressSync(brotli.body), gunzipSync(gzip.body), none.body])
    assert.ok(body.equals(plain))
  await server.close()
})
