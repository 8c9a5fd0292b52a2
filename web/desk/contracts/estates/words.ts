// The words of what an estate takes over.
import { words } from '../../../kit/words.ts'

export const texts = words({
  fi: {
    title: 'Siirrä kuolinpesälle',
    act: 'Siirrä',
    lead: (estate: string) => `Siirtyy: ${estate}`,
    day: 'Pesän ensimmäinen päivä',
    dayHint: 'Vainajan osuus päättyy samana päivänä; väliin ei jää päivääkään.',
    nothing: 'Tällä yhtiöllä ei ole mitään siirrettävää.',
    none: 'Mikään ei siirry tänä päivänä.',
    others: (n: number) => (n === 1 ? 'toinen osapuoli jää ennalleen' : `${n} muuta osapuolta jää ennalleen`),
    hidden: 'Osoite on suojattu',
    'not-begun': 'Ei siirry: alkaa vasta tämän päivän jälkeen.',
    'estate-has-it': 'Ei siirry: pesä on jo itse osapuoli.',
    company: 'Näet ja siirrät vain oman yhtiösi sopimukset. Toisen yhtiön sopimukset siirtää sen oma palvelija.',
    desk: 'Suojatun kodin siirtää henkilötietojen käsittelijä.',
    done: (contracts: number, homes: number) => `Pesälle siirtyi: ${said(contracts, homes)}.`,
    stands: 'Vainajan nimissä on vielä voimassa olevaa.',
    standsText: (contracts: number, homes: number) => `${said(contracts, homes)}.`,
    standsProtected: 'Tarkista, mitä kuolinpesälle siirtyy.',
    standsWhy:
      'Sopimukset ja asuminen jatkuvat kuolinpesän nimissä. Jos kuolemantieto perutaan, kaikki palaa henkilölle molemmissa yhtiöissä.',
    passed: 'Kuolinpesä on ottanut vastatakseen.',
    passedText: (contracts: number, homes: number, day: string) => `${said(contracts, homes)}, ${day} alkaen.`,
    passedWhy: 'Tämän yhtiön sopimukset. Väärän päivän voi perua ja siirtää uudelleen.',
    back: 'Peru siirto',
    backDone: 'Siirto on peruttu.',
  },
  sv: {
    title: 'För över till dödsboet',
    act: 'För över',
    lead: (estate: string) => `Övergår till: ${estate}`,
    day: 'Boets första dag',
    dayHint: 'Den avlidnas del upphör samma dag; ingen dag blir emellan.',
    nothing: 'Detta bolag har inget att föra över.',
    none: 'Inget övergår denna dag.',
    others: (n: number) => (n === 1 ? 'en annan part kvarstår' : `${n} andra parter kvarstår`),
    hidden: 'Adressen är skyddad',
    'not-begun': 'Övergår inte: börjar först efter denna dag.',
    'estate-has-it': 'Övergår inte: boet är redan själv part.',
    company:
      'Du ser och för över bara ditt eget bolags avtal. Det andra bolagets avtal förs över av dess egen rådgivare.',
    desk: 'Ett skyddat hem förs över av handläggaren av identitetsuppgifter.',
    done: (contracts: number, homes: number) => `Till boet övergick: ${saidSv(contracts, homes)}.`,
    stands: 'Något gäller ännu i den avlidnas namn.',
    standsText: (contracts: number, homes: number) => `${saidSv(contracts, homes)}.`,
    standsProtected: 'Se vad som övergår till dödsboet.',
    standsWhy:
      'Avtalen och boendet fortsätter i dödsboets namn. Om dödsfallet tas tillbaka återgår allt till personen i båda bolagen.',
    passed: 'Dödsboet har tagit över.',
    passedText: (contracts: number, homes: number, day: string) => `${saidSv(contracts, homes)}, från ${day}.`,
    passedWhy: 'Detta bolags avtal. En fel dag kan tas tillbaka och föras över på nytt.',
    back: 'Ta tillbaka överföringen',
    backDone: 'Överföringen är tillbakatagen.',
  },
  en: {
    title: 'Pass to the estate',
    act: 'Pass',
    lead: (estate: string) => `Passes to: ${estate}`,
    day: 'First day of the estate',
    dayHint: 'The part of the deceased ends on the same day; no day is left between.',
    nothing: 'This company has nothing to pass.',
    none: 'Nothing passes on that day.',
    others: (n: number) => (n === 1 ? 'another party remains' : `${n} other parties remain`),
    hidden: 'The address is protected',
    'not-begun': 'Does not pass: it begins only after that day.',
    'estate-has-it': 'Does not pass: the estate is a party already.',
    company:
      'You see and pass the contracts of your own company alone. Those of the other company are passed by its own agents.',
    desk: 'A protected home is passed by the identity officer.',
    done: (contracts: number, homes: number) => `Passed to the estate: ${saidEn(contracts, homes)}.`,
    stands: 'Something still stands in the name of the deceased.',
    standsText: (contracts: number, homes: number) => `${saidEn(contracts, homes)}.`,
    standsProtected: 'See what passes to the estate.',
    standsWhy:
      'Contracts and occupancy go on in the name of the estate. Should the death be taken back, all of it returns to the person in both companies.',
    passed: 'The estate has taken over.',
    passedText: (contracts: number, homes: number, day: string) => `${saidEn(contracts, homes)}, from ${day}.`,
    passedWhy: 'The contracts of this company. A wrong day can be taken back and passed again.',
    back: 'Take it back',
    backDone: 'Taken back from the estate.',
  },
})

function both(contracts: string, homes: string, of: readonly [number, number], and: string): string {
  return [of[0] > 0 ? contracts : '', of[1] > 0 ? homes : ''].filter(Boolean).join(and)
}
function said(contracts: number, homes: number): string {
  return both(
    contracts === 1 ? '1 sopimus' : `${contracts} sopimusta`,
    homes === 1 ? '1 käyttöpaikka' : `${homes} käyttöpaikkaa`,
    [contracts, homes],
    ' ja ',
  )
}
function saidSv(contracts: number, homes: number): string {
  return both(
    `${contracts} avtal`,
    homes === 1 ? '1 driftställe' : `${homes} driftställen`,
    [contracts, homes],
    ' och ',
  )
}
function saidEn(contracts: number, homes: number): string {
  return both(
    contracts === 1 ? '1 contract' : `${contracts} contracts`,
    homes === 1 ? '1 usage site' : `${homes} usage sites`,
    [contracts, homes],
    ' and ',
  )
}
