// Keys as people press and read them: `Mod+K`, `?`, `G C` (one after the other). Pure; the Keys provider listens, the sheet and the palette show.

/** `Mod` is Ctrl, or Cmd on a Mac. */
export type Keys = string

type Press = {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const named: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape' }
const modifiers = ['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'CapsLock', 'Dead']

/** What was pressed, in the notation of `Keys`; undefined for a modifier alone. */
export const pressed = ({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Press): Keys | undefined => {
  if (modifiers.includes(key)) return undefined
  // With Alt a Mac types another sign; the place of the key tells what was meant.
  const place = altKey ? /^(?:Key|Digit)(.)$/.exec(code)?.[1] : undefined
  const sign = place ?? named[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  // Shift belongs to the sign itself for `?` or `/`, which lie elsewhere on each keyboard; letters and named keys tell it apart.
  const shifted = shiftKey && (sign.length > 1 || sign.toLowerCase() !== sign.toUpperCase())
  return [ctrlKey || metaKey ? 'Mod' : '', altKey ? 'Alt' : '', shifted ? 'Shift' : '', sign]
    .filter((part) => part !== '')
    .join('+')
}

/** Works while one types, and may not be switched off: it holds Ctrl, Cmd or Alt. */
export const isChord = (keys: Keys): boolean => /^(?:Mod|Alt)\+/.test(keys)

/** The caps to draw, key by key: `Mod+K` is Ctrl and K. */
export const capsOf = (keys: Keys, mac: boolean): readonly (readonly string[])[] =>
  keys
    .split(' ')
    .map((each) =>
      (each === '+' ? ['+'] : each.split('+')).map((part) =>
        part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : part === 'Alt' && mac ? '⌥' : part === 'Shift' ? '⇧' : part,
      ),
    )
