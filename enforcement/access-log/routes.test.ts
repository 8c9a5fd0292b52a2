import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Fastify from 'fastify'
import { checkpointNote, verifierKey } from './checkpoint.ts'
import { accessLogRoutes } from './routes.ts'
// @ts-expect-error The verifier is published as plain JavaScript and has no types.
import { verifyCheckpoint } from './verify.mjs'

test('the key and the verifier are given to anyone, and together they verify a checkpoint', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const server = Fastify()
  accessLogRoutes(server, verifierKey('test/access-log', privateKey))
  const key = (await server.inject('/access-log/key')).body.trim()
  const script = await server.inject('/access-log/verify.mjs')
  assert.match(String(script.headers['content-type']), /^text\/javascript/)
  assert.equal(
    script.body,
    readFileSync(join(import.meta.dirname, 'verify.mjs'), 'utf8'),
    'it is the very one that is tested',
  )
  const note = checkpointNote('test/access-log', 7, Buffer.alloc(32, 1), privateKey)
  assert.equal((await verifyCheckpoint(note, key)).size, 7)
  await assert.rejects(verifyCheckpoint(note.replace('\n7\n', '\n8\n'), key))
  await server.close()
})
