// What a person has set for this browser: language, theme, density, shortcuts. The only thing that the web keeps in localStorage.
import { useSyncExternalStore } from 'react'
import { type Language, languages } from '../../register/vocabulary.ts'

export const themes = ['system', 'light', 'dark'] as const
export const densities = ['roomy', 'dense'] as const

export type Preferences = {
  /** Absent until chosen: then the language of the person's own record, or of the browser, is used. */
  readonly language?: Language
  readonly theme: (typeof themes)[number]
  readonly density: (typeof densities)[number]
  /** Shortcuts of a single key; those with Ctrl, Cmd or Alt always work. */
  readonly singleKeys: boolean
  /** Keys that the person has given to commands, by the command's id. */
  readonly keys: Readonly<Record<string, string>>
}

const place = 'asiakasrekisteri.preferences'
const unset: Preferences = { theme: 'system', density: 'roomy', singleKeys: true, keys: {} }

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value)

const read = (text: string | null): Preferences => {
  let kept: Record<string, unknown> = {}
  try {
    kept = Object(JSON.parse(text ?? '{}')) as Record<string, unknown>
  } catch {
    // Someone else's or an older text: the defaults serve.
  }
  const language = oneOf(languages, kept['language'])
  const keys = Object.entries(Object(kept['keys']) as object)
  return {
    ...(language && { language }),
    theme: oneOf(themes, kept['theme']) ?? unset.theme,
    density: oneOf(densities, kept['density']) ?? unset.density,
    singleKeys: kept['singleKeys'] !== false,
    keys: Object.fromEntries(keys.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
  }
}

const ofBrowser = (): Language =>
  navigator.languages.map((each) => oneOf(languages, each.slice(0, 2))).find((each) => each !== undefined) ?? 'fi'

let preferences = unset
let own: Language = 'fi'
const listeners = new Set<() => void>()

const language = (): Language => preferences.language ?? own

const show = (): void => {
  const { documentElement: page } = document
  page.lang = language()
  page.dataset['theme'] = preferences.theme
  page.dataset['density'] = preferences.density
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Called once, before the first render; follows changes made in other windows. */
export const startPreferences = (): void => {
  const again = (): void => {
    preferences = read(localStorage.getItem(place))
    show()
  }
  own = ofBrowser()
  again()
  window.addEventListener('storage', ({ key }) => {
    if (key === place || key === null) again()
  })
}

export const prefer = (change: Partial<Preferences>): void => {
  preferences = { ...preferences, ...change }
  localStorage.setItem(place, JSON.stringify(preferences))
  show()
}

/** The language of the signed-in person's record, used as long as they have chosen none here. */
export const suggestLanguage = (suggested: Language): void => {
  own = suggested
  show()
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => preferences)
export const useLanguage = (): Language => useSyncExternalStore(subscribe, language)
