// Invented people and places for the gallery; nothing of it comes from the register.
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { Search } from '../../kit/Palette.tsx'
import { useWords } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import type { RailItem } from '../shell/Rail.tsx'
import type { Session } from '../shell/session.ts'
import type { Fittings } from '../shell/Shell.tsx'
import { texts } from './texts.ts'

const address = (part: string): string => `${paths.kit()}/${part}`

export const session: Session = {
  user: { id: '1', name: 'Aino Esimerkki', language: 'fi' },
  role: 'customer-service',
  roles: [
    { id: 'customer-service', label: { fi: 'Asiakaspalvelija', sv: 'Kundbetjänare', en: 'Customer service' } },
    { id: 'billing', label: { fi: 'Laskuttaja', sv: 'Fakturerare', en: 'Billing' } },
  ],
  hat: 'retail',
  hats: ['retail', 'network', 'group'],
  actions: [],
  exports: [],
  noticeHash: '3f9a2c71d05be844',
  unit: 'Lahti',
}

const place = (id: string, icon: IconName, fi: string, sv: string, en: string): RailItem => ({
  id,
  to: id === 'customers' ? paths.kit() : address(id),
  icon,
  label: { fi, sv, en },
})

const rail: readonly RailItem[] = [
  place('desk', 'desk', 'Työpöytä', 'Skrivbord', 'Desk'),
  place('queue', 'queue', 'Jono', 'Kö', 'Queue'),
  place('customers', 'customers', 'Asiakkaat', 'Kunder', 'Customers'),
  place('sites', 'sites', 'Käyttöpaikat', 'Driftställen', 'Sites'),
  place('contracts', 'contracts', 'Sopimukset', 'Avtal', 'Contracts'),
  place('consumption', 'consumption', 'Kulutus', 'Förbrukning', 'Consumption'),
  place('billing', 'billing', 'Laskutus', 'Fakturering', 'Billing'),
  place('collections', 'collections', 'Perintä', 'Indrivning', 'Collections'),
  place('outages', 'outages', 'Keskeytykset', 'Avbrott', 'Outages'),
  place('campaigns', 'campaigns', 'Kampanjat ja luvat', 'Kampanjer, tillstånd', 'Campaigns'),
  place('rights', 'rights', 'Tietopyynnöt', 'Dataskyddsärenden', 'Data rights'),
  place('reports', 'reports', 'Raportit', 'Rapporter', 'Reports'),
  place('admin', 'settings', 'Hallinta', 'Administration', 'Admin'),
]

export type Customer = {
  readonly id: string
  readonly name: string
  readonly city: string
  readonly since: string
  readonly use: number
  readonly state: 'active' | 'ended' | 'deceased' | 'protectedState' | 'prospect'
}

const given = ['Aino', 'Eero', 'Helmi', 'Kalle', 'Liisa', 'Matti', 'Saara', 'Väinö', 'Åke', 'Örjan']
const family = ['Esimerkki', 'Mallikas', 'Näyte', 'Kokeilija', 'Harjoitus', 'Testinen', 'Oppikirja']
const cities = ['Lahti', 'Hollola', 'Asikkala', 'Heinola', 'Orimattila']
const states = ['active', 'active', 'active', 'ended', 'prospect', 'deceased', 'protectedState'] as const
const nth = <T,>(list: readonly [T, ...T[]] | readonly T[], index: number): T => list[index % list.length] as T

export const customers = (count: number): readonly Customer[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(100_001 + index),
    name: `${nth(given, index * 7)} ${nth(family, index * 3)}`,
    city: nth(cities, index * 2),
    since: `20${String(10 + (index % 16))}-0${1 + (index % 9)}-1${index % 9}`,
    use: 1200 + ((index * 7919) % 18_000),
    state: nth(states, index * 5),
  }))

const tones: Record<Customer['state'], BadgeTone> = {
  active: 'well',
  ended: 'plain',
  deceased: 'care',
  protectedState: 'stop',
  prospect: 'note',
}

export const StateBadge = ({ state }: { readonly state: Customer['state'] }) => {
  const w = useWords(texts)
  return (
    <Badge tone={tones[state]} {...(state === 'protectedState' && { icon: 'shield' as const })}>
      {w[state]}
    </Badge>
  )
}

const search: Search = async (text, _signal, language) => {
  const sought = text.toLowerCase()
  const found = customers(40).filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(sought))
  return {
    ...(/^[\d ]+$/.test(text) && { meant: 'Nro' }),
    groups: [
      {
        label: texts[language].people,
        items: found.slice(0, 6).map(({ id, name, city, state, since }) => ({
          id,
          to: address(id),
          icon: 'person' as const,
          title: name,
          facts: state === 'protectedState' ? [id] : [id, city, since],
          ...(state !== 'active' && { state: { tone: tones[state], label: texts[language][state] } }),
        })),
      },
    ],
  }
}

const Label = ({ id }: { readonly id: string }) => customers(40).find((each) => each.id === id)?.name ?? id

const Call = () => {
  const w = useWords(texts)
  return (
    <Badge tone="well" icon="phone">
      {w.calling}
    </Badge>
  )
}

export const fittings: Fittings = {
  rail,
  searches: [{ find: search }],
  Call,
  customerTab: { to: (id) => (id === '100002' ? paths.kit() : address(id)), Label },
}
