// The words for what the register refuses of meters.
import type { RefusalTexts } from '../../kit/refusals.ts'

export const refusals: RefusalTexts = {
  fi: {
    'meter.changed': ['Mittari on vaihtunut äsken.', 'Sulje ja katso, mikä mittari paikalla on nyt.'],
    'meter.overlaps': [
      'Paikalla tai toisella paikalla on jo tämä mittari tälle ajalle.',
      'Tarkista mittarin numero ja päivä.',
    ],
    'meter-reading.overlaps': ['Mittari on jo luettu samalla hetkellä.', 'Valitse toinen aika.'],
    'meter.future': ['Vaihto kirjataan vasta, kun se on tehty.', 'Valitse tämä päivä tai aiempi.'],
    'meter.before-it-came': ['Poistuva mittari on tullut vasta silloin tai myöhemmin.', 'Valitse myöhempi päivä.'],
    'meter.same': ['Tämä on poistuva mittari.', 'Anna uuden mittarin numero.'],
    'meter.stands-elsewhere': [
      'Tämän numeroinen mittari on toisella paikalla.',
      'Tarkista numero, tai kirjaa se ensin pois sieltä.',
    ],
    'meter.register-twice': ['Sama laskuri on kahdesti.', 'Valitse kukin kerran.'],
    'reading.each-register': ['Jokaisesta laskurista tarvitaan yksi lukema.', 'Täytä puuttuvat.'],
    'reading.below-former': [
      'Lukema on pienempi kuin edellinen.',
      'Korjaa lukema, tai kerro laskurin kiertäneen ympäri.',
    ],
    'reading.before-former': ['Mittari on luettu jo tämän jälkeen.', 'Valitse myöhempi aika.'],
  },
  sv: {
    'meter.changed': ['Mätaren har just bytts.', 'Stäng och se vilken mätare som finns där nu.'],
    'meter.overlaps': [
      'Mätaren finns redan här eller på en annan plats för denna tid.',
      'Kontrollera numret och dagen.',
    ],
    'meter-reading.overlaps': ['Mätaren är redan avläst vid samma tid.', 'Välj en annan tid.'],
    'meter.future': ['Bytet antecknas först när det är gjort.', 'Välj denna dag eller en tidigare.'],
    'meter.before-it-came': ['Mätaren som ska bort kom först då eller senare.', 'Välj en senare dag.'],
    'meter.same': ['Detta är mätaren som ska bort.', 'Ange den nya mätarens nummer.'],
    'meter.stands-elsewhere': [
      'En mätare med detta nummer finns på en annan plats.',
      'Kontrollera numret, eller anteckna den först borttagen där.',
    ],
    'meter.register-twice': ['Samma räkneverk finns två gånger.', 'Välj vart och ett en gång.'],
    'reading.each-register': ['En avläsning av varje räkneverk behövs.', 'Fyll i det som saknas.'],
    'reading.below-former': ['Avläsningen är lägre än den förra.', 'Rätta den, eller säg att räkneverket slagit runt.'],
    'reading.before-former': ['Mätaren är redan avläst efter detta.', 'Välj en senare tid.'],
  },
  en: {
    'meter.changed': ['The meter was changed just now.', 'Close, and see which meter stands there now.'],
    'meter.overlaps': ['This meter stands here or elsewhere at that time already.', 'Check the number and the day.'],
    'meter-reading.overlaps': ['The meter was read at that very moment already.', 'Choose another time.'],
    'meter.future': ['An exchange is recorded once it is done.', 'Choose today or an earlier day.'],
    'meter.before-it-came': ['The meter that is to go came only then, or later.', 'Choose a later day.'],
    'meter.same': ['This is the meter that is to go.', 'Give the number of the new one.'],
    'meter.stands-elsewhere': [
      'A meter of this number stands elsewhere.',
      'Check the number, or record that it has gone from there.',
    ],
    'meter.register-twice': ['One register is there twice.', 'Choose each once.'],
    'reading.each-register': ['One reading of each register is needed.', 'Fill in what is missing.'],
    'reading.below-former': ['The reading is below the former one.', 'Mend it, or say that the register went round.'],
    'reading.before-former': ['The meter was read after this already.', 'Choose a later time.'],
  },
}
