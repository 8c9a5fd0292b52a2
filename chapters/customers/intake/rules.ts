// How a sender's row becomes a customer: its columns, its cells, and every fault of it. Pure.
import { type CellFault, type Mapping, parseDay, rowReader } from '../../../platform/tabular/index.ts'
import { readBusinessId } from '../business-id.ts'
import { readIdentityCode } from '../identity-code.ts'
import { contactValue } from '../rules.ts'

export const fields = {
  number: ['asiakasnumero', 'asiakasnro', 'asiakas nro', 'kundnummer', 'customer number', 'customer no'],
  kind: ['asiakastyyppi', 'tyyppi', 'kundtyp', 'customer type', 'kind'],
  given: ['etunimet', 'etunimi', 'förnamn', 'first name', 'given name', 'given names'],
  family: ['sukunimi', 'efternamn', 'last name', 'family name', 'surname'],
  organisation: ['yritys', 'yrityksen nimi', 'yritysnimi', 'företag', 'company', 'company name', 'organisation'],
  identity_code: ['henkilötunnus', 'hetu', 'personbeteckning', 'personal identity code'],
  business_id: ['y-tunnus', 'ytunnus', 'fo-nummer', 'business id'],
  birth_date: ['syntymäaika', 'födelsedatum', 'date of birth', 'birth date'],
  language: ['kieli', 'asiointikieli', 'språk', 'language'],
  phone: ['puhelin', 'puhelinnumero', 'matkapuhelin', 'gsm', 'telefon', 'phone', 'mobile'],
  email: ['sähköposti', 'sähköpostiosoite', 'e-post', 'email', 'e-mail'],
  street: ['katuosoite', 'lähiosoite', 'osoite', 'gatuadress', 'adress', 'street', 'address'],
  postcode: ['postinumero', 'postinro', 'postnummer', 'postcode', 'postal code'],
  post_office: ['postitoimipaikka', 'toimipaikka', 'postort', 'post office', 'city'],
  key: ['ulkoinen tunnus', 'lähdetunnus', 'external key', 'externt id', 'id'],
} as const
export type Field = keyof typeof fields

/** What is missing for a file of customers to be taken in at all. */
export const columnFaults = (mapping: Mapping): readonly CellFault[] => [
  ...(mapping['number'] === undefined ? [{ field: 'number', code: 'column.missing', value: '' }] : []),
  ...(mapping['family'] === undefined && mapping['organisation'] === undefined
    ? [{ field: 'family', code: 'column.no-name', value: '' }]
    : []),
]

export type ImportedCustomer = {
  readonly key: string
  readonly number: string
  readonly kind: 'natural' | 'legal' | 'estate'
  readonly given: string | null
  readonly family: string | null
  readonly organisation: string | null
  readonly language: 'fi' | 'sv' | 'en'
  readonly birth_date: string | null
  readonly identity_code: string | null
  readonly business_id: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly street: string | null
  readonly postcode: string | null
  readonly post_office: string | null
}

const kinds: Readonly<Record<string, ImportedCustomer['kind']>> = {
  henkilö: 'natural',
  yksityinen: 'natural',
  person: 'natural',
  natural: 'natural',
  yritys: 'legal',
  företag: 'legal',
  company: 'legal',
  legal: 'legal',
  kuolinpesä: 'estate',
  dödsbo: 'estate',
  estate: 'estate',
}
const languages: Readonly<Record<string, ImportedCustomer['language']>> = {
  fi: 'fi',
  suomi: 'fi',
  finska: 'fi',
  finnish: 'fi',
  sv: 'sv',
  ruotsi: 'sv',
  svenska: 'sv',
  swedish: 'sv',
  en: 'en',
  englanti: 'en',
  engelska: 'en',
  english: 'en',
}

/** A customer, or every fault of the row at once. */
export const readCustomer = (
  mapping: Mapping<Field>,
  cells: readonly string[],
): ImportedCustomer | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const number = row.text('number', 40)
  if (number === null) row.fault('number', 'number.missing')
  const organisation = row.text('organisation')
  const family = row.text('family')
  const kind =
    row.value('kind', (text) => kinds[text.toLowerCase()], 'kind.unknown') ??
    (family === null && organisation !== null ? 'legal' : 'natural')
  if (kind === 'natural' ? family === null : organisation === null && family === null)
    row.fault(kind === 'natural' ? 'family' : 'organisation', 'name.missing')
  const given = row.text('given')
  const language = row.value('language', (text) => languages[text.toLowerCase()], 'language.unknown') ?? 'fi'
  const written = row.text('identity_code')
  const code = written === null ? null : readIdentityCode(written)
  if (code !== null && code.refused !== undefined) row.fault('identity_code', code.refused)
  const identity = code !== null && code.refused === undefined ? code : null
  if (identity !== null && kind !== 'natural') row.fault('identity_code', 'identity-code.not-person')
  const business = row.text('business_id')
  const id = business === null ? null : readBusinessId(business)
  if (id !== null && id.refused !== undefined) row.fault('business_id', id.refused)
  const birth_date = row.value('birth_date', parseDay)
  if (identity !== null && birth_date !== null && identity.birth_date !== birth_date)
    row.fault('birth_date', 'birth-date.differs')
  const phone = row.value('phone', (text) => contactValue('phone', text), 'phone.unusable')
  const email = row.value('email', (text) => contactValue('email', text), 'email.unusable')
  const postcode = row.value('postcode', (text) => (/^\d{5}$/.test(text) ? text : undefined), 'postcode.unusable')
  const street = row.text('street')
  const post_office = row.text('post_office')
  if (street !== null && (postcode === null || post_office === null) && !row.faults.some((f) => f.field === 'postcode'))
    row.fault(postcode === null ? 'postcode' : 'post_office', 'address.incomplete')
  const key = row.text('key') ?? number ?? ''
  if (row.faults.length > 0) return row.faults
  return {
    key,
    number: number ?? '',
    kind,
    given: kind === 'natural' ? given : null,
    // A name is a person's or an organisation's, never both.
    family: kind === 'natural' ? family : null,
    organisation: kind === 'natural' ? null : (organisation ?? family),
    language,
    birth_date: kind === 'natural' ? (identity?.birth_date ?? birth_date) : null,
    identity_code: identity?.code ?? null,
    business_id: id !== null && id.refused === undefined ? id.business_id : null,
    phone,
    email,
    street,
    postcode,
    post_office,
  }
}
