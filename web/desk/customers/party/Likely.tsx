// Who someone about to be saved may be already: asked while one types, shown before anything is saved.
import type { z } from 'zod'
import { likely } from '../../../../chapters/customers/duplicates/api.ts'
import { useAsk } from '../../../kit/ask.ts'
import { Link } from '../../../kit/Link.tsx'
import { useSettled } from '../../../kit/settled.ts'
import { useWords, words } from '../../../kit/words.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import './Likely.css'

export type LikeParty = z.output<typeof likely.gives>[number]

const texts = words({
  fi: {
    title: 'Voi olla jo rekisterissä',
    born: (year: number) => `s. ${year}`,
    strong: 'hyvin samankaltainen',
    'same-business-id': 'sama y-tunnus',
    'same-phone-and-name': 'sama puhelin ja nimi',
    'same-birth-date-and-name': 'sama syntymäaika ja nimi',
    'near-names-at-one-site': 'lähes sama nimi samassa käyttöpaikassa',
    'same-email-and-name': 'sama sähköposti ja nimi',
    'same-company-name': 'sama yrityksen nimi',
    'near-names-at-one-address': 'lähes sama nimi samassa osoitteessa',
    'same-name': 'sama nimi',
  },
  sv: {
    title: 'Kan redan finnas i registret',
    born: (year: number) => `f. ${year}`,
    strong: 'mycket lika',
    'same-business-id': 'samma FO-nummer',
    'same-phone-and-name': 'samma telefon och namn',
    'same-birth-date-and-name': 'samma födelsetid och namn',
    'near-names-at-one-site': 'nästan samma namn på samma driftställe',
    'same-email-and-name': 'samma e-post och namn',
    'same-company-name': 'samma företagsnamn',
    'near-names-at-one-address': 'nästan samma namn på samma adress',
    'same-name': 'samma namn',
  },
  en: {
    title: 'May be in the register already',
    born: (year: number) => `b. ${year}`,
    strong: 'very like',
    'same-business-id': 'same business id',
    'same-phone-and-name': 'same telephone and name',
    'same-birth-date-and-name': 'same birth date and name',
    'near-names-at-one-site': 'nearly the same name at one site',
    'same-email-and-name': 'same e-mail and name',
    'same-company-name': 'same company name',
    'near-names-at-one-address': 'nearly the same name at one address',
    'same-name': 'same name',
  },
})

export type Draft = {
  readonly given?: string | null
  readonly family?: string | null
  readonly organisation?: string | null
  readonly birth_date?: string | null | undefined
  readonly business_id?: string | null
  readonly phone?: string | null
  readonly email?: string | null
  readonly street?: string | null
  readonly postcode?: string | null
}

/** `settled`: what is shown is of what stands in the fields. */
export const useLikely = (
  draft: Draft,
  except?: number,
): { readonly found: readonly LikeParty[]; readonly settled: boolean } => {
  const may = useMay()
  const asked = JSON.stringify(
    Object.fromEntries(
      Object.entries(draft).filter(([, value]) => value !== null && value !== undefined && value !== ''),
    ),
  )
  const settled = useSettled(asked)
  const query = JSON.parse(settled) as Record<string, string>
  const enough = ['family', 'organisation', 'phone', 'email', 'business_id'].some(
    (each) => (query[each] ?? '').length > 1,
  )
  const answer = useAsk(
    likely,
    { query: { ...query, ...(except === undefined ? {} : { except }) } },
    { because: null, when: enough && may(likely) },
  )
  return { found: enough ? (answer.data ?? []) : [], settled: settled === asked && (!enough || !answer.isFetching) }
}

export const LikeList = ({ found }: { readonly found: readonly LikeParty[] }) => {
  const w = useWords(texts)
  return (
    <section className="likely" aria-label={w.title} aria-live="polite">
      {found.length > 0 && (
        <>
          <h3>{w.title}</h3>
          <ul className="lines">
            {found.map((one) => (
              <li key={one.id}>
                <Link to={paths.customer({ customer: String(one.id) })}>{one.name}</Link> · {one.number}
                {one.birth_year !== null && ` · ${w.born(one.birth_year)}`}
                <small className="provenance">
                  {one.evidence.map((each) => w[each]).join(', ')}
                  {one.strong && ` – ${w.strong}`}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

export const Likely = ({ draft, except }: { readonly draft: Draft; readonly except?: number }) => (
  <LikeList found={useLikely(draft, except).found} />
)
