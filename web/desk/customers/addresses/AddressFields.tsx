// An address to be filled in: a Finnish post office follows from its postcode while one types.
import * as api from '../../../../chapters/customers/addresses/api.ts'
import { readPostcode } from '../../../../chapters/sites/api.ts'
import { useAsk } from '../../../kit/ask.ts'
import { SelectField, TextField } from '../../../kit/Field.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useSay } from '../../../kit/refusals.ts'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { texts } from './words.ts'

export type AddressKind = (typeof api.addressKinds)[number]
export type AddressDraft = {
  readonly care_of: string
  readonly street: string
  readonly postcode: string
  readonly post_office: string
  readonly country: string
}
export const emptyAddress: AddressDraft = { care_of: '', street: '', postcode: '', post_office: '', country: 'FI' }

/** As the endpoints take it. */
export const addressOf = (draft: AddressDraft) => ({
  care_of: draft.care_of.trim() || null,
  street: draft.street.trim(),
  postcode: draft.postcode.trim(),
  post_office: draft.country === 'FI' ? null : draft.post_office.trim() || null,
  country: draft.country,
})

export const isWhole = ({ street, postcode, post_office, country }: AddressDraft): boolean =>
  street.trim() !== '' &&
  (country === 'FI' ? /^\d{5}$/.test(postcode.trim()) : postcode.trim() !== '' && post_office.trim() !== '') &&
  /^[A-Z]{2}$/.test(country)

export const AddressKindField = ({
  value,
  kinds = api.addressKinds,
  onChange,
}: {
  readonly value: AddressKind
  readonly kinds?: readonly AddressKind[]
  readonly onChange: (kind: AddressKind) => void
}) => {
  const w = useWords(texts)
  return (
    <SelectField
      label={w.kind}
      value={value}
      options={kinds.map((id) => ({ id, label: w[id] }))}
      onChange={(id) => onChange(kinds.find((each) => each === id) ?? value)}
    />
  )
}

export const AddressFields = ({
  value,
  onChange,
  faultAt,
  takesFocus = false,
  required = true,
}: {
  readonly value: AddressDraft
  readonly onChange: (value: AddressDraft) => void
  readonly faultAt: (part: string) => string | undefined
  readonly takesFocus?: boolean
  readonly required?: boolean
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const say = useSay()
  const may = useMay()
  const finnish = value.country === 'FI'
  const code = value.postcode.trim()
  const office = useAsk(
    readPostcode,
    { params: { code } },
    { because: null, when: finnish && /^\d{5}$/.test(code) && may(readPostcode) },
  )
  const named = office.data && (language === 'sv' ? office.data.post_office_sv : office.data.post_office_fi)
  return (
    <>
      <TextField
        label={w.street}
        value={value.street}
        onChange={(street) => onChange({ ...value, street })}
        maxLength={160}
        fault={faultAt('street')}
        takesFocus={takesFocus}
        required={required}
      />
      <div className="field-row">
        <TextField
          label={w.postcode}
          value={value.postcode}
          onChange={(postcode) => onChange({ ...value, postcode })}
          inputMode={finnish ? 'numeric' : 'text'}
          maxLength={12}
          hint={finnish ? named : undefined}
          fault={faultAt('postcode') ?? (finnish && office.error ? say(office.error).what : undefined)}
          required={required}
        />
        {!finnish && (
          <TextField
            label={w.office}
            value={value.post_office}
            onChange={(post_office) => onChange({ ...value, post_office })}
            maxLength={60}
            fault={faultAt('post_office')}
            required={required}
          />
        )}
        <TextField
          label={w.country}
          value={value.country}
          onChange={(country) => onChange({ ...value, country: country.toUpperCase() })}
          maxLength={2}
          fault={faultAt('country')}
        />
      </div>
      <TextField
        label={w.careOf}
        value={value.care_of}
        onChange={(care_of) => onChange({ ...value, care_of })}
        maxLength={120}
      />
    </>
  )
}
