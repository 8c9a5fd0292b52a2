// Rows of one kind. A row that leads somewhere is a link: arrows move between rows, Enter opens, Ctrl+Enter opens in a new tab.
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Icon } from './Icon.tsx'
import { useLink } from './navigation.tsx'
import './Table.css'

export type Column<R> = {
  readonly id: string
  readonly label: string
  readonly cell: (row: R) => ReactNode
  /** What the rows are ordered by; a column without it cannot be ordered by. */
  readonly by?: (row: R) => string | number
  readonly align?: 'end'
  /** A CSS width; columns without one share what is left. */
  readonly width?: string
}

export type Order = { readonly column: string; readonly down: boolean }

export type TableProps<R> = {
  /** What the rows are, for those who do not see where they stand. */
  readonly label: string
  readonly columns: readonly [Column<R>, ...Column<R>[]]
  readonly rows: readonly R[]
  readonly keyOf: (row: R) => string
  /** Where a row leads; its first cell is the link's text. */
  readonly to?: (row: R) => string
  /** Before the link is followed: for saying why it is. */
  readonly onOpen?: (row: R) => void
  /** Given when the register orders the rows; else they are ordered here. */
  readonly order?: Order | undefined
  readonly onOrder?: (order: Order) => void
  /** Instead of no rows. */
  readonly empty?: ReactNode
}

// Below this many, the browser's own search on the page is worth more than the milliseconds.
const many = 150
const { compare } = new Intl.Collator('fi', { numeric: true })

const ordered = <R,>(rows: readonly R[], columns: readonly Column<R>[], order: Order | undefined): readonly R[] => {
  const by = columns.find(({ id }) => id === order?.column)?.by
  if (order === undefined || by === undefined) return rows
  const sign = order.down ? -1 : 1
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)]
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y)))
  })
}

/** Said though the element implies it: where rows stand as lists, what is no table to the eye would be none to the ear. */
const as = (role: 'table' | 'rowgroup' | 'row' | 'columnheader' | 'cell') => ({ role })

const Heads = <R,>({
  columns,
  order,
  onOrder,
}: Pick<TableProps<R>, 'columns' | 'order'> & { readonly onOrder: (order: Order) => void }) => (
  <thead {...as('rowgroup')}>
    <tr {...as('row')}>
      {columns.map(({ id, label, by, align, width }) => {
        const down = order?.column === id ? order.down : undefined
        return (
          <th
            key={id}
            scope="col"
            {...as('columnheader')}
            data-align={align}
            style={width === undefined ? undefined : { width }}
            aria-sort={down === undefined ? undefined : down ? 'descending' : 'ascending'}
          >
            {by === undefined ? (
              label
            ) : (
              <button
                type="button"
                className="table-order"
                onClick={() => onOrder({ column: id, down: down === false })}
              >
                {label}
                {down !== undefined && <Icon name={down ? 'sort-down' : 'sort-up'} />}
              </button>
            )}
          </th>
        )
      })}
    </tr>
  </thead>
)

const RowLink = ({
  to,
  here,
  takeFocus,
  onFocus,
  onKeyDown,
  children,
}: {
  readonly to: string
  readonly here: boolean
  readonly takeFocus: () => boolean
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly children: ReactNode
}) => {
  const link = useLink(to)
  return (
    <a
      className="table-link"
      {...link}
      href={to}
      tabIndex={here ? 0 : -1}
      onKeyDown={onKeyDown}
      onFocus={() => {
        link.onFocus()
        onFocus()
      }}
      ref={(element) => {
        if (here && element && takeFocus()) element.focus()
      }}
    >
      {children}
    </a>
  )
}

export const Table = <R,>({ label, columns, rows, keyOf, to, onOpen, order, onOrder, empty }: TableProps<R>) => {
  const box = useRef<HTMLDivElement>(null)
  const [ownOrder, setOwnOrder] = useState<Order>()
  const [here, setHere] = useState(0)
  const moving = useRef(false)
  const shown = onOrder ? rows : ordered(rows, columns, ownOrder)
  const last = shown.length - 1
  const virtual = shown.length > many
  // The table holds no memoised part, so what this returns may change under it.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: shown.length,
    enabled: virtual,
    getScrollElement: () => box.current,
    estimateSize: () => 36,
    overscan: 12,
  })
  const drawn = virtual ? virtualizer.getVirtualItems() : shown.map((_, index) => ({ index, start: 0, end: 0 }))
  const above = virtual ? (drawn[0]?.start ?? 0) : 0
  const below = virtual ? virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0) : 0

  if (shown.length === 0 && empty !== undefined) return empty

  const move = (event: KeyboardEvent): void => {
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      PageDown: here + 12,
      PageUp: here - 12,
      Home: 0,
      End: last,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    const next = Math.min(Math.max(target, 0), last)
    if (next === here) return
    moving.current = true
    setHere(next)
    if (virtual) virtualizer.scrollToIndex(next)
  }
  const takeFocus = (): boolean => {
    const taken = moving.current
    moving.current = false
    return taken
  }
  const spacer = (block: number) =>
    block > 0 && <tr className="table-spacer" aria-hidden="true" style={{ height: block }} />

  const [first, ...others] = columns
  return (
    <div
      ref={box}
      className="table-box"
      data-virtual={virtual || undefined}
      // Without links in it, only a box that takes the focus can be scrolled by keys.
      {...(to === undefined && { role: 'region', 'aria-label': label, tabIndex: 0 })}
    >
      <table
        className="table"
        data-rows={columns.length > 3 || undefined}
        {...as('table')}
        aria-label={label}
        aria-rowcount={virtual ? shown.length + 1 : undefined}
      >
        <Heads
          columns={columns}
          order={onOrder ? order : ownOrder}
          onOrder={(next) => {
            setHere(0)
            ;(onOrder ?? setOwnOrder)(next)
          }}
        />
        <tbody {...as('rowgroup')}>
          {spacer(above)}
          {drawn.map(({ index }) => {
            const row = shown[index]
            return (
              row !== undefined && (
                <tr
                  key={keyOf(row)}
                  {...as('row')}
                  data-index={index}
                  aria-rowindex={virtual ? index + 2 : undefined}
                  ref={virtual ? virtualizer.measureElement : undefined}
                >
                  <td {...as('cell')} data-align={first.align} {...(onOpen && { onClickCapture: () => onOpen(row) })}>
                    {to === undefined ? (
                      first.cell(row)
                    ) : (
                      <RowLink
                        to={to(row)}
                        here={index === Math.min(here, last)}
                        takeFocus={takeFocus}
                        onFocus={() => setHere(index)}
                        onKeyDown={move}
                      >
                        {first.cell(row)}
                      </RowLink>
                    )}
                  </td>
                  {others.map(({ id, label: named, cell, align }) => (
                    <td key={id} {...as('cell')} data-label={named} data-align={align}>
                      <div>{cell(row)}</div>
                    </td>
                  ))}
                </tr>
              )
            )
          })}
          {spacer(below)}
        </tbody>
      </table>
    </div>
  )
}
