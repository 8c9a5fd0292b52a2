// The words for what the register refuses of reasons, calls and the verification of callers.
import type { RefusalTexts } from '../../kit/refusals.ts'

export const refusals: RefusalTexts = {
  fi: {
    'reason.missing': ['Avaamiselle tarvitaan syy.', 'Valitse syy listalta.'],
    'reason.not-so': [
      'Syy ei pidä paikkaansa.',
      'Puhelu tai tehtävä ei ole sinun, koskee toista, tai on vanhentunut. Valitse syy uudelleen.',
    ],
    'reason.no-ground': [
      'Tällä syyllä ei voi muuttaa tietoja.',
      'Muutokseen tarvitaan puhelu, kirje, paikalla oleva asiakas tai oma virhe. Avaa kortti sillä syyllä.',
    ],
    'caller.not-verified': ['Näkyy, kun soittaja on varmistettu.', ''],
    'caller.out-of-scope': ['Soittajan valtuus ei riitä tähän.', 'Katso edustuksen laajuus varmistuksesta.'],
    'call.taken': ['Toinen ehti vastata.', 'Katso, kuka odottaa seuraavana.'],
    'call.not-found': ['Puhelua ei ole.', 'Se päättyi, tai se on toisen.'],
    'verification.asked-already': ['Tätä on jo kysytty.', 'Kysy jotakin muuta.'],
    'verification.over': ['Varmistus on päättynyt.', 'Aloita uudesta puhelusta.'],
    'verification.not-askable': ['Tehtäväsi ei salli tämän kysymistä.', 'Kysy jotakin muuta.'],
    'verification.nothing-to-ask': ['Tätä ei tunneta, joten sitä ei voi kysyä.', 'Kysy jotakin muuta.'],
    'representation.not-found': ['Edustus ei ole voimassa.', 'Katso edustajat uudelleen.'],
  },
  sv: {
    'reason.missing': ['Det behövs ett skäl för att öppna.', 'Välj ett skäl i listan.'],
    'reason.not-so': [
      'Skälet stämmer inte.',
      'Samtalet eller uppgiften är inte din, gäller någon annan eller är för gammal. Välj skälet på nytt.',
    ],
    'reason.no-ground': [
      'Med detta skäl kan uppgifter inte ändras.',
      'En ändring kräver ett samtal, ett brev, en kund på plats eller ett eget fel. Öppna kortet med det skälet.',
    ],
    'caller.not-verified': ['Visas när den som ringer har verifierats.', ''],
    'caller.out-of-scope': [
      'Den som ringer har inte befogenhet till detta.',
      'Se representationens omfattning i verifieringen.',
    ],
    'call.taken': ['Någon annan hann svara.', 'Se vem som väntar som nästa.'],
    'call.not-found': ['Samtalet finns inte.', 'Det har avslutats eller är någon annans.'],
    'verification.asked-already': ['Detta har redan frågats.', 'Fråga något annat.'],
    'verification.over': ['Verifieringen har upphört.', 'Börja med ett nytt samtal.'],
    'verification.not-askable': ['Din uppgift tillåter inte den frågan.', 'Fråga något annat.'],
    'verification.nothing-to-ask': ['Detta är inte känt och kan inte frågas.', 'Fråga något annat.'],
    'representation.not-found': ['Representationen gäller inte.', 'Se företrädarna på nytt.'],
  },
  en: {
    'reason.missing': ['Opening this needs a reason.', 'Choose one from the list.'],
    'reason.not-so': [
      'The reason is not so.',
      'The call or task is not yours, is about someone else, or is too old. Choose the reason again.',
    ],
    'reason.no-ground': [
      'Nothing is changed for this reason.',
      'A change takes a call, a letter, a customer who is here, or an error of ours. Open the card for that reason.',
    ],
    'caller.not-verified': ['Shown when the caller is verified.', ''],
    'caller.out-of-scope': ['The caller’s authority does not reach this.', 'See the scope of the representation.'],
    'call.taken': ['Someone else answered first.', 'See who waits next.'],
    'call.not-found': ['There is no such call.', 'It has ended, or is someone else’s.'],
    'verification.asked-already': ['This was asked already.', 'Ask something else.'],
    'verification.over': ['The verification is over.', 'Begin with a new call.'],
    'verification.not-askable': ['Your task does not permit asking this.', 'Ask something else.'],
    'verification.nothing-to-ask': ['This is not known, so it cannot be asked.', 'Ask something else.'],
    'representation.not-found': ['The representation is not in force.', 'See the representatives again.'],
  },
}
