// Whether what is changed has changed from a day on, or was written wrong from the beginning; and where a fact came from.
import { DayField, SelectField } from '../../kit/Field.tsx'
import { useFormats } from '../../kit/format.ts'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords, words } from '../../kit/words.ts'
import { sourceIn } from './sources.ts'

const texts = words({
  fi: {
    how: 'Mitä tapahtui',
    changed: 'Tieto muuttui',
    slip: 'Kirjoitusvirhe: oli väärin alusta asti',
    from: 'Ensimmäinen päivä',
    told: (source: string, day: string) => `Lähde: ${source}, ${day}`,
  },
  sv: {
    how: 'Vad hände',
    changed: 'Uppgiften ändrades',
    slip: 'Skrivfel: var fel från början',
    from: 'Första dagen',
    told: (source: string, day: string) => `Källa: ${source}, ${day}`,
  },
  en: {
    how: 'What happened',
    changed: 'It has changed',
    slip: 'A slip: it was wrong from the beginning',
    from: 'First day',
    told: (source: string, day: string) => `Source: ${source}, ${day}`,
  },
})

export type Since = { readonly slip: boolean; readonly from: string | undefined }
/** As the endpoints take it: null is a slip. Undefined: the day is not read yet. */
export const sinceOf = ({ slip, from }: Since): string | null | undefined => (slip ? null : from)

export const SinceFields = ({
  value,
  onChange,
  fault,
}: {
  readonly value: Since
  readonly onChange: (value: Since) => void
  readonly fault?: string | undefined
}) => {
  const w = useWords(texts)
  return (
    <div className="field-row">
      <SelectField
        label={w.how}
        value={value.slip ? 'slip' : 'changed'}
        options={[
          { id: 'changed', label: w.changed },
          { id: 'slip', label: w.slip },
        ]}
        onChange={(id) => onChange({ ...value, slip: id === 'slip' })}
      />
      {!value.slip && (
        <DayField
          label={w.from}
          value={value.from}
          onChange={(from) => onChange({ ...value, from })}
          fault={fault}
          required
        />
      )}
    </div>
  )
}

export const Provenance = ({ source, recorded_at }: { readonly source: string; readonly recorded_at: string }) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const said = sourceIn(useLanguage())
  return <small className="provenance">{w.told(said(source), day(new Date(recorded_at)))}</small>
}
