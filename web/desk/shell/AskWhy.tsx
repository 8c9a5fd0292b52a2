// The one way to say why: a reason of the list by one key, and words only where the reason asks for them.
import { useState } from 'react'
import { type OpeningReason, openingReasons, typedReason } from '../../../register/reasons.ts'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Caps, useCommands } from '../../kit/Keys.tsx'
import { useLanguage, usePreferences } from '../../kit/preferences.ts'
import { useWords, words } from '../../kit/words.ts'
import './AskWhy.css'

const texts = words({
  fi: {
    why: 'Miksi avaat?',
    hint: 'Syy kirjataan henkilön käyttölokiin, ja hän voi nähdä sen.',
    same: 'Sama syy kuin kortilla',
    words: 'Kerro syy',
    open: 'Avaa',
  },
  sv: {
    why: 'Varför öppnar du?',
    hint: 'Skälet antecknas i personens logg och hen kan se det.',
    same: 'Samma skäl som för kortet',
    words: 'Berätta skälet',
    open: 'Öppna',
  },
  en: {
    why: 'Why do you open this?',
    hint: 'The reason goes into the person’s access log, where they can see it.',
    same: 'The same reason as the card',
    words: 'Say why',
    open: 'Open',
  },
})

const ids = Object.keys(openingReasons) as readonly OpeningReason[]

export const AskWhy = ({
  same,
  onWhy,
}: {
  /** Why the card is open already, offered first. */
  readonly same?: string | undefined
  readonly onWhy: (because: string) => void
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { singleKeys } = usePreferences()
  const [typing, setTyping] = useState<OpeningReason>()
  const [typed, setTyped] = useState('')
  const choose = (id: OpeningReason): void => ('typed' in openingReasons[id] ? setTyping(id) : onWhy(typedReason(id)))
  const choices: readonly { readonly id: string; readonly label: string; readonly run: () => void }[] = [
    ...(same === undefined ? [] : [{ id: 'same', label: w.same, run: () => onWhy(same) }]),
    ...ids.map((id) => ({ id, label: openingReasons[id].label[language], run: () => choose(id) })),
  ]
  useCommands(
    choices.map(({ id, label, run }, index) => ({
      id: `why.${id}`,
      label,
      group: w.why,
      keys: String(index + 1),
      run,
    })),
  )
  const enough = typed.trim().length > 2
  return (
    <fieldset className="ask-why">
      <legend>{w.why}</legend>
      <p className="quiet">{w.hint}</p>
      <ol className="ask-why-choices">
        {choices.map(({ id, label, run }, index) => (
          <li key={id}>
            <Button takesFocus={index === 0} onPress={run}>
              {singleKeys && <Caps keys={String(index + 1)} />} {label}
            </Button>
          </li>
        ))}
      </ol>
      {typing !== undefined && (
        <form
          className="ask-why-typed"
          onSubmit={(event) => {
            event.preventDefault()
            if (enough) onWhy(typedReason(typing, typed.trim()))
          }}
        >
          <TextField label={w.words} value={typed} onChange={setTyped} maxLength={180} takesFocus required />
          <Button type="submit" tone="strong" disabled={!enough}>
            {w.open}
          </Button>
        </form>
      )}
    </fieldset>
  )
}
