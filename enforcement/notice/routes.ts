// The notice's addresses: public, in the reader's language, kept by digest. No personal data is read here.
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Language, languages } from '../../register/vocabulary.ts'
import { addressOf, type Kind } from './addresses.ts'
import { noticeHtml, processingRecord, versionsHtml } from './html.ts'
import { noticeJsonLd } from './json-ld.ts'
import { noticePdf } from './pdf.ts'
import type { Notice } from './speaker.ts'

type Form = {
  readonly type: string
  readonly make: (notice: Notice, language: Language) => string | Promise<Buffer>
}

const html = 'text/html; charset=utf-8'
const forms: Readonly<Record<Kind, Form>> = {
  notice: { type: html, make: noticeHtml },
  record: { type: html, make: processingRecord },
  versions: { type: html, make: versionsHtml },
  pdf: { type: 'application/pdf', make: noticePdf },
  data: { type: 'application/ld+json', make: (notice) => JSON.stringify(noticeJsonLd(notice)) },
}

type Made = { readonly body: string | Buffer; readonly etag: string }

/** `source` gives what is in force now; a new digest is a new page. */
export const noticeRoutes = (server: FastifyInstance, source: () => Notice): void => {
  const kept = new Map<string, Promise<Made>>()

  /** Made once for each digest: two readers who come at once wait for the same page. */
  const madeOf = (kind: Kind, language: Language): Promise<Made> => {
    const notice = source()
    const name = `${notice.noticeHash}/${kind}/${language}`
    const known = kept.get(name)
    if (known !== undefined) return known
    for (const old of kept.keys()) if (!old.startsWith(notice.noticeHash)) kept.delete(old)
    const making = make(notice, kind, language)
    kept.set(name, making)
    making.catch(() => kept.delete(name))
    return making
  }

  const send = async (request: FastifyRequest, reply: FastifyReply, kind: Kind, language: Language) => {
    const { body, etag } = await madeOf(kind, language)
    reply.header('etag', etag).header('cache-control', 'no-cache').header('content-language', language)
    if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
    return reply.type(forms[kind].type).send(body)
  }

  for (const kind of Object.keys(forms) as Kind[]) {
    server.get(addressOf(kind), (request, reply) => {
      if (kind !== 'data') reply.header('vary', 'accept-language')
      return send(request, reply, kind, wished(request))
    })
    if (kind === 'data') continue
    for (const language of languages)
      server.get(addressOf(kind, language), (request, reply) => send(request, reply, kind, language))
  }
}

/** The digest of the declaration first, so that one sees by which the page was made; then that of the page itself, which new words change as well. */
const make = async (notice: Notice, kind: Kind, language: Language): Promise<Made> => {
  const body = await forms[kind].make(notice, language)
  const own = createHash('sha256').update(body).digest('base64url').slice(0, 16)
  return { body, etag: `"${notice.noticeHash.slice(0, 16)}.${own}"` }
}

/** `?lang=` before the browser's own wish, before Finnish. */
const wished = ({ query, headers }: FastifyRequest): Language => {
  const asked = (query as Readonly<Record<string, unknown>>)['lang']
  const accepted = (headers['accept-language'] ?? '')
    .split(',')
    .map((one) => {
      const [tag = '', ...more] = one.trim().split(';')
      return { tag: tag.slice(0, 2).toLowerCase(), weight: Number(/q=([\d.]+)/.exec(more.join(';'))?.[1] ?? 1) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
  return [asked, ...accepted].flatMap((tag) => languages.find((language) => language === tag) ?? [])[0] ?? 'fi'
}
