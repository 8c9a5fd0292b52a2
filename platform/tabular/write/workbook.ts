// The fixed parts of the workbook that the XLSX writer makes, and its styles.

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const spreadsheetml = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const unsafe = /[&<>"]|[^\t\n -\ufffd]|_(?=x[0-9A-Fa-f]{4}_)/g

/** Signs that XML cannot hold are written as `_x000D_`, and so is an underscore that would begin such a sign. */
export const escaped = (text: string): string =>
  text.replace(unsafe, (sign) => marks[sign] ?? `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)

/** Styles by the order of `cellXfs`. Text is formatted as text, so that a cell stays so when someone edits it. */
export const style = { header: 1, text: 2, number: 0, day: 3, instant: 4 } as const
/** 14 and 22 are shown in the manner of the reader's country, 49 is text. */
const styles = `${declaration}<styleSheet xmlns="${spreadsheetml}">
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5">${[0, 0, 49, 14, 22]
  .map((format, i) =>
    i === style.header
      ? '<xf numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1"/>'
      : `<xf numFmtId="${format}" applyNumberFormat="1"/>`,
  )
  .join('')}</cellXfs>
</styleSheet>`

const typesOfParts = `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${media}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="${media}.styles+xml"/>
</Types>`

const relationsTo = (...targets: readonly (readonly [type: string, target: string])[]): string =>
  `${declaration}<Relationships xmlns="${packageRelations}">${targets
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${relations}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

/** A sheet's name: no more than 31 characters, without eight signs. */
const workbook = (sheet: string): string =>
  `${declaration}<workbook xmlns="${spreadsheetml}" xmlns:r="${relations}"><bookViews><workbookView/></bookViews><sheets><sheet name="${escaped(
    sheet.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31),
  )}" sheetId="1" r:id="rId1"/></sheets></workbook>`

/** Every part but the sheet itself. */
export const fixedParts = (sheet: string): readonly (readonly [name: string, content: string])[] => [
  ['[Content_Types].xml', typesOfParts],
  ['_rels/.rels', relationsTo(['officeDocument', 'xl/workbook.xml'])],
  ['xl/workbook.xml', workbook(sheet)],
  ['xl/_rels/workbook.xml.rels', relationsTo(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml'])],
  ['xl/styles.xml', styles],
]
