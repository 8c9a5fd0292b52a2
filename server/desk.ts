// The built web: files with a digest in their name for a year, the desk's one page for every address below /desk.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const built = join(import.meta.dirname, '../web/dist/desk')

export const serveDesk = async (server: FastifyInstance): Promise<void> => {
  const there = await stat(join(built, 'index.html')).then(
    () => true,
    () => false,
  )
  if (!there) {
    server.log.warn('the desk is not built: run npm run setup, or start by npm start')
    return
  }
  await server.register(fastifyStatic, {
    root: join(built, 'assets'),
    prefix: '/desk/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    // Compressed once, when it was built: bin/setup.js.
    preCompressed: true,
  })
  const page = (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(createReadStream(join(built, 'index.html')))
  server.get('/desk', page)
  server.get('/desk/*', page)
}
