// The words for what the register refuses of moves; the day that would do stands beside them.
import type { RefusalTexts } from '../../../kit/refusals.ts'

export const refusals: RefusalTexts = {
  fi: {
    'move.nothing': ['Muutosta puuttuu koti.', 'Valitse koti, josta tai johon muutetaan.'],
    'move.changed': ['Tiedot muuttuivat juuri.', 'Katso, mitä muutto nyt tekee, ja kirjaa uudelleen.'],
    'move.too-late': ['Muutto perutaan sen kirjaamispäivänä.', 'Kirjaa nyt uusi muutto, joka korjaa asian.'],
    'move.before-stay': [
      'Asiakas ei vielä asunut täällä.',
      'Pois voi muuttaa aikaisintaan sisäänmuuton seuraavana päivänä.',
    ],
    'move.left-already': ['Asiakas on jo kirjattu pois aiemmin.', 'Valitse se päivä, tai korjaa aiempi muutto ensin.'],
    'move.end-before-leaving': [
      'Sopimus ei voi päättyä ennen poismuuttoa.',
      'Asukas käyttää sähköä ja lämpöä siihen asti.',
    ],
    'move.end-past': [
      'Sähkösopimusta ei voi päättää takautuvasti.',
      'Asiakas maksaa päivään, jona muutosta kerrottiin.',
    ],
    'move.before-contract': [
      'Sopimus on vasta alkamassa.',
      'Se voi päättyä aikaisintaan alkamisen seuraavana päivänä.',
    ],
    'move.fixed-term': [
      'Yrityksen määräaika sitoo muutossakin.',
      'Siirrä sopimus uuteen kohteeseen, tai päätä se määräajan lopussa.',
    ],
    'move.same-home': ['Koti on se, josta muutetaan.', 'Valitse toinen koti.'],
    'move.lives-there': [
      'Asiakas asuu jo täällä rekisterin mukaan.',
      'Valitse päivä, jona entinen asuminen päättyy, tai toinen koti.',
    ],
    'move.begin-before-entering': ['Sopimus ei voi alkaa ennen muuttoa.', 'Uudessa kodissa ei silloin vielä asuta.'],
    'move.begin-past': ['Sähkösopimusta ei voi aloittaa takautuvasti.', 'Asuminen voi alkaa aiemmin kuin sopimus.'],
    'move.switch-notice': [
      'Kodissa asuu muita, joten kyse on myyjän vaihdosta.',
      'Sähkön myyjä vaihtuu vasta vaihtoajan jälkeen.',
    ],
    'move.served': [
      'Mittauspisteellä on toisen voimassa oleva sopimus.',
      'Ota päivä, jona se päättyy. Jos päivää ei ole, kirjaa ensin hänen muuttonsa pois.',
    ],
    'move.terms-missing': ['Ehtojen versio puuttuu.', 'Kirjoita, millä ehdoilla sopimus tehdään.'],
  },
  sv: {
    'move.nothing': ['Flytten saknar ett hem.', 'Välj det hem som lämnas eller dit hen flyttar.'],
    'move.changed': ['Uppgifterna ändrades just.', 'Se vad flytten nu medför och anteckna den på nytt.'],
    'move.too-late': ['En flytt tas tillbaka den dag då den antecknades.', 'Anteckna nu en ny flytt som rättar saken.'],
    'move.before-stay': ['Kunden bodde inte här ännu.', 'Hen kan flytta ut tidigast dagen efter inflyttningen.'],
    'move.left-already': [
      'Kunden är redan antecknad som utflyttad.',
      'Välj den dagen, eller rätta den tidigare flytten först.',
    ],
    'move.end-before-leaving': [
      'Avtalet kan inte upphöra före utflyttningen.',
      'Till dess används el och värme i hemmet.',
    ],
    'move.end-past': ['Ett elavtal kan inte avslutas retroaktivt.', 'Kunden betalar till den dag då flytten anmäldes.'],
    'move.before-contract': ['Avtalet har inte börjat ännu.', 'Det kan upphöra tidigast dagen efter att det börjat.'],
    'move.fixed-term': [
      'Företagets tidsbundna avtal binder också vid flytt.',
      'Flytta avtalet till det nya stället, eller avsluta det när tiden går ut.',
    ],
    'move.same-home': ['Hemmet är det som lämnas.', 'Välj ett annat hem.'],
    'move.lives-there': [
      'Kunden bor redan här enligt registret.',
      'Välj dagen då det tidigare boendet upphör, eller ett annat hem.',
    ],
    'move.begin-before-entering': [
      'Avtalet kan inte börja före inflyttningen.',
      'Då bor kunden ännu inte i det nya hemmet.',
    ],
    'move.begin-past': ['Ett elavtal kan inte börja retroaktivt.', 'Boendet kan börja tidigare än avtalet.'],
    'move.switch-notice': [
      'Andra bor kvar, så det är ett byte av elförsäljare.',
      'Försäljaren byts först efter bytestiden.',
    ],
    'move.served': [
      'Mätpunkten har någon annans gällande avtal.',
      'Ta dagen då det upphör. Finns ingen dag, anteckna först den andras utflyttning.',
    ],
    'move.terms-missing': ['Villkorens version saknas.', 'Skriv med vilka villkor avtalet ingås.'],
  },
  en: {
    'move.nothing': ['The move lacks a home.', 'Choose the home that is left or entered.'],
    'move.changed': ['Something changed just now.', 'See what the move does now, and record it again.'],
    'move.too-late': ['A move is taken back on the day it was recorded.', 'Record a new move that mends it.'],
    'move.before-stay': [
      'The customer did not live here yet.',
      'They can leave on the day after they came at the earliest.',
    ],
    'move.left-already': [
      'The customer is recorded as gone already.',
      'Choose that day, or mend the earlier move first.',
    ],
    'move.end-before-leaving': ['A contract cannot end before they leave.', 'Until then they use what is measured.'],
    'move.end-past': [
      'An electricity contract cannot be ended in the past.',
      'The customer pays until the day on which the move was told.',
    ],
    'move.before-contract': ['The contract has only begun.', 'It can end on the day after it began at the earliest.'],
    'move.fixed-term': [
      'A company’s fixed term binds when moving too.',
      'Move the contract to the new site, or end it when the term is over.',
    ],
    'move.same-home': ['It is the home that is left.', 'Choose another.'],
    'move.lives-there': [
      'By the register the customer lives here already.',
      'Choose the day on which the former stay ends, or another home.',
    ],
    'move.begin-before-entering': [
      'A contract cannot begin before they come.',
      'They do not live in the new home yet.',
    ],
    'move.begin-past': [
      'An electricity contract cannot begin in the past.',
      'Living there can begin before the contract.',
    ],
    'move.switch-notice': [
      'Others live on there, so it is a change of supplier.',
      'The supplier changes only after the notice.',
    ],
    'move.served': [
      'Somebody else’s contract runs at the point.',
      'Take the day on which it ends. If there is none, record their move out first.',
    ],
    'move.terms-missing': ['The version of the terms is missing.', 'Write by which terms it is agreed.'],
  },
}
