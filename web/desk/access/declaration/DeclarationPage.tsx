// The declaration as a matrix: role × purpose × category, as the database enforces it; each cell opens why.
import { useRef, useState } from 'react'
import * as api from '../../../../chapters/access/declaration/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { CheckboxField } from '../../../kit/Field.tsx'
import { useCommands } from '../../../kit/Keys.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { SearchBox } from '../../../kit/SearchBox.tsx'
import { useWords } from '../../../kit/words.ts'
import type { Loading } from '../../page.ts'
import { download } from '../download.ts'
import { Answered } from './Answered.tsx'
import {
  type Category,
  csvOf,
  type Declaration,
  type Meant,
  meantBy,
  type Purpose,
  type Row,
  rowsOf,
} from './declared.ts'
import { Matrix } from './Matrix.tsx'
import { Why } from './Why.tsx'
import { texts } from './words.ts'
import './Declaration.css'

export const title = (language: Language): string => texts[language].title
export const loader = ({ client }: Loading) => client.ensureQueryData(asking(api.readDeclaration, {}))

/** What the matrix shows of it: the data or roles that are meant, and those who have to do with them. */
const narrowed = (declaration: Declaration, meant: Meant | undefined, machinery: boolean) => {
  const categories = meant?.is === 'category' ? meant.categories : declaration.categories
  const rows = rowsOf(declaration).filter((row) => {
    if (row.is === 'role' && row.role.system && !machinery && meant?.is !== 'role') return false
    if (meant?.is === 'role') return row.is === 'role' && meant.roles.includes(row.role)
    return meant === undefined || categories.some(({ id }) => row.may(id).length > 0)
  })
  return { categories, rows }
}

const Shown = ({ declaration }: { readonly declaration: Declaration }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const find = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [machinery, setMachinery] = useState(false)
  const [opened, setOpened] = useState<{ readonly row: Row; readonly category: Category }>()
  const meant = meantBy(declaration, text, language)
  const { categories, rows } = narrowed(declaration, meant, machinery)
  const labels = new Map<string, string>(declaration.purposes.map(({ id, label }) => [id, label[language]]))
  const purposeLabel = (id: Purpose): string => labels.get(id) ?? id
  const save = (): void =>
    download(
      `${w.file}-${declaration.version}.csv`,
      'text/csv',
      csvOf(declaration, language, { ...w, category: w.find }),
    )
  useCommands([
    {
      id: 'declaration.find',
      label: w.focusFind,
      group: w.group,
      icon: 'search',
      keys: 'F',
      run: () => find.current?.querySelector('input')?.select(),
    },
  ])
  return (
    <Frame
      title={w.title}
      lead={w.lead(declaration.version)}
      actions={
        <>
          <Button icon="download" onPress={save}>
            {w.download}
          </Button>
          <Button icon="print" onPress={() => window.print()}>
            {w.print}
          </Button>
        </>
      }
    >
      <div className="matrix-ask" ref={find}>
        <SearchBox label={w.find} placeholder={w.findHint} value={text} onChange={setText} />
        <CheckboxField value={machinery} onChange={setMachinery}>
          {w.machinery}
        </CheckboxField>
      </div>
      <div aria-live="polite" className="matrix-answer">
        {meant && <Answered meant={meant} declaration={declaration} purposeLabel={purposeLabel} />}
        {text.trim() !== '' && meant === undefined && <p>{w.none}</p>}
      </div>
      <p className="matrix-legend">
        {w.legend} <b>{w.markReads}</b> {w.reads}, <b>{w.markWrites}</b> {w.writes}, <b>{w.markDeletes}</b> {w.deletes},{' '}
        <b>{w.markExports}</b> {w.exports}, <b>{w.markGiven}</b> {w.given}. {w.move}
      </p>
      <Matrix
        categories={categories}
        purposeLabel={purposeLabel}
        onOpen={(row, category) => setOpened({ row, category })}
        groups={[
          { label: w.people, rows: rows.filter((row) => row.is === 'role' && !row.role.system) },
          { label: w.machines, rows: rows.filter((row) => row.is === 'role' && row.role.system) },
          { label: w.recipients, rows: rows.filter((row) => row.is === 'recipient') },
        ]}
      />
      {opened && <Why {...opened} declaration={declaration} onClose={() => setOpened(undefined)} />}
    </Frame>
  )
}

export const Page = () => (
  <Answer of={useAsk(api.readDeclaration, {})} lines={12}>
    {(declaration) => <Shown declaration={declaration} />}
  </Answer>
)
