// A new usage site: its address, checked against the postcodes while it is typed.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/sites/api.ts'
import { useAsk, useChange } from '../../kit/ask.ts'
import { CheckboxField, SelectField, TextField } from '../../kit/Field.tsx'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useFaults, useSay } from '../../kit/refusals.ts'
import { useWords } from '../../kit/words.ts'
import { texts } from './words.ts'

export const NewSite = ({
  onAdded,
  onClose,
}: {
  readonly onAdded: (site: z.output<typeof api.address>) => void
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const faultAt = useFaults()
  const say = useSay()
  const add = useChange(api.addSite, { stale: [api.findSites] })
  const [street_fi, setStreet] = useState('')
  const [street_sv, setGata] = useState('')
  const [number, setNumber] = useState('')
  const [staircase, setStaircase] = useState('')
  const [apartment, setApartment] = useState('')
  const [postcode, setPostcode] = useState('')
  const [use, setUse] = useState<(typeof api.uses)[number]>('permanent-dwelling')
  const [heated, setHeated] = useState(false)
  const whole = /^\d{5}$/.test(postcode)
  const office = useAsk(api.readPostcode, { params: { code: postcode } }, { when: whole })
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return (
    <FormDialog
      title={w.newSite}
      act={w.add}
      ready={street_fi.trim() !== '' && whole}
      onClose={onClose}
      onAct={async () =>
        onAdded(
          await add.mutateAsync({
            body: {
              street_fi: street_fi.trim(),
              street_sv: orNull(street_sv),
              number: orNull(number),
              staircase: orNull(staircase),
              apartment: orNull(apartment),
              postcode,
              use,
              heated_by_electricity: heated,
            },
          }),
        )
      }
    >
      {(refused) => (
        <>
          <TextField
            label={w.streetFi}
            value={street_fi}
            onChange={setStreet}
            maxLength={120}
            fault={faultAt(refused, 'body.street_fi')}
            takesFocus
            required
          />
          <TextField label={w.streetSv} value={street_sv} onChange={setGata} maxLength={120} />
          <div className="field-row">
            <TextField label={w.number} value={number} onChange={setNumber} maxLength={20} />
            <TextField label={w.staircase} value={staircase} onChange={setStaircase} maxLength={10} />
            <TextField label={w.apartment} value={apartment} onChange={setApartment} maxLength={10} />
          </div>
          <TextField
            label={w.postcode}
            value={postcode}
            onChange={setPostcode}
            inputMode="numeric"
            maxLength={5}
            hint={
              office.data &&
              (language === 'sv'
                ? `${office.data.post_office_sv}, ${office.data.municipality_sv}`
                : `${office.data.post_office_fi}, ${office.data.municipality_fi}`)
            }
            fault={faultAt(refused, 'body.postcode') ?? (office.error ? say(office.error).what : undefined)}
            required
          />
          <SelectField
            label={w.use}
            value={use}
            options={api.uses.map((id) => ({ id, label: w[id] }))}
            onChange={(id) => setUse(api.uses.find((each) => each === id) ?? 'other')}
          />
          <CheckboxField value={heated} onChange={setHeated}>
            {w.heated}
          </CheckboxField>
        </>
      )}
    </FormDialog>
  )
}
