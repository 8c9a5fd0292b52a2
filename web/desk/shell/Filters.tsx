// What a list is narrowed by. It stands in the address, so that the list can be kept, sent and come back to as it is.
import type { ReactNode } from 'react'
import { Button } from '../../kit/Button.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { useWords, words } from '../../kit/words.ts'
import './Filters.css'

const texts = words({
  fi: { all: 'Kaikki', clear: 'Poista rajaukset', narrow: 'Rajaukset' },
  sv: { all: 'Alla', clear: 'Rensa avgränsningar', narrow: 'Avgränsningar' },
  en: { all: 'All', clear: 'Clear filters', narrow: 'Filters' },
})

type Filter = { readonly id: string; readonly label: string; readonly options: readonly (readonly [string, string])[] }

export const Filters = ({
  filters,
  chosen,
  onChoose,
  children,
}: {
  readonly filters: readonly Filter[]
  readonly chosen: Readonly<Record<string, string | undefined>>
  readonly onChoose: (chosen: Readonly<Record<string, string | undefined>>) => void
  /** Before the filters: what is searched by. */
  readonly children?: ReactNode
}) => {
  const w = useWords(texts)
  const narrowed = filters.some(({ id }) => chosen[id] !== undefined)
  return (
    <fieldset className="filters" aria-label={w.narrow}>
      {children}
      {filters.map(({ id, label, options }) => (
        <SelectField
          key={id}
          label={label}
          value={chosen[id] ?? ''}
          options={[{ id: '', label: w.all }, ...options.map(([value, name]) => ({ id: value, label: name }))]}
          onChange={(value) => onChoose({ ...chosen, [id]: value === '' ? undefined : value })}
        />
      ))}
      {narrowed && (
        <Button
          tone="quiet"
          icon="close"
          onPress={() => onChoose({ ...chosen, ...Object.fromEntries(filters.map(({ id }) => [id, undefined])) })}
        >
          {w.clear}
        </Button>
      )}
    </fieldset>
  )
}
