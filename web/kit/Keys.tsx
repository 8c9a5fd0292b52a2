// The registry of what can be done here and by which keys. Pages register commands while they stand; palette and cheat sheet read them.
import { createContext, type ReactNode, use, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { IconName } from './Icon.tsx'
import { capsOf, isChord, type Keys, pressed } from './chords.ts'
import { type Preferences, usePreferences } from './preferences.ts'
import './Keys.css'

export type Command = {
  /** Stable: the person's own keys are kept by it. */
  readonly id: string
  readonly label: string
  readonly group: string
  readonly icon?: IconName
  /** The keys as shipped, the first of them shown; the person may give another instead. */
  readonly keys?: Keys | readonly Keys[]
  /** Told by the cheat sheet alone: it opens the palette itself. */
  readonly unlisted?: true
  readonly run: () => void
}

type Registry = {
  readonly add: (commands: () => readonly Command[]) => () => void
  readonly subscribe: (listener: () => void) => () => void
  readonly commands: () => readonly Command[]
}

const createRegistry = (): Registry => {
  const sources: (() => readonly Command[])[] = []
  const listeners = new Set<() => void>()
  let now: readonly Command[] = []
  const changed = (): void => {
    // What was registered last stands first: a page may take over a command or a key of the shell.
    const all = sources.toReversed().flatMap((source) => source())
    now = all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index)
    for (const listener of listeners) listener()
  }
  return {
    add: (source) => {
      sources.push(source)
      changed()
      return () => {
        sources.splice(sources.indexOf(source), 1)
        changed()
      }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    commands: () => now,
  }
}

const Registered = createContext<Registry>(createRegistry())

/** The keys that work for a command: the person's own, else the shipped; single keys only while they are switched on. */
export const keysOf = (command: Command, { keys, singleKeys }: Preferences): readonly Keys[] =>
  [keys[command.id] ?? command.keys ?? []].flat().filter((each) => each !== '' && (singleKeys || isChord(each)))

// Where letters mean letters: text that is typed, and lists and menus that jump to what begins with them.
const typing =
  'input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable=true], [role=menu], [role=listbox], [role=dialog]'

export const KeysProvider = ({ children }: { readonly children: ReactNode }) => {
  const [registry] = useState(createRegistry)
  const preferences = usePreferences()
  const begun = useRef('')

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const keys = pressed(event)
      if (keys === undefined || event.defaultPrevented || event.isComposing) return
      const at = event.target instanceof Element ? event.target : document.body
      if (at.closest('[role=dialog], [role=alertdialog]') !== null || (!isChord(keys) && at.closest(typing) !== null))
        return
      const bound = registry.commands().map((command) => [command, keysOf(command, preferences)] as const)
      const sequence = begun.current === '' ? keys : `${begun.current} ${keys}`
      begun.current = ''
      const [command] =
        bound.find(([, each]) => each.includes(sequence)) ?? bound.find(([, each]) => each.includes(keys)) ?? []
      if (command !== undefined) {
        event.preventDefault()
        command.run()
      } else if (bound.some(([, each]) => each.some((all) => all.startsWith(`${keys} `)))) begun.current = keys
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [registry, preferences])

  return <Registered value={registry}>{children}</Registered>
}

/** Registers what can be done while the calling component stands. The list may change with each render; its functions see the newest state. */
export const useCommands = (commands: readonly Command[]): void => {
  const registry = use(Registered)
  const newest = useRef(commands)
  // Only what is shown is compared: the functions are always taken from the newest render.
  const shown = JSON.stringify(commands)
  useEffect(() => {
    newest.current = commands
  })
  useEffect(() => {
    const seen: readonly Command[] = JSON.parse(shown) as readonly Command[]
    return registry.add(() => seen.map((command, index) => ({ ...command, run: () => newest.current[index]?.run() })))
  }, [registry, shown])
}

export const useRegistered = (): readonly Command[] => {
  const { subscribe, commands } = use(Registered)
  return useSyncExternalStore(subscribe, commands)
}

const mac = /Mac|iP(?:hone|ad)/.test(navigator.userAgent)

/** Keys drawn as caps. */
export const Caps = ({ keys }: { readonly keys: Keys }) => (
  <kbd className="caps">
    {capsOf(keys, mac).map((chord, index) => (
      <span key={index}>
        {chord.map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </span>
    ))}
  </kbd>
)
