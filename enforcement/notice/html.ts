// A document as a page: complete in itself, without script, so that it can be kept, printed and read aloud.
import { languages, type Language } from '../../register/vocabulary.ts'
import { addressOf, type Kind } from './addresses.ts'
import type { Block, Cell, Document, Line, Mark, Row, Section, Span } from './document.ts'
import { noticeDocument } from './notice.ts'
import { recordDocument } from './record.ts'
import type { Notice } from './speaker.ts'
import { style } from './style.ts'
import { versionsDocument } from './versions.ts'
import { noticeWords } from './words.ts'

export const noticeHtml = (notice: Notice, language: Language): string =>
  page(noticeDocument(notice, language), 'notice')

/** The record of processing activities of art. 30(1). */
export const processingRecord = (notice: Notice, language: Language): string =>
  page(recordDocument(notice, language), 'record')

export const versionsHtml = (notice: Notice, language: Language): string =>
  page(versionsDocument(notice, language), 'versions')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** An address that a reader may follow; anything else stays text. */
const safe = (href: string): boolean => /^(https:|mailto:|#|\/)/.test(href)

const marked = (one: { readonly mark?: Mark }): string =>
  one.mark === undefined ? '' : ` data-${one.mark.of}="${escaped(one.mark.ids.join(' '))}"`

const tags = { strong: ['<strong', '</strong>'], quiet: ['<span class="quiet"', '</span>'], code: ['<code', '</code>'] }

const spanHtml = (span: Span): string => {
  if (typeof span === 'string') return escaped(span)
  const words = escaped(span.text)
  if (span.href !== undefined && safe(span.href)) return `<a href="${escaped(span.href)}"${marked(span)}>${words}</a>`
  if (span.as === undefined && span.mark === undefined) return words
  const [open, close] = span.as === undefined ? ['<span', '</span>'] : tags[span.as]
  return `${open}${marked(span)}>${words}${close}`
}

const lineHtml = (line: Line): string => line.map(spanHtml).join('')

const cellHtml = (cell: Cell): string =>
  cell.length === 1 ? lineHtml(cell[0] ?? []) : cell.map((line) => `<p>${lineHtml(line)}</p>`).join('')

const rowHtml = (row: Row, head: readonly string[]): string => {
  const [first = [], ...others] = row.cells
  const cells = others.map(
    (cell, i) => `<td role="cell" data-head="${escaped(head[i + 1] ?? '')}">${cellHtml(cell)}</td>`,
  )
  return `<tr role="row"${marked(row)}><th role="rowheader" scope="row">${cellHtml(first)}</th>${cells.join('')}</tr>`
}

// The roles are said aloud because a narrow screen lays tables out as blocks, and some browsers then forget what they are.
const blockHtml = (block: Block): string => {
  switch (block.is) {
    case 'heading':
      return `<h3${marked(block)}>${escaped(block.text)}</h3>`
    case 'text':
      return `<p${marked(block)}>${lineHtml(block.line)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li${marked(item)}>${lineHtml(item.line)}</li>`).join('\n')}</ul>`
    case 'table':
      return `<table role="table"><caption>${escaped(block.name)}</caption>
<thead role="rowgroup"><tr role="row">${block.head.map((words) => `<th role="columnheader" scope="col">${escaped(words)}</th>`).join('')}</tr></thead>
<tbody role="rowgroup">
${block.rows.map((row) => rowHtml(row, block.head)).join('\n')}
</tbody></table>`
  }
}

const sectionHtml = ({ id, title, apart, blocks }: Section): string =>
  `<section id="${id}" aria-labelledby="${id}-title"${apart ? ' class="apart"' : ''}>
<h2 id="${id}-title">${escaped(title)}</h2>
${blocks.map(blockHtml).join('\n')}
</section>`

const link = (href: string, words: string, more = ''): string =>
  `<li><a href="${href}"${more}>${escaped(words)}</a></li>`

const page = ({ language, title, lead, sections, foot }: Document, kind: Kind): string => {
  const w = noticeWords[language]
  const named: readonly (readonly [kind: Kind, words: string])[] = [
    ['notice', w.page.notice],
    ['record', w.record.link],
    ['versions', w.versions.link],
    ['pdf', w.page.pdf],
    ['data', w.page.data],
  ]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
${languages.map((other) => `<link rel="alternate" hreflang="${other}" href="${addressOf(kind, other)}">`).join('\n')}
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">${escaped(w.page.skip)}</a>
<div class="page">
<header class="top">
<nav aria-label="${escaped(w.page.languages)}"><ul>
${languages.map((other) => link(addressOf(kind, other), noticeWords[other].inThis, ` lang="${other}" hreflang="${other}"${other === language ? ' aria-current="page"' : ''}`)).join('\n')}
</ul></nav>
</header>
<main id="content" tabindex="-1">
<h1>${escaped(title)}</h1>
${lead.map((line) => `<p class="lead">${lineHtml(line)}</p>`).join('\n')}
<nav class="contents" aria-labelledby="contents"><h2 id="contents">${escaped(w.page.contents)}</h2><ul>
${sections.map((one) => link(`#${one.id}`, one.title)).join('\n')}
</ul></nav>
${sections.map(sectionHtml).join('\n')}
</main>
<footer>
<p>${lineHtml(foot)}</p>
<nav class="forms" aria-label="${escaped(w.page.others)}"><ul>
${named
  .filter(([other]) => other !== kind)
  .map(([other, words]) => link(addressOf(other, language), words))
  .join('\n')}
</ul></nav>
</footer>
</div>
</body>
</html>
`
}
