// What the one box finds, as the palette shows it: enough to tell two people apart, and no address.
import type { Output } from '../../../register/endpoint.ts'
import { findPeople } from '../../../chapters/customers/search/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { call } from '../../kit/client.ts'
import type { FoundGroup, Search } from '../../kit/Palette.tsx'
import { paths } from '../paths.ts'

const texts = {
  fi: {
    people: 'Henkilöt',
    others: 'Yritykset ja kuolinpesät',
    former: 'päättynyt',
    representative: 'edustaja',
    deceased: 'kuollut',
    protected: 'suojattu',
    prospect: 'mahdollinen',
    asList: 'Luettelona',
    all: (text: string) => `Näytä kaikki, jotka löytyvät: ${text}`,
    'earlier-name': 'aiempi nimi',
    'near-name': 'samankaltainen nimi',
    'phone-or-email': 'puhelin tai sähköposti',
    address: 'osoite',
    'contract-number': 'sopimusnumero',
    'accounting-point': 'käyttöpaikkatunnus',
    'identity-code': 'henkilötunnus',
  },
  sv: {
    people: 'Personer',
    others: 'Företag och dödsbon',
    former: 'avslutad',
    representative: 'företrädare',
    deceased: 'avliden',
    protected: 'skyddad',
    prospect: 'möjlig',
    asList: 'Som lista',
    all: (text: string) => `Visa alla som hittas: ${text}`,
    'earlier-name': 'tidigare namn',
    'near-name': 'liknande namn',
    'phone-or-email': 'telefon eller e-post',
    address: 'adress',
    'contract-number': 'avtalsnummer',
    'accounting-point': 'driftställets kod',
    'identity-code': 'personbeteckning',
  },
  en: {
    people: 'People',
    others: 'Companies and estates',
    former: 'ended',
    representative: 'representative',
    deceased: 'deceased',
    protected: 'protected',
    prospect: 'prospect',
    asList: 'As a list',
    all: (text: string) => `Show all that are found: ${text}`,
    'earlier-name': 'earlier name',
    'near-name': 'similar name',
    'phone-or-email': 'phone or e-mail',
    address: 'address',
    'contract-number': 'contract number',
    'accounting-point': 'accounting point',
    'identity-code': 'identity code',
  },
} as const

type One = Output<typeof findPeople>[number]

/** Why someone is listed whose name is not what was typed; nothing where one sees it. */
export const whyFound = ({ why }: One, language: Language): string | undefined => {
  const w: Readonly<Record<string, unknown>> = texts[language]
  const said = Object.hasOwn(w, why) ? w[why] : undefined
  return typeof said === 'string' ? said : undefined
}

/** Looks like an identity code, right or mistyped. */
export const isLikeIdentityCode = (text: string): boolean => /\d{6}\s*[-+A-FU-Y]\s*\d{3}/i.test(text)

export const searchPeople: Search = async (text, signal, language) => {
  const w = texts[language]
  const found = await call(findPeople, { query: { text } }, { signal })
  const items = found.map((one) => ({
    kind: one.kind,
    id: String(one.customer_id),
    to: paths.customer({ customer: String(one.customer_id) }),
    icon: one.kind === 'natural' ? ('customers' as const) : ('company' as const),
    title: one.name,
    facts: [
      one.number,
      ...(one.birth_year === null ? [] : [String(one.birth_year)]),
      ...(one.city === null ? [] : [one.city]),
      ...[whyFound(one, language)].filter((why) => why !== undefined),
    ],
    ...(one.protected
      ? { state: { tone: 'stop' as const, label: w.protected } }
      : one.deceased
        ? { state: { tone: 'stop' as const, label: w.deceased } }
        : one.stage === 'customer'
          ? {}
          : { state: { tone: 'plain' as const, label: w[one.stage] } }),
  }))
  const group = (label: string, natural: boolean) => ({
    label,
    items: items.filter(({ kind }) => (kind === 'natural') === natural),
  })
  const all: FoundGroup = {
    label: w.asList,
    items: [{ id: 'all-found', to: paths.search({}, { text }), icon: 'filter', title: w.all(text), facts: [] }],
  }
  // The list stands in the address and so in the browser's history, where an identity code must never be.
  const listed = found.length > 1 && !isLikeIdentityCode(text)
  return {
    groups: [group(w.people, true), group(w.others, false), ...(listed ? [all] : [])].filter(
      (each) => each.items.length > 0,
    ),
  }
}
