// XML as events, with bounded memory; entities are never expanded. For the workbook reader.
import { SaxesParser } from 'saxes'
import { damaged } from './package.ts'

/** Names without their prefixes: programs differ in those. Attributes keep theirs. */
export type XmlEvents = {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close: (name: string) => void
  readonly text: (text: string) => void
}

export type XmlReader = { readonly write: (chunk: string) => void; readonly end: () => void }

const deepest = 64
/** Characters without an element beginning or ending; the parser holds them all. */
const longestText = 4_194_304

const localName = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

export const xmlReader = (on: XmlEvents): XmlReader => {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  let depth = 0
  let quiet = 0
  parser.on('doctype', () => {
    throw damaged('it declares entities, which no workbook needs')
  })
  parser.on('error', (cause) => {
    throw damaged('its XML is broken', cause)
  })
  parser.on('opentag', ({ name, attributes }) => {
    quiet = 0
    if (++depth > deepest) throw damaged(`elements lie more than ${deepest} deep`)
    on.open(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    quiet = 0
    depth--
    on.close(localName(name))
  })
  parser.on('text', on.text)
  parser.on('cdata', on.text)
  return {
    write: (chunk) => {
      quiet += chunk.length
      parser.write(chunk)
      if (quiet > longestText + chunk.length) throw damaged('a text in it is too long')
    },
    end: () => void parser.close(),
  }
}

/** A small part, read to its end. */
export const readXml = async (chunks: AsyncIterable<string>, on: Partial<XmlEvents>): Promise<void> => {
  const nothing = (): void => undefined
  const reader = xmlReader({ open: nothing, close: nothing, text: nothing, ...on })
  for await (const chunk of chunks) reader.write(chunk)
  reader.end()
}
