// One of very many, found by typing: the field asks the register while one types, and holds what was picked.
import { useEffect, useState } from 'react'
import { ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import type { Option } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { useWords, words } from './words.ts'
import './Menu.css'

const texts = words({
  fi: { searching: 'Haetaan…', nothing: 'Ei löytynyt', failed: 'Haku ei onnistunut. Kirjoita uudelleen.' },
  sv: { searching: 'Söker…', nothing: 'Inget hittades', failed: 'Sökningen lyckades inte. Skriv på nytt.' },
  en: { searching: 'Searching…', nothing: 'Nothing found', failed: 'The search did not succeed. Type again.' },
})

// As in the palette: what is listed is read, and a line in someone's access log.
const pause = 150

type Results<O> = { readonly text: string; readonly options: readonly O[]; readonly failed: boolean }

export const PickField = <O extends Option>({
  label,
  hint,
  fault,
  value,
  search,
  onChange,
  required = false,
  takesFocus = false,
}: {
  readonly label: string
  readonly hint?: string
  readonly fault?: string | undefined
  readonly value: O | undefined
  /** Called from two signs on; aborted by the next key. Must stay the same function while the field stands. */
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly O[]>
  readonly onChange: (picked: O | undefined) => void
  readonly required?: boolean
  readonly takesFocus?: boolean
}) => {
  const w = useWords(texts)
  const [text, setText] = useState(value?.label ?? '')
  const [found, setFound] = useState<Results<O>>({ text: '', options: [], failed: false })
  const wanted = value === undefined && text.trim().length > 1 ? text.trim() : ''
  useEffect(() => {
    if (wanted === '') return undefined
    const asked = new AbortController()
    const timer = setTimeout(() => {
      search(wanted, asked.signal).then(
        (options) => !asked.signal.aborted && setFound({ text: wanted, options, failed: false }),
        () => !asked.signal.aborted && setFound({ text: wanted, options: [], failed: true }),
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [search, wanted])
  const options = value === undefined ? (wanted === '' ? [] : found.options) : [value]
  const settled = wanted !== '' && found.text === wanted
  return (
    <ComboBox
      className="field"
      items={options}
      inputValue={text}
      value={value?.id ?? null}
      onChange={(key) => {
        const picked = options.find(({ id }) => id === key)
        if (picked === undefined) return
        setText(picked.label)
        onChange(picked)
      }}
      onInputChange={(next) => {
        setText(next)
        if (value !== undefined && next !== value.label) onChange(undefined)
      }}
      defaultFilter={() => true}
      menuTrigger="input"
      // The list opens with the key that asks; what was typed in one breath would else find it closed.
      allowsEmptyCollection={wanted !== '' && !settled}
      {...{ isInvalid: fault !== undefined, isRequired: required, autoFocus: takesFocus }}
      validationBehavior="aria"
      // What was typed stays when the field is left: it may be read, or mended.
      allowsCustomValue
    >
      <Label className="field-label">
        {label}
        {required && <span aria-hidden="true"> *</span>}
      </Label>
      <Input className="field-box" />
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-fault">{fault}</FieldError>
      <p className="field-hint" aria-live="polite">
        {settled && (found.failed ? w.failed : options.length === 0 ? w.nothing : null)}
      </p>
      <Popover className="menu-popover" offset={4}>
        <ListBox<O> className="menu" renderEmptyState={() => <p className="menu-item">{w.searching}</p>}>
          {({ id, label: name, hint: more }) => (
            <ListBoxItem className="menu-item" id={id} textValue={name}>
              {({ isSelected }) => (
                <>
                  <span className="menu-mark">{isSelected && <Icon name="check" />}</span>
                  <Text slot="label">{name}</Text>
                  {more !== undefined && (
                    <Text slot="description" className="menu-hint">
                      {more}
                    </Text>
                  )}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
