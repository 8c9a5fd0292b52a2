// Takes out a list that one sees as a file: one press opens it, one key says why, and the file comes. Only for roles that may.
import { useEffect, useState } from 'react'
import type { Asked, Endpoint } from '../../../register/endpoint.ts'
import { exportReasons, type Form, forms } from '../../../register/list.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import type { Keys } from '../../kit/chords.ts'
import { takeOut } from '../../kit/client.ts'
import { Dialog } from '../../kit/Dialog.tsx'
import { ErrorView } from '../../kit/ErrorView.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Caps, useCommands } from '../../kit/Keys.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Segments } from '../../kit/Segments.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useWords, words } from '../../kit/words.ts'
import { useSession } from './session.ts'
import './TakeOut.css'

const texts = words({
  fi: {
    take: (list: string) => `Vie tiedostoon: ${list}`,
    group: 'Vie tiedostoon',
    form: 'Tiedoston muoto',
    why: 'Miksi viet luettelon?',
    how: 'Tiedosto tallentuu tälle laitteelle. Syy kirjataan jokaiselle, joka luettelossa on. Suojatut osoitteet ja rajoitetut henkilöt jäävät pois.',
    other: 'Muu syy',
    otherHow: 'Vähintään kolme merkkiä.',
    go: 'Vie',
    done: (name: string) => `Tallennettu: ${name}`,
  },
  sv: {
    take: (list: string) => `För ut till fil: ${list}`,
    group: 'För ut till fil',
    form: 'Filens format',
    why: 'Varför för du ut listan?',
    how: 'Filen sparas på den här enheten. Skälet antecknas för var och en på listan. Skyddade adresser och begränsade personer utelämnas.',
    other: 'Annat skäl',
    otherHow: 'Minst tre tecken.',
    go: 'För ut',
    done: (name: string) => `Sparad: ${name}`,
  },
  en: {
    take: (list: string) => `Take out as a file: ${list}`,
    group: 'Take out as a file',
    form: 'Kind of file',
    why: 'Why do you take the list out?',
    how: 'The file is kept on this device. The reason is recorded of everyone in the list. Protected addresses and restricted persons are left out.',
    other: 'Another reason',
    otherHow: 'Three characters at least.',
    go: 'Take out',
    done: (name: string) => `Kept: ${name}`,
  },
})

const reasons = Object.entries(exportReasons)
/** What opens at once, first. */
const order: readonly Form[] = ['xlsx', 'csv', 'json']
let lastForm: Form = 'xlsx'

const Ask = <const E extends Endpoint>({
  of,
  asked,
  title,
  onClose,
}: {
  readonly of: E
  readonly asked: Asked<E>
  readonly title: string
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const tell = useToast()
  const [form, setForm] = useState(lastForm)
  const [typed, setTyped] = useState('')
  const [short, setShort] = useState(false)
  const [state, setState] = useState<{ readonly busy?: string; readonly refused?: unknown }>({})

  const go = (reason: string): void => {
    if (state.busy !== undefined) return
    setState({ busy: reason })
    takeOut(of, asked, { form, because: `reason:${reason}`, language }).then(
      (name) => {
        tell({ text: w.done(name) })
        onClose()
      },
      (refused: unknown) => setState({ refused }),
    )
  }

  // Its own keys: those of the desk rest while a dialog is open.
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
      const [reason] = reasons[Number(event.key) - 1] ?? []
      if (reason === undefined) return
      event.preventDefault()
      go(reason)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  })

  return (
    <Dialog title={title} open onClose={onClose} size="small">
      <div className="take-out">
        <p className="quiet">{w.how}</p>
        <Segments
          label={w.form}
          options={order.map((id) => ({ id, label: id.toUpperCase() }))}
          chosen={form}
          onChoose={(id) => {
            lastForm = forms.find((each) => each === id) ?? 'xlsx'
            setForm(lastForm)
          }}
        />
        <fieldset className="take-out-reasons">
          <legend>{w.why}</legend>
          {reasons.map(([reason, label], index) => (
            <Button key={reason} takesFocus={index === 0} busy={state.busy === reason} onPress={() => go(reason)}>
              {label[language]}
              <Caps keys={String(index + 1)} />
            </Button>
          ))}
        </fieldset>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim().length > 2) go(`other:${typed.trim()}`)
            else setShort(true)
          }}
        >
          <TextField
            label={w.other}
            value={typed}
            onChange={(text) => {
              setTyped(text)
              setShort(false)
            }}
            maxLength={200}
            fault={short ? w.otherHow : undefined}
          />
          <Button type="submit" busy={state.busy?.startsWith('other') ?? false}>
            {w.go}
          </Button>
        </form>
        {state.refused !== undefined && <ErrorView error={state.refused} />}
      </div>
    </Dialog>
  )
}

/** `<TakeOut of={queue} asked={{ query }} />`: the button of one list. `keys` for the one list that a page is about. */
export const TakeOut = <const E extends Endpoint>({
  of,
  asked,
  keys,
}: {
  readonly of: E
  readonly asked: Asked<E>
  readonly keys?: Keys
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { exports } = useSession()
  const [asking, setAsking] = useState(false)
  const may = of.list !== undefined && exports.includes(of.action)
  const title = w.take(of.list?.title[language] ?? '')
  useCommands(
    may
      ? [
          {
            id: `take-out.${of.action}`,
            label: of.list?.title[language] ?? '',
            group: w.group,
            icon: 'download',
            ...(keys !== undefined && { keys }),
            run: () => setAsking(true),
          },
        ]
      : [],
  )
  if (!may) return null
  return (
    <>
      <IconButton label={title} icon="download" onPress={() => setAsking(true)} />
      {asking && <Ask of={of} asked={asked} title={title} onClose={() => setAsking(false)} />}
    </>
  )
}
