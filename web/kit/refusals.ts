// The one place of the web where a refusal becomes words: what happened, and what to do now.
import { createContext, use } from 'react'
import { Refusal } from './client.ts'
import { type Texts, useWords, words } from './words.ts'

/** What happened, and what to do about it, by the code of the problem. */
export type RefusalTexts = Texts<Readonly<Record<string, readonly [what: string, todo: string]>>>

const general = words({
  fi: {
    'web.unreachable': [
      'Palvelimeen ei saada yhteyttä.',
      'Tarkista verkkoyhteys ja yritä uudelleen. Kirjoittamasi on tallella.',
    ],
    'web.unreadable': [
      'Palvelin vastasi tavalla, jota tämä sivu ei ymmärrä.',
      'Lataa sivu uudelleen: rekisteristä on ehkä asennettu uusi versio.',
    ],
    'web.broken': ['Sivua ei voitu näyttää.', 'Lataa sivu uudelleen. Jos vika toistuu, kerro siitä ylläpidolle.'],
    '400': ['Tiedoissa on virheitä.', 'Korjaa merkityt kohdat ja yritä uudelleen.'],
    '401': ['Istunto on päättynyt.', 'Kirjaudu uudelleen.'],
    '403': ['Tehtäväsi ei oikeuta tähän.', 'Jos tarvitset tietoa työssäsi, pyydä rooli esimieheltäsi.'],
    '404': ['Tietoa ei löydy.', 'Se on poistettu, yhdistetty toiseen, tai se ei kuulu tehtävääsi.'],
    '409': ['Tieto on muuttunut sen jälkeen, kun avasit sen.', 'Avaa se uudelleen ja tee muutoksesi uuteen tietoon.'],
    '413': ['Tieto on liian suuri.', 'Jaa se pienempiin osiin.'],
    '428': ['Avaamiselle tarvitaan syy.', 'Valitse yhteydenotto tai kirjoita, miksi tarvitset tiedon.'],
    '429': ['Pyyntöjä on liikaa.', 'Odota hetki ja yritä uudelleen.'],
    '503': ['Rekisteri ei juuri nyt vastaa.', 'Yritä hetken kuluttua uudelleen.'],
    other: ['Pyyntö ei onnistunut.', 'Yritä uudelleen. Jos vika toistuu, kerro siitä ylläpidolle.'],
  },
  sv: {
    'web.unreachable': ['Servern nås inte.', 'Kontrollera nätförbindelsen och försök igen. Det du skrev finns kvar.'],
    'web.unreadable': [
      'Servern svarade på ett sätt som sidan inte förstår.',
      'Ladda om sidan: en ny version kan ha installerats.',
    ],
    'web.broken': ['Sidan kunde inte visas.', 'Ladda om sidan. Om felet upprepas, meddela administratören.'],
    '400': ['Uppgifterna innehåller fel.', 'Rätta de markerade ställena och försök igen.'],
    '401': ['Sessionen har avslutats.', 'Logga in på nytt.'],
    '403': ['Din uppgift ger inte rätt till detta.', 'Behöver du uppgiften i arbetet, be din chef om rollen.'],
    '404': [
      'Uppgiften hittas inte.',
      'Den har tagits bort, slagits ihop med en annan, eller hör inte till din uppgift.',
    ],
    '409': [
      'Uppgiften har ändrats sedan du öppnade den.',
      'Öppna den på nytt och gör din ändring i den nya uppgiften.',
    ],
    '413': ['Innehållet är för stort.', 'Dela upp det i mindre delar.'],
    '428': ['Det behövs ett skäl för att öppna.', 'Välj kontakten eller skriv varför du behöver uppgiften.'],
    '429': ['För många förfrågningar.', 'Vänta en stund och försök igen.'],
    '503': ['Registret svarar inte just nu.', 'Försök igen om en stund.'],
    other: ['Begäran lyckades inte.', 'Försök igen. Om felet upprepas, meddela administratören.'],
  },
  en: {
    'web.unreachable': [
      'The server cannot be reached.',
      'Check the network and try again. What you wrote is still here.',
    ],
    'web.unreadable': [
      'The server answered in a way this page does not understand.',
      'Reload the page: a new version may have been installed.',
    ],
    'web.broken': ['The page could not be shown.', 'Reload it. If this happens again, tell the administrator.'],
    '400': ['Something in the form is not right.', 'Correct the marked places and try again.'],
    '401': ['Your session has ended.', 'Sign in again.'],
    '403': ['Your task does not permit this.', 'If your work needs it, ask your superior for the role.'],
    '404': ['It is not found.', 'It was removed, merged into another, or does not belong to your task.'],
    '409': ['This has changed since you opened it.', 'Open it again and make your change to what is there now.'],
    '413': ['It is too large.', 'Divide it into smaller parts.'],
    '428': ['Opening this needs a reason.', 'Choose the contact, or write why you need it.'],
    '429': ['Too many requests.', 'Wait a moment and try again.'],
    '503': ['The register does not answer just now.', 'Try again in a moment.'],
    other: ['The request did not succeed.', 'Try again. If this happens again, tell the administrator.'],
  },
})

const ofPages = createContext<RefusalTexts>({ fi: {}, sv: {}, en: {} })

/** The words of the pages for the codes of their own rules. */
export const RefusalTextsProvider = ofPages.Provider

export type Said = {
  readonly what: string
  readonly todo: string
  readonly code: string
  readonly cure: 'retry' | 'reload' | 'none'
}

const cureOf = (code: string, status: number): Said['cure'] =>
  code === 'web.broken' || code === 'web.unreadable'
    ? 'reload'
    : [0, 429, 500, 502, 503, 504].includes(status)
      ? 'retry'
      : 'none'

/** Says any error; one that is no refusal is a fault of the page itself. */
export const useSay = (): ((error: unknown) => Said) => {
  const own: Readonly<Record<string, readonly [string, string]>> = useWords(use(ofPages))
  const shared = useWords(general)
  const known: Readonly<Record<string, readonly [string, string]>> = shared
  return (error) => {
    const { code, status } = error instanceof Refusal ? error.problem : { code: 'web.broken', status: -1 }
    const family = status === 422 ? '400' : String(status)
    const [what, todo] = own[code] ?? known[code] ?? known[family] ?? shared.other
    return { what, todo, code, cure: cureOf(code, status) }
  }
}

/** What happened and what to do, of a code that the pages have words for. */
export const useSayCode = (): ((code: string) => readonly [what: string, todo: string] | undefined) => {
  const own: Readonly<Record<string, readonly [string, string]>> = useWords(use(ofPages))
  return (code) => own[code]
}

/** Says the fault of one field in a refusal, by its path into the request: `body.name`. In the reader's language where the pages have words for its code. */
export const useFaults = (): ((error: unknown, path: string) => string | undefined) => {
  const own: Readonly<Record<string, readonly [string, string]>> = useWords(use(ofPages))
  return (error, path) => {
    const fault = error instanceof Refusal ? error.problem.faults?.find((each) => each.path === path) : undefined
    return fault === undefined ? undefined : (own[fault.code]?.join(' ') ?? fault.message)
  }
}
