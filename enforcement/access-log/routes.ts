// What anyone needs to check the access log by: the key of its checkpoints, and the verifier itself. Public; no personal data is read here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { keyAddress, verifierAddress } from './addresses.ts'

const verifier = readFileSync(join(import.meta.dirname, 'verify.mjs'), 'utf8')

/** `key` is `origin+id+base64`, as the verifier takes it. */
export const accessLogRoutes = (server: FastifyInstance, key: string): void => {
  server.get(keyAddress, (_request, reply) =>
    reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(`${key}\n`),
  )
  server.get(verifierAddress, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(verifier),
  )
}
