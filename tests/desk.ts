// The desk as it is built, on a port of its own and under the headers of the real server, with an API that the test plays.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { securityHeaders } from '../server/http.ts'

type Asked = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}
export type Played = (asked: Asked) => { readonly status: number; readonly body?: unknown }

export type ServedDesk = {
  readonly address: string
  /** Compressed size in bytes of a file that was served, by its path. */
  readonly compressed: (path: string) => number
  readonly stop: () => Promise<void>
}

const root = join(import.meta.dirname, '..')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export const servedDesk = async (api: Played = () => ({ status: 404 })): Promise<ServedDesk> => {
  const built = mkdtempSync(join(tmpdir(), 'desk-'))
  await build({ root: join(root, 'web'), logLevel: 'error', build: { outDir: built } })

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://desk').pathname
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    if (path.startsWith('/api/')) {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const body: unknown = text === '' ? undefined : JSON.parse(text)
        const answer = api({ method: request.method ?? '', path, headers: request.headers, body })
        response.statusCode = answer.status
        response.setHeader('content-type', answer.status < 400 ? 'application/json' : 'application/problem+json')
        response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body))
      })
      return
    }
    const asset = join(built, path)
    const file = extname(path) !== '' && existsSync(asset) ? asset : join(built, 'desk/index.html')
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    compressed: (path) => gzipSync(readFileSync(join(built, path))).length,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(built, { recursive: true, force: true })
    },
  }
}
