// What is filled in. A field has a label that is always seen; a fault says what is wrong and how to mend it.
import { type HTMLInputAutoCompleteAttribute, type ReactNode, useState } from 'react'
import {
  Button,
  Checkbox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField as TypedField,
} from 'react-aria-components'
import { readDay, writeDay } from './days.ts'
import { Icon } from './Icon.tsx'
import { useWords, words } from './words.ts'
import './Field.css'

const texts = words({
  fi: { choose: 'Valitse', noDay: 'Päivää ei ole. Kirjoita esimerkiksi 24.11.2026.', day: 'pp.kk.vvvv' },
  sv: { choose: 'Välj', noDay: 'Dagen finns inte. Skriv till exempel 24.11.2026.', day: 'dd.mm.åååå' },
  en: { choose: 'Choose', noDay: 'There is no such day. Write it like 24.11.2026.', day: 'dd.mm.yyyy' },
})

type Common = {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong, if anything is: from the register's refusal, or from the form itself. */
  readonly fault?: string | undefined
  readonly required?: boolean
  readonly disabled?: boolean
  /** For the first field of what has just been opened by the person. */
  readonly takesFocus?: boolean
}

const Named = ({ label, required }: Pick<Common, 'label' | 'required'>) => (
  <Label className="field-label">
    {label}
    {required && <span aria-hidden="true"> *</span>}
  </Label>
)

const Told = ({ hint, fault }: Pick<Common, 'hint' | 'fault'>) => (
  <>
    {hint !== undefined && (
      <Text slot="description" className="field-hint">
        {hint}
      </Text>
    )}
    <FieldError className="field-fault">{fault}</FieldError>
  </>
)

const stateOf = ({ fault, required = false, disabled = false, takesFocus = false }: Common) => ({
  isInvalid: fault !== undefined,
  isRequired: required,
  isDisabled: disabled,
  autoFocus: takesFocus,
  validationBehavior: 'aria' as const,
})

export type TextFieldProps = Common & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly kind?: 'text' | 'email' | 'tel' | 'password'
  /** More than one makes a field for longer text, which grows with it. */
  readonly lines?: number
  readonly inputMode?: 'text' | 'numeric' | 'decimal'
  readonly autoComplete?: HTMLInputAutoCompleteAttribute
  readonly placeholder?: string
  readonly maxLength?: number
}

export const TextField = ({
  value,
  onChange,
  onBlur = () => undefined,
  kind = 'text',
  lines = 1,
  inputMode = 'text',
  autoComplete = 'off',
  placeholder = '',
  maxLength = 10_000,
  ...common
}: TextFieldProps) => (
  <TypedField
    className="field"
    type={kind}
    {...{ value, onChange, onBlur, inputMode, autoComplete, maxLength }}
    {...stateOf(common)}
  >
    <Named {...common} />
    {lines > 1 ? (
      <TextArea className="field-box" rows={lines} placeholder={placeholder} />
    ) : (
      <Input className="field-box" placeholder={placeholder} />
    )}
    <Told {...common} />
  </TypedField>
)

/** A day, typed. Gives YYYY-MM-DD while what stands there is a day, else undefined. */
export const DayField = ({
  value,
  onChange,
  ...common
}: Common & { readonly value: string | undefined; readonly onChange: (day: string | undefined) => void }) => {
  const w = useWords(texts)
  const [typed, setTyped] = useState('')
  const [left, setLeft] = useState(false)
  const read = readDay(typed)
  // What was typed stands, until the value is changed from elsewhere.
  const text = read === value ? typed : value === undefined ? '' : writeDay(value)
  const unread = left && value === undefined && typed.trim() !== ''
  return (
    <TextField
      {...common}
      value={text}
      inputMode="numeric"
      placeholder={w.day}
      fault={common.fault ?? (unread ? w.noDay : undefined)}
      onChange={(next) => {
        setTyped(next)
        setLeft(false)
        onChange(readDay(next))
      }}
      onBlur={() => {
        setLeft(true)
        if (read !== undefined) setTyped(writeDay(read))
      }}
    />
  )
}

export type Option = { readonly id: string; readonly label: string; readonly hint?: string }

export const SelectField = ({
  value,
  options,
  onChange,
  ...common
}: Common & {
  readonly value: string | undefined
  readonly options: readonly Option[]
  readonly onChange: (id: string) => void
}) => {
  const w = useWords(texts)
  return (
    <Select
      className="field"
      placeholder={w.choose}
      value={value ?? null}
      onChange={(key) => key !== null && onChange(String(key))}
      {...stateOf(common)}
    >
      <Named {...common} />
      <Button className="field-box field-select">
        <SelectValue />
        <Icon name="chevron-down" />
      </Button>
      <Told {...common} />
      <Popover className="menu-popover" offset={4}>
        <ListBox className="menu" items={options}>
          {({ id, label, hint }) => (
            <ListBoxItem className="menu-item" id={id} textValue={label}>
              {({ isSelected }) => (
                <>
                  <span className="menu-mark">{isSelected && <Icon name="check" />}</span>
                  <Text slot="label">{label}</Text>
                  {hint !== undefined && (
                    <Text slot="description" className="menu-hint">
                      {hint}
                    </Text>
                  )}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}

export const CheckboxField = ({
  value,
  onChange,
  children,
  disabled = false,
}: {
  readonly value: boolean
  readonly onChange: (value: boolean) => void
  readonly children: ReactNode
  readonly disabled?: boolean
}) => (
  <Checkbox className="checkbox" isSelected={value} onChange={onChange} isDisabled={disabled}>
    <span className="checkbox-box">
      <Icon name="check" />
    </span>
    <span>{children}</span>
  </Checkbox>
)
