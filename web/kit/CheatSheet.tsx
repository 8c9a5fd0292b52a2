// Every command that has keys, or could have: read, changed, given back, and the single keys switched off.
import { type KeyboardEvent, useState } from 'react'
import { Button, IconButton } from './Button.tsx'
import { type Keys, pressed } from './chords.ts'
import { Dialog } from './Dialog.tsx'
import { CheckboxField } from './Field.tsx'
import { Caps, type Command, keysOf, useRegistered } from './Keys.tsx'
import { prefer, usePreferences } from './preferences.ts'
import { useWords, words } from './words.ts'
import './CheatSheet.css'

const texts = words({
  fi: {
    title: 'Pikanäppäimet',
    single: 'Yhden näppäimen pikanäppäimet ovat käytössä',
    how: 'Ne eivät toimi, kun kirjoitat kenttään. Ctrl- ja Alt-yhdistelmät toimivat aina.',
    none: 'ei näppäintä',
    change: (label: string) => `Vaihda näppäin: ${label}`,
    press: 'Paina uutta näppäintä…',
    taken: (label: string) => `Näppäin on jo käytössä: ${label}`,
    reset: 'Palauta alkuperäiset',
  },
  sv: {
    title: 'Kortkommandon',
    single: 'Kortkommandon med en tangent är på',
    how: 'De verkar inte när du skriver i ett fält. Kombinationer med Ctrl och Alt verkar alltid.',
    none: 'ingen tangent',
    change: (label: string) => `Byt tangent: ${label}`,
    press: 'Tryck en ny tangent…',
    taken: (label: string) => `Tangenten används redan: ${label}`,
    reset: 'Återställ de ursprungliga',
  },
  en: {
    title: 'Keyboard shortcuts',
    single: 'Shortcuts of a single key are on',
    how: 'They do nothing while you type in a field. Combinations with Ctrl and Alt always work.',
    none: 'no key',
    change: (label: string) => `Change the key: ${label}`,
    press: 'Press the new key…',
    taken: (label: string) => `The key is already used: ${label}`,
    reset: 'Restore the original keys',
  },
})

export const CheatSheet = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const preferences = usePreferences()
  const commands = useRegistered()
  const [asked, setAsked] = useState<string>()
  const [taken, setTaken] = useState<string>()
  const groups = [...new Set(commands.map(({ group }) => group))]

  const give = (command: Command, keys: Keys): void => {
    const other = commands.find((each) => each.id !== command.id && keysOf(each, preferences).includes(keys))
    setTaken(other?.label)
    if (other !== undefined) return
    prefer({ keys: { ...preferences.keys, [command.id]: keys } })
    setAsked(undefined)
  }
  const listen = (command: Command, event: KeyboardEvent): void => {
    if (event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const keys = pressed(event)
    if (event.key === 'Escape') setAsked(undefined)
    else if (keys !== undefined) give(command, event.key === 'Backspace' ? '' : keys)
  }

  return (
    <Dialog
      title={w.title}
      open={open}
      onClose={onClose}
      size="large"
      actions={<Button onPress={() => prefer({ keys: {} })}>{w.reset}</Button>}
    >
      <div>
        <CheckboxField value={preferences.singleKeys} onChange={(singleKeys) => prefer({ singleKeys })}>
          {w.single}
        </CheckboxField>
        <p className="sheet-how">{w.how}</p>
      </div>
      <div className="sheet">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {commands
                .filter((command) => command.group === group)
                .map((command) => {
                  const [keys] = keysOf(command, preferences)
                  return (
                    <li key={command.id}>
                      <span>{command.label}</span>
                      {asked === command.id ? (
                        // The one place where a key is meant as a key: it takes the focus and gives it back by Escape.
                        <input
                          className="field-box sheet-asked"
                          aria-label={w.change(command.label)}
                          placeholder={w.press}
                          readOnly
                          ref={(input) => input?.focus()}
                          onBlur={() => setAsked(undefined)}
                          onKeyDown={(event) => listen(command, event)}
                        />
                      ) : (
                        <>
                          {keys === undefined ? <span className="sheet-none">{w.none}</span> : <Caps keys={keys} />}
                          <IconButton
                            icon="edit"
                            label={w.change(command.label)}
                            onPress={() => {
                              setTaken(undefined)
                              setAsked(command.id)
                            }}
                          />
                        </>
                      )}
                    </li>
                  )
                })}
            </ul>
          </section>
        ))}
      </div>
      <output className="field-fault">{taken !== undefined && w.taken(taken)}</output>
    </Dialog>
  )
}
