// The matrix: a plain table with heads that stay in sight. Arrows move from cell to cell, Enter opens why.
import { type KeyboardEvent, useRef, useState } from 'react'
import { useLanguage } from '../../../kit/preferences.ts'
import { useWords } from '../../../kit/words.ts'
import { type Category, type Purpose, rights, type Row } from './declared.ts'
import { texts } from './words.ts'

const marks = { reads: 'markReads', writes: 'markWrites', deletes: 'markDeletes', exports: 'markExports' } as const

type Group = { readonly label: string; readonly rows: readonly Row[] }

export type MatrixProps = {
  readonly groups: readonly Group[]
  readonly categories: readonly Category[]
  readonly purposeLabel: (id: Purpose) => string
  readonly onOpen: (row: Row, category: Category) => void
}

const Cell = ({
  row,
  category,
  place,
  here,
  onOpen,
  onHere,
}: {
  readonly row: Row
  readonly category: Category
  readonly place: string
  readonly here: boolean
  readonly onOpen: () => void
  readonly onHere: () => void
}) => {
  const w = useWords(texts)
  const may = row.may(category.id)
  const said = may.length === 0 ? w.nothing : may.map((one) => w[one]).join(', ')
  const shown =
    row.is === 'recipient'
      ? may.map(() => w.markGiven)
      : rights.filter((one) => (may as readonly string[]).includes(one)).map((one) => w[marks[one]])
  return (
    // Its button is named by the words in it that are not seen.
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label
    <td
      data-may={
        may.length === 0
          ? undefined
          : (may as readonly string[]).some((one) => one === 'writes' || one === 'deletes')
            ? 'write'
            : 'read'
      }
    >
      <button type="button" data-place={place} tabIndex={here ? 0 : -1} title={said} onClick={onOpen} onFocus={onHere}>
        <span aria-hidden="true">{may.length === 0 ? '·' : shown.join('')}</span>
        <span className="unseen">{said}</span>
      </button>
    </td>
  )
}

export const Matrix = ({ groups, categories, purposeLabel, onOpen }: MatrixProps) => {
  const w = useWords(texts)
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<readonly [row: number, column: number]>([0, 0])
  const rows = groups.flatMap((group) => group.rows)
  const last = [rows.length - 1, categories.length - 1] as const
  const here = [Math.min(at[0], last[0]), Math.min(at[1], last[1])] as const

  const move = (event: KeyboardEvent): void => {
    const [row, column] = here
    const far = event.ctrlKey || event.metaKey
    const targets: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [far ? last[0] : row + 1, column],
      ArrowUp: [far ? 0 : row - 1, column],
      ArrowRight: [row, far ? last[1] : column + 1],
      ArrowLeft: [row, far ? 0 : column - 1],
      Home: [far ? 0 : row, 0],
      End: [far ? last[0] : row, last[1]],
      PageDown: [row + 8, column],
      PageUp: [row - 8, column],
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    const next = [Math.min(Math.max(target[0], 0), last[0]), Math.min(Math.max(target[1], 0), last[1])] as const
    setAt(next)
    box.current?.querySelector<HTMLElement>(`[data-place="${next.join(':')}"]`)?.focus()
  }

  return (
    <div className="matrix-box" ref={box}>
      {/* The keys move between its buttons; the table itself takes none. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table className="matrix" aria-label={w.matrix} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">{w.role}</th>
            <th scope="col">{w.purpose}</th>
            {categories.map(({ id, label }) => (
              <th key={id} scope="col" className="matrix-category">
                <span>{label[language]}</span>
              </th>
            ))}
          </tr>
        </thead>
        {groups
          .filter((group) => group.rows.length > 0)
          .map((group) => (
            <tbody key={group.label}>
              {groups.length > 1 && (
                <tr className="matrix-group">
                  <th scope="rowgroup" colSpan={categories.length + 2}>
                    <span>{group.label}</span>
                  </th>
                </tr>
              )}
              {group.rows.map((row, i) => {
                const r = rows.indexOf(row)
                const before = group.rows[i - 1]
                const sameRole = row.is === 'role' && before?.is === 'role' && before.role.id === row.role.id
                const span =
                  row.is === 'role'
                    ? group.rows.filter((one) => one.is === 'role' && one.role.id === row.role.id).length
                    : 1
                return (
                  <tr key={row.key}>
                    {!sameRole && (
                      <th scope={span > 1 ? 'rowgroup' : 'row'} rowSpan={span} className="matrix-role">
                        {row.is === 'role' ? row.role.label[language] : row.recipient.label[language]}
                      </th>
                    )}
                    <th scope="row" className="matrix-purpose">
                      {row.is === 'role'
                        ? purposeLabel(row.purpose)
                        : row.recipient.purposes.map(purposeLabel).join(', ')}
                    </th>
                    {categories.map((category, c) => (
                      <Cell
                        key={category.id}
                        row={row}
                        category={category}
                        place={`${r}:${c}`}
                        here={r === here[0] && c === here[1]}
                        onOpen={() => onOpen(row, category)}
                        onHere={() => setAt([r, c])}
                      />
                    ))}
                  </tr>
                )
              })}
            </tbody>
          ))}
      </table>
    </div>
  )
}
