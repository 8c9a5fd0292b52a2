// A box that narrows the list on this page. What finds anyone in the register is the palette.
import { Button, Input, SearchField } from 'react-aria-components'
import { Icon } from './Icon.tsx'
import { useWords, words } from './words.ts'
import './SearchBox.css'

const texts = words({ fi: { clear: 'Tyhjennä' }, sv: { clear: 'Töm' }, en: { clear: 'Clear' } })

export const SearchBox = ({
  label,
  value,
  onChange,
  placeholder = label,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
}) => {
  const w = useWords(texts)
  return (
    <SearchField className="search-box field-box" aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" />
      <Input placeholder={placeholder} autoComplete="off" spellCheck={false} />
      <Button aria-label={w.clear}>
        <Icon name="close" />
      </Button>
    </SearchField>
  )
}
