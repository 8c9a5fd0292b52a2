// One's own menu: who I am here, in which role, and how the desk looks and listens to me.
import { Button } from '../../kit/Button.tsx'
import { useCommands } from '../../kit/Keys.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { densities, prefer, themes, useLanguage, usePreferences } from '../../kit/preferences.ts'
import { useWords, words } from '../../kit/words.ts'
import { type Language, languages } from '../../../register/vocabulary.ts'
import { paths } from '../paths.ts'
import { useSession } from './session.ts'
import './OwnMenu.css'

const texts = words({
  fi: {
    menu: 'Oma valikko',
    role: 'Rooli',
    language: 'Kieli',
    theme: 'Väritys',
    system: 'Laitteen mukaan',
    light: 'Vaalea',
    dark: 'Tumma',
    density: 'Tiheys',
    roomy: 'Väljä',
    dense: 'Tiivis',
    keys: 'Pikanäppäimet',
    own: 'Oma kirjautuminen',
    signOut: 'Kirjaudu ulos',
    looks: 'Ulkoasu',
  },
  sv: {
    menu: 'Egen meny',
    role: 'Roll',
    language: 'Språk',
    theme: 'Färger',
    system: 'Enligt enheten',
    light: 'Ljus',
    dark: 'Mörk',
    density: 'Täthet',
    roomy: 'Luftig',
    dense: 'Tät',
    keys: 'Kortkommandon',
    own: 'Egen inloggning',
    signOut: 'Logga ut',
    looks: 'Utseende',
  },
  en: {
    menu: 'My menu',
    role: 'Role',
    language: 'Language',
    theme: 'Colours',
    system: 'As the device',
    light: 'Light',
    dark: 'Dark',
    density: 'Density',
    roomy: 'Roomy',
    dense: 'Dense',
    keys: 'Keyboard shortcuts',
    own: 'My sign-in',
    signOut: 'Sign out',
    looks: 'Looks',
  },
})

const names: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' }
const themeIcons = { system: 'system', light: 'light', dark: 'dark' } as const

const among = <T extends string>(known: readonly T[], id: string, then: (found: T) => void): void => {
  const found = known.find((each) => each === id)
  if (found !== undefined) then(found)
}

export const OwnMenu = ({
  onRole,
  onKeys,
  onSignOut,
}: {
  readonly onRole: (role: string) => void
  readonly onKeys: () => void
  readonly onSignOut: () => void
}) => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const language = useLanguage()
  const { theme, density } = usePreferences()
  const { user, role, roles, unit } = useSession()
  const roleLabel = roles.find(({ id }) => id === role)?.label[language] ?? role

  useCommands([
    ...themes.map((each) => ({
      id: `theme.${each}`,
      label: `${w.theme}: ${w[each]}`,
      group: w.looks,
      icon: themeIcons[each],
      run: () => prefer({ theme: each }),
    })),
    ...densities.map((each) => ({
      id: `density.${each}`,
      label: `${w.density}: ${w[each]}`,
      group: w.looks,
      icon: 'density' as const,
      run: () => prefer({ density: each }),
    })),
    ...languages.map((each) => ({
      id: `language.${each}`,
      label: `${w.language}: ${names[each]}`,
      group: w.looks,
      icon: 'language' as const,
      run: () => prefer({ language: each }),
    })),
    { id: 'own', label: w.own, group: w.menu, icon: 'lock', run: () => go(paths.own()) },
    { id: 'sign-out', label: w.signOut, group: w.menu, icon: 'sign-out', run: onSignOut },
  ])

  return (
    <Menu
      label={w.menu}
      sections={[
        ...(roles.length > 1
          ? [
              {
                title: w.role,
                items: roles.map(({ id, label }) => ({ id: `role.${id}`, label: label[language] })),
                chosen: `role.${role}`,
                choose: (id: string) => onRole(id.slice('role.'.length)),
              },
            ]
          : []),
        {
          title: w.language,
          items: languages.map((id) => ({ id, label: names[id] })),
          chosen: language,
          choose: (id) => among(languages, id, (chosen) => prefer({ language: chosen })),
        },
        {
          title: w.theme,
          items: themes.map((id) => ({ id, label: w[id] })),
          chosen: theme,
          choose: (id) => among(themes, id, (chosen) => prefer({ theme: chosen })),
        },
        {
          title: w.density,
          items: densities.map((id) => ({ id, label: w[id] })),
          chosen: density,
          choose: (id) => among(densities, id, (chosen) => prefer({ density: chosen })),
        },
        {
          items: [
            { id: 'own', label: w.own, icon: 'lock', to: paths.own() },
            { id: 'keys', label: w.keys, icon: 'keyboard', keys: '?', run: onKeys },
            { id: 'sign-out', label: w.signOut, icon: 'sign-out', run: onSignOut },
          ],
        },
      ]}
    >
      <Button tone="quiet">
        <span className="own-face" aria-hidden="true">
          {user.name.slice(0, 1)}
        </span>
        <span className="own-name">
          <span>{user.name}</span>
          <span>
            {roleLabel} · {unit}
          </span>
        </span>
      </Button>
    </Menu>
  )
}
