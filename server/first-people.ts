// Who may sign in to a register that nobody has signed in to: its administrator; in a demonstration, one person for each kind of work.
import type { Newcomer } from '../chapters/access/index.ts'

const administrator: Newcomer = {
  login: 'yllapito',
  name: 'Ylläpitäjä',
  unit: 'Tietohallinto',
  language: 'fi',
  roles: ['administrator'],
}

const demonstration: readonly Newcomer[] = [
  { login: 'palvelu', name: 'Asiakaspalvelija', unit: 'Asiakaspalvelu', language: 'fi', roles: ['customer-service'] },
  { login: 'palvelu2', name: 'Kundbetjänaren', unit: 'Asiakaspalvelu', language: 'sv', roles: ['customer-service'] },
  {
    login: 'tunnistus',
    name: 'Tunnistaja',
    unit: 'Asiakaspalvelu',
    language: 'fi',
    roles: ['identity-desk', 'customer-service'],
  },
  { login: 'laskutus', name: 'Laskuttaja', unit: 'Laskutus', language: 'fi', roles: ['billing'] },
  { login: 'perinta', name: 'Perijä', unit: 'Laskutus', language: 'fi', roles: ['collection'] },
  { login: 'markkinointi', name: 'Markkinoija', unit: 'Markkinointi', language: 'fi', roles: ['marketing'] },
  { login: 'verkko', name: 'Verkkopalvelija', unit: 'Sähköverkko', language: 'fi', roles: ['network-service'] },
  {
    login: 'tietosuoja',
    name: 'Tietosuojavastaava',
    unit: 'Tietosuoja',
    language: 'fi',
    roles: ['data-protection-officer', 'rights-desk'],
  },
  { login: 'tuotteet', name: 'Tuotepäällikkö', unit: 'Tuotteet ja hinnat', language: 'fi', roles: ['product-manager'] },
  { login: 'integraatio', name: 'Integrator', unit: 'Tietohallinto', language: 'en', roles: ['market-exchange'] },
]

export const founders = (demo: boolean): readonly Newcomer[] =>
  demo ? [administrator, ...demonstration] : [administrator]
