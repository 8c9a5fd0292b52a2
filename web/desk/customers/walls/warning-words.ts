// The words of what must be known before a word is said.
import { words } from '../../../kit/words.ts'

export const texts = words({
  fi: {
    protected: 'Osoite on suojattu.',
    protectedText:
      'Älä lue, kirjoita tai lähetä osoitetta tai yhteystietoja. Vain nimetty rooli avaa ne, syy kirjaten.',
    protectedWhy: 'Henkilöllä on turvakielto tai oma suojauspyyntö. Suoja ei pura itseään, vaikka sen aika päättyisi.',
    deceased: 'Henkilö on kuollut',
    deceasedText: (day: string, source: string) => `${day}${source}. Markkinointi on estetty.`,
    deceasedWhy:
      'Kuolemasta on ilmoitus. Asiat jatkuvat kuolinpesän kanssa: kerro niistä vain pesän edustajalle. Väärän tiedon voi perua, ja kaikki palaa ennalleen.',
    estate: 'Kuolinpesä:',
    reverse: 'Peru kuolemantieto',
    estateOf: 'Tämä on kuolinpesä',
    estateOfText: (name: string, day: string) => `${name}, kuollut ${day}.`,
    estateWhy: 'Pesän puolesta asioi sen edustaja. Vainajan omat sopimukset ja yhteydenotot ovat vainajan kortilla.',
    living: 'Henkilö elää: kuolemantieto oli väärä.',
    livingText: (name: string) => `Pesä on suljettu. Asioi: ${name}.`,
    noRepresentative: 'Pesällä ei ole edustajaa.',
    restricted: 'Käsittely on rajoitettu.',
    restrictedText: (ground: string, day: string) =>
      `${ground}, ${day} alkaen. Vain säilytys, oikeudelliset vaateet ja tietosuojapyynnöt.`,
    restrictedWhy: (reason: string) => `Tietosuoja-asetuksen 18 artikla. Syy: ${reason}`,
    lift: 'Pura rajoitus',
    accuracy: 'tietojen oikeellisuus kiistetty',
    unlawful: 'käsittely lainvastaista',
    claims: 'tarvitaan oikeudelliseen vaateeseen',
    objection: 'vastustusta selvitetään',
    guarded: 'Henkilöllä on edunvalvoja.',
    represented: 'Asiakkaalla on edustaja.',
    mayBeTold: (name: string, kind: string, scope: string, until: string) =>
      `${name}, ${kind.toLowerCase()}${until}. Saa kertoa ja muuttaa: ${scope}.`,
    notTold: (scope: string) => `Ei: ${scope}.`,
    until: (day: string) => `, ${day} asti`,
    representedWhy:
      'Edustus on kirjattu asiakkaalle. Se, mitä edustajalle saa kertoa, on rajattu kirjattuihin asioihin; puhelussa järjestelmä tarkistaa sen.',
    acts: 'Asioi muiden puolesta',
    actsText: (n: number) => `${n} osapuolen. Katso Edustus.`,
    merged: 'Tämä asiakas on yhdistetty toiseen.',
    mergedWhy: 'Sama osapuoli oli kahdesti. Mitään ei ole poistettu; tiedot näkyvät yhdistetyllä kortilla.',
    open: 'Avaa yhdistetty kortti',
    someone: 'Joku, jota et näe',
  },
  sv: {
    protected: 'Adressen är skyddad.',
    protectedText:
      'Läs, skriv eller sänd inte adressen eller kontaktuppgifterna. Bara en namngiven roll öppnar dem, med skäl.',
    protectedWhy:
      'Personen har spärrmarkering eller har själv bett om skydd. Skyddet hävs inte av sig självt när tiden går ut.',
    deceased: 'Personen har avlidit',
    deceasedText: (day: string, source: string) => `${day}${source}. Marknadsföring är spärrad.`,
    deceasedWhy:
      'Dödsfallet är anmält. Ärendena fortsätter med dödsboet: berätta om dem bara för boets företrädare. En felaktig uppgift kan tas tillbaka, och allt återgår.',
    estate: 'Dödsbo:',
    reverse: 'Ta tillbaka dödsfallet',
    estateOf: 'Detta är ett dödsbo',
    estateOfText: (name: string, day: string) => `${name}, avliden ${day}.`,
    estateWhy:
      'Boets företrädare sköter dess ärenden. Den avlidnas egna avtal och kontakter finns på den avlidnas kort.',
    living: 'Personen lever: dödsfallet var ett misstag.',
    livingText: (name: string) => `Boet är stängt. Sköt ärendet med ${name}.`,
    noRepresentative: 'Boet har ingen företrädare.',
    restricted: 'Behandlingen är begränsad.',
    restrictedText: (ground: string, day: string) =>
      `${ground}, från ${day}. Bara lagring, rättsliga anspråk och dataskyddsbegäranden.`,
    restrictedWhy: (reason: string) => `Artikel 18 i dataskyddsförordningen. Skäl: ${reason}`,
    lift: 'Häv begränsningen',
    accuracy: 'uppgifternas riktighet bestrids',
    unlawful: 'behandlingen är olaglig',
    claims: 'behövs för ett rättsligt anspråk',
    objection: 'invändningen utreds',
    guarded: 'Personen har en intressebevakare.',
    represented: 'Kunden har en företrädare.',
    mayBeTold: (name: string, kind: string, scope: string, until: string) =>
      `${name}, ${kind.toLowerCase()}${until}. Får höra och ändra: ${scope}.`,
    notTold: (scope: string) => `Inte: ${scope}.`,
    until: (day: string) => `, till ${day}`,
    representedWhy:
      'Företrädandet är antecknat för kunden. Det som får berättas är begränsat till de antecknade ärendena; i ett samtal kontrollerar systemet det.',
    acts: 'Företräder andra',
    actsText: (n: number) => `${n} parter. Se Företrädande.`,
    merged: 'Denna kund har förenats med en annan.',
    mergedWhy: 'Samma part fanns två gånger. Inget har tagits bort; uppgifterna syns på det förenade kortet.',
    open: 'Öppna det förenade kortet',
    someone: 'Någon som du inte ser',
  },
  en: {
    protected: 'The address is protected.',
    protectedText:
      'Do not read out, write or send the address or contact details. Only a named role opens them, with a reason.',
    protectedWhy:
      'The person has an order of non-disclosure, or asked for protection. It never lifts itself when its time is up.',
    deceased: 'The person has died',
    deceasedText: (day: string, source: string) => `${day}${source}. Marketing is blocked.`,
    deceasedWhy:
      'A death was reported. Matters go on with the estate: tell of them to its representative alone. A mistake can be taken back, and everything returns.',
    estate: 'Estate:',
    reverse: 'Take back the death',
    estateOf: 'This is an estate',
    estateOfText: (name: string, day: string) => `${name}, died ${day}.`,
    estateWhy:
      'Its representative acts for the estate. The contracts and contacts of the deceased stand on their own card.',
    living: 'The person lives: the death was a mistake.',
    livingText: (name: string) => `The estate is closed. Deal with ${name}.`,
    noRepresentative: 'The estate has no representative.',
    restricted: 'Processing is restricted.',
    restrictedText: (ground: string, day: string) =>
      `${ground}, since ${day}. Storage, legal claims and data protection requests alone.`,
    restrictedWhy: (reason: string) => `Article 18 of the General Data Protection Regulation. Reason: ${reason}`,
    lift: 'Lift the restriction',
    accuracy: 'accuracy contested',
    unlawful: 'processing unlawful',
    claims: 'needed for a legal claim',
    objection: 'objection being examined',
    guarded: 'The person has a guardian.',
    represented: 'Someone acts for the customer.',
    mayBeTold: (name: string, kind: string, scope: string, until: string) =>
      `${name}, ${kind.toLowerCase()}${until}. May be told of and change: ${scope}.`,
    notTold: (scope: string) => `Not: ${scope}.`,
    until: (day: string) => `, until ${day}`,
    representedWhy:
      'The representation is on record. What may be told is bounded by the matters recorded; in a call the register checks it.',
    acts: 'Acts for others',
    actsText: (n: number) => `${n} parties. See Representation.`,
    merged: 'This customer was joined to another.',
    mergedWhy: 'One party was there twice. Nothing was removed; the facts are seen on the joined card.',
    open: 'Open the joined card',
    someone: 'Someone you do not see',
  },
})
