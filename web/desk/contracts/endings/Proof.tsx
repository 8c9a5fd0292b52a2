// When something was said, how, and where the proof lies: three fields that each ending asks for.
import { useState } from 'react'
import { ways } from '../../../../chapters/contracts/offers/api.ts'
import { today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useWords } from '../../../kit/words.ts'
import { texts as ofOffers, wordOfWay } from '../offers/words.ts'
import { texts } from './words.ts'

type Way = (typeof ways)[number]

export const useProof = (first: Way) => {
  const [on_day, setDay] = useState<string | undefined>(today())
  const [how, setHow] = useState<Way>(first)
  const [reference, setReference] = useState('')
  return { on_day, setDay, how, setHow, reference, setReference }
}

export const Proof = ({
  proof,
  refused,
  among = ways.filter((each) => each !== 'desk'),
}: {
  readonly proof: ReturnType<typeof useProof>
  readonly refused: unknown
  readonly among?: readonly Way[]
}) => {
  const w = useWords(texts)
  const o = useWords(ofOffers)
  const faultAt = useFaults()
  return (
    <>
      <div className="field-row">
        <DayField
          label={w.onDay}
          value={proof.on_day}
          onChange={proof.setDay}
          fault={faultAt(refused, 'body.on_day')}
          required
        />
        <SelectField
          label={o.how}
          value={proof.how}
          options={among.map((id) => ({ id, label: o[wordOfWay(id)] }))}
          onChange={(id) => proof.setHow(among.find((each) => each === id) ?? 'email')}
          fault={faultAt(refused, 'body.how')}
        />
      </div>
      <TextField
        label={o.reference}
        hint={o.referenceHint}
        value={proof.reference}
        onChange={proof.setReference}
        maxLength={300}
      />
    </>
  )
}
