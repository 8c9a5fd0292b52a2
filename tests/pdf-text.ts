// Reads the text and the tags of a PDF as our own compiler writes it: plain objects, fonts with a table of their letters. Tests alone rely on it.
import { inflateSync } from 'node:zlib'

type Objects = ReadonlyMap<string, string>

const objectsOf = (pdf: Buffer): Objects =>
  new Map(
    [...pdf.toString('latin1').matchAll(/(\d+) 0 obj\n(.*?)endobj/gs)].map(([, id = '', body = '']) => [id, body]),
  )

const streamOf = (object: string): string => {
  const body = /stream\n(.*)\nendstream/s.exec(object)?.[1] ?? ''
  return object.includes('/FlateDecode') ? inflateSync(Buffer.from(body, 'latin1')).toString('latin1') : body
}

const hex = (code: string): string =>
  (code.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')

/** Glyph to letters, from a font's ToUnicode table. */
const lettersOf = (table: string): ReadonlyMap<number, string> => {
  const letters = new Map<number, string>()
  for (const [, glyph = '', unicode = ''] of table.matchAll(/<(\w{4})> <(\w+)>(?! *[<[])/g))
    letters.set(Number.parseInt(glyph, 16), hex(unicode))
  return letters
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

const bytesOf = (literal: string): string =>
  literal.replaceAll(/\\(\d{1,3}|.)/gs, (_, sign: string) =>
    /^\d/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8)) : (escapes[sign] ?? sign),
  )

/** The text in the order of the pages, without what only decorates them (page numbers, repeated heads of tables). */
export const pdfText = (pdf: Buffer): string => {
  const objects = objectsOf(pdf)
  const of = (id: string | undefined): string => objects.get(id ?? '') ?? ''
  const pages = [...objects.values()].find((object) => /\/Type \/Pages\b/.test(object)) ?? ''
  const ids = [...(/\/Kids \[(.*?)\]/s.exec(pages)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id]) => id)
  return ids
    .map((id) => {
      const page = of(id)
      const fonts = new Map(
        [...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = '', font]) => [
          name,
          lettersOf(streamOf(of(/\/ToUnicode (\d+)/.exec(of(font))?.[1]))),
        ]),
      )
      return shown(streamOf(of(/\/Contents (\d+)/.exec(page)?.[1])), fonts)
    })
    .join('\n')
}

// A string may hold brackets as they are, as long as they match.
const plain = String.raw`\\.|[^\\()]`
const literal = String.raw`\(((?:${plain}|\((?:${plain}|\((?:${plain})*\))*\))*)\)`
const signs = new RegExp(String.raw`\/(\w+)(?: <<[^>]*>>)? (?:BDC|BMC)|\b(EMC)\b|\/(f\d+) [\d.]+ Tf|${literal}`, 'gs')

const shown = (content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string => {
  let letters: ReadonlyMap<number, string> = new Map()
  const within: boolean[] = []
  let text = ''
  for (const [, opened, closed, font, literal] of content.matchAll(signs)) {
    if (opened !== undefined) within.push(opened !== 'Artifact')
    else if (closed !== undefined) within.pop()
    else if (font !== undefined) letters = fonts.get(font) ?? letters
    else if (literal !== undefined && within.every(Boolean)) {
      const bytes = bytesOf(literal)
      for (let i = 0; i + 1 < bytes.length; i += 2)
        text += letters.get(bytes.charCodeAt(i) * 256 + bytes.charCodeAt(i + 1)) ?? '\u{fffd}'
    }
  }
  return text
}

/** How often each kind of structure element is used, for example `{ H1: 1, P: 20 }`. */
export const pdfTags = (pdf: Buffer): Readonly<Record<string, number>> => {
  const count: Record<string, number> = {}
  for (const object of objectsOf(pdf).values()) {
    if (!object.includes('/Type /StructElem')) continue
    const tag = /\/S \/(\w+)/.exec(object)?.[1] ?? ''
    count[tag] = (count[tag] ?? 0) + 1
  }
  return count
}
