// The words of a death and its reversal.
import { words } from '../../../kit/words.ts'

export const texts = words({
  fi: {
    record: 'Kirjaa kuolema',
    recordHint:
      'Heti: markkinointi loppuu, edunvalvojan tehtävä päättyy ja kuolinpesä tulee osapuoleksi. Kaiken voi perua, jos tieto on väärä.',
    on: 'Kuolinpäivä',
    toldBy: 'Kuka kertoi',
    'population-register': 'Väestötietojärjestelmä',
    relative: 'Omainen',
    estate: 'Kuolinpesä',
    authority: 'Viranomainen',
    other: 'Muu',
    basis: 'Miten tiedetään',
    basisHint: 'Esimerkiksi virkatodistus 12.11.2026 tai omaisen puhelu',
    makeEstate: 'Perusta kuolinpesä ja liitä se asiakkaaseen',
    recorded: 'Kuolema kirjattu',
    reverse: 'Peru kuolemantieto',
    reverseHint:
      'Henkilö elää: markkinointiluvat ja edustukset palaavat niin kuin olivat, ja kuolinpesä suljetaan. Pesälle kirjattu säilyy.',
    reason: 'Miksi tieto oli väärä',
    reversed: 'Kuolemantieto peruttu',
  },
  sv: {
    record: 'Anteckna dödsfall',
    recordHint:
      'Genast: marknadsföringen upphör, intressebevakarens uppdrag upphör och dödsboet blir part. Allt kan tas tillbaka om uppgiften är fel.',
    on: 'Dödsdag',
    toldBy: 'Vem berättade',
    'population-register': 'Befolkningsdatasystemet',
    relative: 'Anhörig',
    estate: 'Dödsboet',
    authority: 'Myndighet',
    other: 'Annan',
    basis: 'Hur det är känt',
    basisHint: 'Till exempel ämbetsbevis 12.11.2026 eller samtal från en anhörig',
    makeEstate: 'Grunda dödsboet och länka det till kunden',
    recorded: 'Dödsfallet antecknat',
    reverse: 'Ta tillbaka dödsfallet',
    reverseHint:
      'Personen lever: marknadsföringstillstånd och företrädare återgår som de var, och dödsboet stängs. Det som antecknats för boet bevaras.',
    reason: 'Varför uppgiften var fel',
    reversed: 'Dödsfallet tillbakataget',
  },
  en: {
    record: 'Record a death',
    recordHint:
      'At once: marketing stops, a guardian’s task ends and the estate becomes a party. All of it can be taken back if it was a mistake.',
    on: 'Day of death',
    toldBy: 'Who told',
    'population-register': 'Population register',
    relative: 'A relative',
    estate: 'The estate',
    authority: 'An authority',
    other: 'Someone else',
    basis: 'How it is known',
    basisHint: 'For example a certificate of 12 November 2026, or a relative’s call',
    makeEstate: 'Make the estate and link it to the customer',
    recorded: 'Death recorded',
    reverse: 'Take back the death',
    reverseHint:
      'The person lives: permissions and representatives return as they were, and the estate is closed. What was recorded of it stays.',
    reason: 'Why it was a mistake',
    reversed: 'Death taken back',
  },
})
