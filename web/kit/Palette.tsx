// One box that finds anyone and does anything: what the register finds, what has been opened, and every command with its keys.
// A native list box cannot hold two facts and a badge, nor leave the keyboard in the box above it.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import type { Language } from '../../register/vocabulary.ts'
import { Badge, type BadgeTone } from './Badge.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { Caps, keysOf, useRegistered } from './Keys.tsx'
import { useNavigation } from './navigation.tsx'
import { useLanguage, usePreferences } from './preferences.ts'
import { useSay } from './refusals.ts'
import { useWords, words } from './words.ts'
import './Dialog.css'
import './Palette.css'

const texts = words({
  fi: {
    title: 'Haku ja komennot',
    ask: 'Nimi, puhelin, osoite, asiakasnumero, käyttöpaikka… tai komento',
    commands: 'Komennot',
    nothing: 'Ei löytynyt',
    nothingHow: 'Kokeile osaa nimestä, puhelinnumeroa tai asiakasnumeroa.',
    found: (n: number) => (n === 1 ? '1 tulos' : `${n} tulosta`),
    searching: 'Haetaan…',
    move: 'siirry',
    open: 'avaa',
    newTab: 'uuteen välilehteen',
    close: 'sulje',
  },
  sv: {
    title: 'Sök och kommandon',
    ask: 'Namn, telefon, adress, kundnummer, driftställe… eller kommando',
    commands: 'Kommandon',
    nothing: 'Inget hittades',
    nothingHow: 'Pröva en del av namnet, telefonnumret eller kundnumret.',
    found: (n: number) => `${n} träffar`,
    searching: 'Söker…',
    move: 'flytta',
    open: 'öppna',
    newTab: 'i ny flik',
    close: 'stäng',
  },
  en: {
    title: 'Search and commands',
    ask: 'Name, phone, address, customer number, accounting point… or a command',
    commands: 'Commands',
    nothing: 'Nothing found',
    nothingHow: 'Try a part of the name, the phone number or the customer number.',
    found: (n: number) => (n === 1 ? '1 result' : `${n} results`),
    searching: 'Searching…',
    move: 'move',
    open: 'open',
    newTab: 'in a new tab',
    close: 'close',
  },
})

/** One thing found, with enough to tell it from its namesakes. */
export type Found = {
  readonly id: string
  readonly to: string
  readonly icon: IconName
  readonly title: string
  readonly facts: readonly string[]
  readonly state?: { readonly tone: BadgeTone; readonly label: string }
}
export type FoundGroup = { readonly label: string; readonly items: readonly Found[] }

/** `meant` says what the text was taken for: a phone number, a business id. Called from two signs on; aborted by the next key. */
export type Search = (
  text: string,
  signal: AbortSignal,
  language: Language,
) => Promise<{ readonly meant?: string; readonly groups: readonly FoundGroup[] }>

type Row = Omit<Found, 'to' | 'facts'> & {
  readonly facts?: readonly string[]
  readonly to?: string
  readonly keys?: string | undefined
  readonly run?: () => void
}
type Rows = readonly { readonly label: string; readonly items: readonly Row[] }[]

type Results = {
  readonly text: string
  readonly meant?: string
  readonly groups: readonly FoundGroup[]
  readonly error?: unknown
}
const noResults: Results = { text: '', groups: [] }

// Listing people is a reading, with a line in their access log: while keys still fall, nothing is asked.
const pause = 90

const useResults = (
  text: string,
  search: Search | undefined,
  onFound: (groups: readonly FoundGroup[]) => void,
): { readonly results: Results; readonly busy: boolean } => {
  const [results, setResults] = useState(noResults)
  const wanted = search && text.length > 1 ? text : ''
  const told = useEffectEvent(onFound)
  const language = useLanguage()
  useEffect(() => {
    if (search === undefined || wanted === '') return undefined
    const asked = new AbortController()
    const come = (found: Omit<Results, 'text'>): void => {
      if (asked.signal.aborted) return
      setResults({ text: wanted, ...found })
      told(found.groups)
    }
    const timer = setTimeout(() => {
      search(wanted, asked.signal, language).then(come, (error: unknown) => come({ groups: [], error }))
    }, pause)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [search, wanted, language])
  return wanted === '' ? { results: noResults, busy: false } : { results, busy: results.text !== wanted }
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const useFitting = (text: string): readonly Row[] => {
  const preferences = usePreferences()
  const sought = folded(text)
  return useRegistered()
    .filter(({ label, group, unlisted }) => !unlisted && folded(`${group} ${label}`).includes(sought))
    .map((command) => ({
      icon: 'chevron-right',
      ...command,
      title: command.label,
      keys: keysOf(command, preferences)[0],
    }))
}

const Option = ({
  row,
  id,
  chosen,
  onChoose,
}: {
  readonly row: Row
  readonly id: string
  readonly chosen: boolean
  readonly onChoose: (aside: boolean) => void
}) => (
  // The keyboard stays in the box, which names the chosen option (aria-activedescendant).
  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
  <div
    className="palette-row"
    role="option"
    id={id}
    tabIndex={-1}
    aria-selected={chosen}
    onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
    ref={(element) => {
      if (chosen) element?.scrollIntoView({ block: 'nearest' })
    }}
  >
    <Icon name={row.icon} />
    <span className="palette-title">{row.title}</span>
    <span className="palette-facts">{row.facts?.join(' · ')}</span>
    {row.state && <Badge tone={row.state.tone}>{row.state.label}</Badge>}
    {row.keys !== undefined && <Caps keys={row.keys} />}
  </div>
)

export type PaletteProps = {
  readonly onClose: () => void
  readonly search?: Search | undefined
  /** Shown before anything is typed: who waits on the line, who was open last. */
  readonly recent?: readonly FoundGroup[]
  /** What was typed before it opened. */
  readonly begun?: string
}

const Box = ({ onClose, search, recent = [], begun = '' }: PaletteProps) => {
  const w = useWords(texts)
  const say = useSay()
  const { go } = useNavigation()
  const list = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(begun)
  const [chosenId, setChosenId] = useState<string>()
  // Enter pressed before the results have come: who types a number and Enter need not wait and look.
  const early = useRef<{ readonly aside: boolean }>(undefined)
  const afterwards = useRef<() => void>(undefined)

  const choose = (row: Row | undefined, aside: boolean): void => {
    if (row === undefined) return
    if (row.to !== undefined && aside) return void window.open(row.to, '_blank', 'noopener')
    const { to, run } = row
    afterwards.current = to === undefined ? run : () => go(to)
    onClose()
  }
  // A command may open a dialog of its own: this one must have gone first, and have given the focus back, which it does in the next frame.
  useEffect(
    () => () => {
      const { current } = afterwards
      if (current) requestAnimationFrame(() => setTimeout(current))
    },
    [],
  )

  const text = typed.trim()
  const fitting = useFitting(text)
  const { results, busy } = useResults(text, search, (groups) => {
    const waiting = early.current
    early.current = undefined
    if (waiting) choose(groups.flatMap(({ items }) => items)[0] ?? fitting[0], waiting.aside)
  })
  const found: Rows = text === '' ? recent : results.groups
  const rows = [...found, { label: w.commands, items: fitting }].filter(({ items }) => items.length > 0)
  const flat = rows.flatMap(({ items }) => items)
  const index = Math.max(
    0,
    flat.findIndex(({ id }) => id === chosenId),
  )
  const chosen = flat[index]
  const idOf = (row: Row): string => `${list}-${row.id}`

  const keys = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const step = steps[event.key]
    if (step !== undefined && flat.length > 0) {
      event.preventDefault()
      const next =
        Math.abs(step) === 1
          ? (index + step + flat.length) % flat.length
          : Math.min(Math.max(index + step, 0), flat.length - 1)
      setChosenId(flat[next]?.id)
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      const aside = event.ctrlKey || event.metaKey
      if (busy) early.current = { aside }
      else choose(chosen, aside)
    }
  }

  return (
    <>
      <div className="palette-ask">
        <Icon name="search" />
        <input
          ref={input}
          // The dialog exists to be typed into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          role="combobox"
          aria-label={w.title}
          aria-expanded={flat.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen && idOf(chosen)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={w.ask}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setChosenId(undefined)
            early.current = undefined
          }}
          onKeyDown={keys}
        />
        {results.meant !== undefined && <Badge tone="note">{results.meant}</Badge>}
        {busy && <span className="palette-busy" />}
      </div>
      <div className="palette-list" role="listbox" id={list} aria-label={w.title}>
        {rows.map(({ label, items }, group) => (
          <div key={label} role="group" aria-labelledby={`${list}-${group}`}>
            <div className="palette-group" id={`${list}-${group}`}>
              {label}
            </div>
            {items.map((row) => (
              <Option
                key={row.id}
                row={row}
                id={idOf(row)}
                chosen={row === chosen}
                onChoose={(aside) => choose(row, aside)}
              />
            ))}
          </div>
        ))}
      </div>
      {results.error !== undefined && <p className="palette-none">{say(results.error).what}</p>}
      {flat.length === 0 && results.error === undefined && !busy && (
        <p className="palette-none">
          <strong>{w.nothing}</strong> {w.nothingHow}
        </p>
      )}
      <output className="unseen">{busy ? w.searching : text !== '' && w.found(flat.length)}</output>
      <footer className="palette-foot" aria-hidden="true">
        <span>
          <Caps keys="↑ ↓" /> {w.move}
        </span>
        <span>
          <Caps keys="Enter" /> {w.open}
        </span>
        <span>
          <Caps keys="Mod+Enter" /> {w.newTab}
        </span>
        <span>
          <Caps keys="Esc" /> {w.close}
        </span>
      </footer>
    </>
  )
}

export const Palette = ({ open, ...props }: PaletteProps & { readonly open: boolean }) => {
  const w = useWords(texts)
  return (
    <ModalOverlay
      className="veil palette-veil"
      isOpen={open}
      isDismissable
      onOpenChange={(next) => !next && props.onClose()}
    >
      <Modal className="palette">
        <Dialog className="dialog-box" aria-label={w.title}>
          <Box {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
