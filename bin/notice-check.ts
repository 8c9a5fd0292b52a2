// npm run notice:check -- FILE: what the law of today finds in a register description or privacy notice, of any company.
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { parseArgs } from 'node:util'
import { today } from '../register/law.ts'
import { lintNotice, type NoticeFinding } from '../register/lint.ts'
import { faultList, lawFile, readLaws } from '../register/read.ts'
import { readProse, readSource, type Source } from '../register/source.ts'
import { type Language, languages } from '../register/vocabulary.ts'

const help = `npm run notice:check -- FILE [--json] [--language fi|sv|en] [--date YYYY-MM-DD]

Compares a register description or privacy notice with the law of today: repealed acts and authorities that it still names, parts that
the General Data Protection Regulation asks for and it lacks, and wording that leaves them open. Each finding names its place, its legal
source and the day since which that source has asked it.

  FILE          .yaml or .yml with the keys of register.yaml, as many as there are (see examples/lahti-energia-2022.yaml), or prose:
                .txt, .md or .html in Finnish, Swedish or English. Prose is searched by its words: read its findings as questions.
  --json        findings as a JSON list, for programs; each message in three languages
  --language L  language of the messages; en unless told
  --date DAY    the law of another day; today unless told

Exit code: 0 nothing found, 1 something found, 2 the file or the command cannot be used.
The dated facts stand in register/law.yaml. This is a help for the careful, not legal advice.`

const unusable = (why: string): never => {
  console.error(why)
  process.exit(2)
}

const options = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        language: { type: 'string', default: 'en' },
        date: { type: 'string', default: today() },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    return unusable(`${(error as Error).message}\nnpm run notice:check -- --help tells the use`)
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true

const read = (file: string): Source => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return unusable(`${file}: no such file`)
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return unusable(
        `${file}: not text in UTF-8; save it as text, Markdown, HTML or YAML in UTF-8 (a PDF: copy its text out)`,
      )
    return unusable(`${file}: cannot be read (${message})`)
  }
  const known = ['.yaml', '.yml', '.txt', '.md', '.html', '.htm']
  const kind = extname(file).toLowerCase()
  if (!known.includes(kind)) return unusable(`${file}: unknown kind of file; give one that ends in ${known.join(', ')}`)
  if (text.trim() === '') return unusable(`${file}: the file is empty`)
  const source = kind.startsWith('.y') ? readSource(text, file) : readProse(text, file)
  if (source.faults.length > 0) return unusable(faultList(source.faults))
  if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value))
    return unusable(
      `${file}: no keys at its top; give the keys of register.yaml, or the text itself as .txt, .md or .html`,
    )
  return source
}

const line = (file: string, language: Language) => (finding: NoticeFinding) =>
  `${file}:${finding.line}:${finding.column} ${finding.code}\n    ${finding.message[language]}\n    ${finding.cite}, ${finding.since}`

const { values, positionals } = options()
if (values.help) {
  console.log(help)
  process.exit(0)
}
const [file, ...more] = positionals
if (file === undefined || more.length > 0) unusable('give one file\nnpm run notice:check -- --help tells the use')
const language = languages.find((one) => one === values.language)
if (language === undefined) unusable(`--language is ${values.language}; give one of ${languages.join(', ')}`)
if (!isDay(values.date)) unusable(`--date is ${values.date}; give a day, YYYY-MM-DD`)
const law = readLaws(readFileSync(lawFile, 'utf8'))
if ('faults' in law) unusable(faultList(law.faults))
else {
  const findings = lintNotice(read(file as string), law.laws, values.date)
  if (values.json) console.log(JSON.stringify(findings, null, 2))
  else {
    for (const finding of findings) console.log(line(file as string, language as Language)(finding))
    console.log(
      `${findings.length === 0 ? 'no findings' : findings.length === 1 ? '1 finding' : `${findings.length} findings`}`,
    )
  }
  process.exitCode = findings.length > 0 ? 1 : 0
}
