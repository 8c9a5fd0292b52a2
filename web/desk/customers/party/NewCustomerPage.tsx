// A new customer: who may be the same is shown while one types, and it is said that they are not before anything is saved.
import { useState } from 'react'
import * as card from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/party/api.ts'
import { findPeople } from '../../../../chapters/customers/search/api.ts'
import { typedReason } from '../../../../register/reasons.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { useChange } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { CheckboxField, DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Columns, Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { Refused } from '../../../kit/Refused.tsx'
import { useWords } from '../../../kit/words.ts'
import { paths } from '../../paths.ts'
import { openBecause } from '../../shell/why.ts'
import { AddressFields, addressOf, emptyAddress, isWhole } from '../addresses/AddressFields.tsx'
import { NameFields } from '../names/NameDialog.tsx'
import { LikeList, useLikely } from './Likely.tsx'
import { texts } from './words.ts'

type Kind = (typeof card.partyKinds)[number]
const languages = ['fi', 'sv', 'en'] as const
const noName = { given: null, call_name: null, family: null, organisation: null }

export const title = (language: Language): string => texts[language].newTitle

const useForm = () => {
  const [kind, setKind] = useState<Kind>('natural')
  const [stage, setStage] = useState<(typeof card.stages)[number]>('customer')
  const [language, setLanguage] = useState<Language>(useLanguage())
  const [name, setName] = useState<Parameters<Parameters<typeof NameFields>[0]['onChange']>[0]>(noName)
  const [born, setBorn] = useState<string>()
  const [business_id, setBusinessId] = useState('')
  const [phone, setPhone] = useState('')
  const [email, setEmail] = useState('')
  const [address, setAddress] = useState(emptyAddress)
  const placed = address.street.trim() !== '' || address.postcode.trim() !== ''
  return {
    kind,
    stage,
    language,
    name,
    born,
    business_id,
    phone,
    email,
    address,
    placed,
    setStage,
    setLanguage,
    setName,
    setBorn,
    setBusinessId,
    setPhone,
    setEmail,
    setAddress,
    setKind: (next: Kind) => {
      setKind(next)
      setName(noName)
    },
    draft: {
      given: name.given,
      family: name.family,
      organisation: name.organisation,
      birth_date: born,
      business_id: business_id.trim(),
      phone: phone.trim(),
      email: email.trim(),
      ...(isWhole(address) ? { street: address.street.trim(), postcode: address.postcode.trim() } : {}),
    },
  }
}

export const Page = () => {
  const w = useWords(texts)
  const faultAt = useFaults()
  const tell = useToast()
  const { go } = useNavigation()
  const create = useChange(api.createCustomer, { stale: [findPeople] })
  const form = useForm()
  const { kind, name, address } = form
  const { found, settled } = useLikely(form.draft)
  const [checked, setChecked] = useState<string>()
  const strong = found.filter((one) => one.strong)
  // What was checked is these, and no other that comes to be shown later.
  const these = strong.map(({ id }) => id).join(' ')
  const person = kind === 'natural'
  const named = person ? (name.family ?? '').trim() !== '' : (name.organisation ?? '').trim() !== ''
  const ready = named && settled && (strong.length === 0 || checked === these) && (!form.placed || isWhole(address))
  const fault = (part: string): string | undefined => faultAt(create.error, `body.${part}`)
  const points = [
    ...(form.phone.trim() === '' ? [] : [{ channel: 'phone' as const, value: form.phone.trim() }]),
    ...(form.email.trim() === '' ? [] : [{ channel: 'email' as const, value: form.email.trim() }]),
  ]
  const pointFault = (channel: string): string | undefined =>
    fault(`contact_details.${points.findIndex((each) => each.channel === channel)}.value`)
  const save = async (): Promise<void> => {
    const trim = (text: string | null) => text?.trim() || null
    const made = await create.mutateAsync({
      body: {
        kind,
        stage: form.stage,
        language: form.language,
        name: {
          given: trim(name.given),
          call_name: trim(name.call_name),
          family: trim(name.family),
          organisation: trim(name.organisation),
        },
        birth_date: person ? (form.born ?? null) : null,
        business_id: kind === 'legal' ? form.business_id.trim() || null : null,
        contact_details: points,
        address: form.placed ? { ...addressOf(address), kind: person ? 'home' : 'mailing' } : null,
        not_same: strong.map(({ id }) => id),
      },
    })
    tell({ text: w.created(made.number) })
    openBecause(String(made.id), typedReason('supply'))
    go(paths.customer({ customer: String(made.id) }))
  }
  return (
    <Frame title={w.newTitle} lead={w.newLead}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !create.isPending) save().catch(() => undefined)
        }}
      >
        <Refused error={create.error} />
        <Columns>
          <Panel title={w.who}>
            <SelectField
              label={w.kind}
              value={kind}
              options={card.partyKinds.map((id) => ({ id, label: w[id] }))}
              hint={kind === 'estate' ? w.estateHint : undefined}
              onChange={(id) => form.setKind(card.partyKinds.find((each) => each === id) ?? 'natural')}
            />
            <NameFields
              person={person}
              value={name}
              onChange={form.setName}
              faultAt={(part) => fault(`name.${part}`)}
              takesFocus={false}
            />
            {person && (
              <DayField label={w.born} value={form.born} onChange={form.setBorn} fault={fault('birth_date')} />
            )}
            {kind === 'legal' && (
              <TextField
                label={w.businessId}
                value={form.business_id}
                onChange={form.setBusinessId}
                maxLength={20}
                fault={fault('business_id')}
              />
            )}
            <div className="field-row">
              <SelectField
                label={w.language}
                value={form.language}
                options={languages.map((id) => ({ id, label: w[id] }))}
                onChange={(id) => form.setLanguage(languages.find((each) => each === id) ?? 'fi')}
              />
              <SelectField
                label={w.stage}
                value={form.stage}
                options={(['customer', 'prospect', 'representative'] as const).map((id) => ({ id, label: w[id] }))}
                onChange={(id) => form.setStage(card.stages.find((each) => each === id) ?? 'customer')}
              />
            </div>
          </Panel>
          <Panel title={w.reach}>
            <div className="field-row">
              <TextField
                label={w.phone}
                kind="tel"
                value={form.phone}
                onChange={form.setPhone}
                maxLength={25}
                fault={pointFault('phone')}
              />
              <TextField
                label={w.email}
                kind="email"
                value={form.email}
                onChange={form.setEmail}
                maxLength={254}
                fault={pointFault('email')}
              />
            </div>
            <AddressFields
              value={address}
              onChange={form.setAddress}
              faultAt={(part) => fault(`address.${part}`)}
              required={form.placed}
            />
          </Panel>
          <div>
            <LikeList found={found} />
            {strong.length > 0 && (
              <CheckboxField value={checked === these} onChange={(yes) => setChecked(yes ? these : undefined)}>
                {w.notSame(strong.length)}
              </CheckboxField>
            )}
            <div className="inline-actions">
              <Button type="submit" tone="strong" busy={create.isPending} disabled={!ready}>
                {w.create}
              </Button>
              <Button onPress={() => go(paths.start())}>{w.cancel}</Button>
            </div>
          </div>
        </Columns>
      </form>
    </Frame>
  )
}
