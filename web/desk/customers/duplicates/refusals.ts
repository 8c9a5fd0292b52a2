// What the register refuses of joining and parting, in words.
import type { RefusalTexts } from '../../../kit/refusals.ts'

export const refusals: RefusalTexts = {
  fi: {
    'parted.decided': ['Tästä on jo päätetty.', 'Lataa sivu uudelleen.'],
    'parted.not-found': ['Merkintää ei ole, tai se ei näy sinulle.', 'Lataa sivu uudelleen.'],
    'duplicate.not-found': ['Paria ei enää ole.', 'Toinen on päättänyt siitä, tai se ei kuulu tehtävääsi.'],
    'merge.already-joined': ['Toinen näistä on jo yhdistetty.', 'Katso yhdistetyt, ja pura ensin, jos se oli väärin.'],
    'merge.waiting': ['Näiden yhdistäminen odottaa jo hyväksyntää.', 'Pyydä työtoveria katsomaan se.'],
    'merge.own-proposal': ['Omaa ehdotusta ei voi hyväksyä.', 'Pyydä työtoveria katsomaan se.'],
    'merge.declined': ['Ehdotus on jo hylätty.', 'Tee uusi ehdotus, jos asia on muuttunut.'],
    'merge.not-joined': ['Nämä eivät ole enää yhdistettyinä.', 'Toinen on purkanut yhdistämisen.'],
  },
  sv: {
    'parted.decided': ['Det här har redan avgjorts.', 'Ladda om sidan.'],
    'parted.not-found': ['Anteckningen finns inte, eller visas inte för dig.', 'Ladda om sidan.'],
    'duplicate.not-found': [
      'Paret finns inte längre.',
      'Någon har avgjort det, eller så hör det inte till din uppgift.',
    ],
    'merge.already-joined': ['Den ena är redan sammanslagen.', 'Se de sammanslagna, och lös upp först om det var fel.'],
    'merge.waiting': ['Sammanslagningen väntar redan på godkännande.', 'Be en kollega se på den.'],
    'merge.own-proposal': ['Man kan inte godkänna sitt eget förslag.', 'Be en kollega se på det.'],
    'merge.declined': ['Förslaget har redan avslagits.', 'Gör ett nytt om saken har ändrats.'],
    'merge.not-joined': ['De är inte längre sammanslagna.', 'Någon har löst upp sammanslagningen.'],
  },
  en: {
    'parted.decided': ['This has been decided already.', 'Reload the page.'],
    'parted.not-found': ['There is no such entry, or it is not shown to you.', 'Reload the page.'],
    'duplicate.not-found': ['The pair is no longer there.', 'Someone has decided, or it does not belong to your task.'],
    'merge.already-joined': [
      'One of them is joined already.',
      'Look at the joined ones, and part them first if it was wrong.',
    ],
    'merge.waiting': ['Their joining waits for approval already.', 'Ask a colleague to look at it.'],
    'merge.own-proposal': ['One cannot approve one’s own proposal.', 'Ask a colleague to look at it.'],
    'merge.declined': ['The proposal was declined.', 'Make another if something has changed.'],
    'merge.not-joined': ['They are joined no longer.', 'Someone has parted them.'],
  },
}
