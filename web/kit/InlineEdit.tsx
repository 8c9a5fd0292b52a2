// A value that is changed where it stands. When someone else has changed it meanwhile, both values are shown and the person decides.
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button, IconButton } from './Button.tsx'
import { type Option, SelectField, TextField, type TextFieldProps } from './Field.tsx'
import { useFormats } from './format.ts'
import { useSay } from './refusals.ts'
import { useWords, words } from './words.ts'
import './InlineEdit.css'

const texts = words({
  fi: {
    edit: (label: string) => `Muokkaa: ${label}`,
    save: 'Tallenna',
    cancel: 'Peru',
    none: 'Ei tietoa',
    changed: (by: string, at: string) => `${by} muutti tämän ${at}, kun muokkasit sitä.`,
    someone: 'Toinen käyttäjä',
    meanwhile: 'äsken',
    yours: 'Sinun',
    theirs: 'Toisen',
    keepYours: 'Tallenna omasi',
    keepTheirs: 'Pidä toisen',
  },
  sv: {
    edit: (label: string) => `Redigera: ${label}`,
    save: 'Spara',
    cancel: 'Avbryt',
    none: 'Ingen uppgift',
    changed: (by: string, at: string) => `${by} ändrade detta ${at}, medan du redigerade.`,
    someone: 'En annan användare',
    meanwhile: 'nyss',
    yours: 'Din',
    theirs: 'Den andras',
    keepYours: 'Spara din',
    keepTheirs: 'Behåll den andras',
  },
  en: {
    edit: (label: string) => `Edit: ${label}`,
    save: 'Save',
    cancel: 'Cancel',
    none: 'Not known',
    changed: (by: string, at: string) => `${by} changed this ${at}, while you were editing it.`,
    someone: 'Someone else',
    meanwhile: 'just now',
    yours: 'Yours',
    theirs: 'Theirs',
    keepYours: 'Save yours',
    keepTheirs: 'Keep theirs',
  },
})

/** What stands in the register now, when it is no longer what was being edited. */
export type Theirs = { readonly theirs: string; readonly by?: string; readonly at?: Date }

type State =
  | { readonly is: 'read' }
  | { readonly is: 'edit' | 'saving'; readonly draft: string; readonly fault?: string }
  | { readonly is: 'conflict'; readonly draft: string; readonly found: Theirs }

export type InlineEditProps = Pick<TextFieldProps, 'kind' | 'lines' | 'inputMode' | 'maxLength'> & {
  readonly label: string
  readonly value: string
  /** One of these, instead of what is typed: `value` is its id. */
  readonly options?: readonly Option[]
  /** Without it the value is only read. */
  readonly permitted?: boolean
  /** Takes it away as a whole: offered beside saving. */
  readonly end?: { readonly label: string; readonly run: () => void } | undefined
  /**
   * Stores `next` if `seen` is still what stands in the register; else gives what stands there.
   * @throws Refusal: said beside the field, and the draft stays.
   */
  readonly save: (next: string, seen: string) => Promise<Theirs | undefined>
}

export const InlineEdit = ({ label, value, options, permitted = true, end, save, ...field }: InlineEditProps) => {
  const w = useWords(texts)
  const say = useSay()
  const { instant } = useFormats()
  const [state, setState] = useState<State>({ is: 'read' })
  const pen = useRef<HTMLButtonElement>(null)
  const said = (id: string): string => options?.find((option) => option.id === id)?.label ?? id

  // The focus returns to the pen, so that the keyboard goes on from where it was.
  const read = (): void => {
    setState({ is: 'read' })
    requestAnimationFrame(() => pen.current?.focus())
  }
  const store = (draft: string, seen: string): void => {
    if (draft === seen) return read()
    setState({ is: 'saving', draft })
    save(draft, seen).then(
      (found) => (found === undefined ? read() : setState({ is: 'conflict', draft, found })),
      (error: unknown) => {
        const { what, todo } = say(error)
        setState({ is: 'edit', draft, fault: `${what} ${todo}` })
      },
    )
  }

  if (state.is === 'read')
    return (
      <span className="inline-edit">
        {value === '' ? <span className="inline-none">{w.none}</span> : said(value)}
        {permitted && (
          <IconButton
            ref={pen}
            label={w.edit(label)}
            icon="edit"
            onPress={() => setState({ is: 'edit', draft: value })}
          />
        )}
      </span>
    )

  if (state.is === 'conflict') {
    const { draft, found } = state
    return (
      <div className="inline-conflict" role="alertdialog" aria-label={label}>
        <p>{w.changed(found.by ?? w.someone, found.at ? instant(found.at) : w.meanwhile)}</p>
        <dl>
          <dt>{w.yours}</dt>
          <dd>{said(draft) || w.none}</dd>
          <dt>{w.theirs}</dt>
          <dd>{said(found.theirs) || w.none}</dd>
        </dl>
        <div className="inline-actions">
          <Button takesFocus onPress={read}>
            {w.keepTheirs}
          </Button>
          <Button tone="strong" onPress={() => store(draft, found.theirs)}>
            {w.keepYours}
          </Button>
        </div>
      </div>
    )
  }

  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') read()
    else if (
      event.key === 'Enter' &&
      options === undefined &&
      (field.lines === undefined || event.ctrlKey || event.metaKey)
    ) {
      event.preventDefault()
      store(state.draft, value)
    }
  }
  return (
    // The keys only repeat what the two buttons do.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="inline-editing" onKeyDown={keys}>
      {options === undefined ? (
        <TextField
          {...field}
          label={label}
          takesFocus
          value={state.draft}
          fault={state.fault}
          disabled={state.is === 'saving'}
          onChange={(draft) => setState({ is: 'edit', draft })}
        />
      ) : (
        <SelectField
          label={label}
          takesFocus
          value={state.draft}
          options={options}
          fault={state.fault}
          disabled={state.is === 'saving'}
          onChange={(draft) => setState({ is: 'edit', draft })}
        />
      )}
      <div className="inline-actions">
        <Button tone="strong" busy={state.is === 'saving'} onPress={() => store(state.draft, value)}>
          {w.save}
        </Button>
        <Button onPress={read}>{w.cancel}</Button>
        {end && (
          <Button tone="quiet" onPress={end.run}>
            {end.label}
          </Button>
        )}
      </div>
    </div>
  )
}
