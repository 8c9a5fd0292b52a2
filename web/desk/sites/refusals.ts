// The words for what the register refuses of usage sites.
import type { RefusalTexts } from '../../kit/refusals.ts'

export const refusals: RefusalTexts = {
  fi: {
    'point.not-found': [
      'Käyttöpaikkatunnusta ei löydy.',
      'Se ei kuulu tehtävääsi tällä yhtiöllä, tai koti on suojattu.',
    ],
    'point.kept-by-another': [
      'Tätä tietoa ylläpitää toinen yhtiö.',
      'Sähkön mittauksesta vastaa verkkoyhtiö, muista energioista niiden myyjä.',
    ],
    'point-facts.changed': ['Toinen muutti tätä äsken.', 'Vertaa ja tallenna omasi, tai pidä toisen.'],
    'point-facts.overlaps': ['Samalle ajalle tallennettiin juuri toiset tiedot.', 'Katso, mitä nyt on voimassa.'],
    'point-facts.other-energy': ['Tieto ei kuulu tälle energialle.', 'Jätä se tyhjäksi.'],
    'point-facts.resolution': [
      'Jatkuva mittaus tarvitsee mittausvälin, muilla sitä ei ole.',
      'Valitse 15 tai 60 minuuttia, tai toinen mittaustapa.',
    ],
    'point-facts.flow-and-power': ['Lämmöllä on sopimusvesivirta tai sopimusteho.', 'Jätä toinen tyhjäksi.'],
    'grid-area.malformed': [
      'Verkkoaluetunnuksessa on 16 merkkiä.',
      'Kaksi numeroa, Y ja isoja kirjaimia, numeroita tai viivoja.',
    ],
    'annual-estimate.changed': ['Toinen muutti arviota äsken.', 'Vertaa ja tallenna omasi, tai pidä toisen.'],
    'annual-estimate.overlaps': ['Samalle ajalle tallennettiin juuri toinen arvio.', 'Katso, mitä nyt on voimassa.'],
    'estimate.bands': ['Arvio annetaan koko aikajaolle.', 'Koko vuosi, päivä ja yö, tai talvipäivä ja muu aika.'],
    'estimate.other-energy': ['Vain sähkön arvio jaetaan.', 'Anna koko vuoden arvio.'],
    'estimate.other-bands-that-day': ['Samana päivänä alkaa jo arvio toisella aikajaolla.', 'Valitse toinen päivä.'],
    'site.not-found': ['Käyttöpaikkaa ei löydy.', 'Se ei kuulu tehtävääsi tällä yhtiöllä.'],
    'customer-or-site.not-found': [
      'Asiakasta tai käyttöpaikkaa ei löydy.',
      'Jompikumpi ei kuulu tehtävääsi tällä yhtiöllä, tai se on suojattu.',
    ],
    'occupancy.overlaps': [
      'Asiakas on jo kirjattu tänne tälle ajalle.',
      'Kirjaa ensin muutto pois, tai valitse toinen päivä.',
    ],
    'occupancy.changed': ['Toinen muutti tätä äsken.', 'Katso uusi tieto ja kirjaa muutto uudelleen.'],
    'period.empty': ['Päättyminen ei voi olla alkamispäivä tai sitä ennen.', 'Valitse myöhempi päivä.'],
    'postcode.unknown': ['Postinumeroa ei ole.', 'Tarkista viisi numeroa.'],
    'postcode.not-found': ['Postinumeroa ei ole.', 'Tarkista viisi numeroa.'],
    'point-code.malformed': ['Sähkön käyttöpaikkatunnuksessa on 18 numeroa.', 'Tarkista tunnus.'],
    'point-code.not-finnish': ['Suomalainen käyttöpaikkatunnus alkaa 64.', 'Tarkista tunnus.'],
    'point-code.wrong-check': [
      'Tunnuksen tarkistusnumero ei täsmää.',
      'Jokin numero on väärin tai kaksi on vaihtanut paikkaa.',
    ],
    'accounting-point.overlaps': ['Tunnus on jo toisella käyttöpaikalla.', 'Etsi se tunnuksella.'],
    'connection.no-size': ['Liittymän koko puuttuu.', 'Anna pääsulake tai teho.'],
    'connection.overlaps': ['Käyttöpaikalla on jo liittymä tälle ajalle.', 'Päätä se ensin.'],
  },
  sv: {
    'point.not-found': [
      'Driftställets kod hittas inte.',
      'Den hör inte till din uppgift för detta bolag, eller så är hemmet skyddat.',
    ],
    'point.kept-by-another': [
      'Ett annat bolag upprätthåller denna uppgift.',
      'Nätbolaget svarar för elmätningen, säljaren för de andra energierna.',
    ],
    'point-facts.changed': ['Någon ändrade detta nyss.', 'Jämför och spara din, eller behåll den andras.'],
    'point-facts.overlaps': ['Andra uppgifter sparades just för samma tid.', 'Se vad som gäller nu.'],
    'point-facts.other-energy': ['Uppgiften hör inte till denna energi.', 'Lämna den tom.'],
    'point-facts.resolution': [
      'Kontinuerlig mätning behöver ett mätintervall, annan mätning har inget.',
      'Välj 15 eller 60 minuter, eller ett annat mätsätt.',
    ],
    'point-facts.flow-and-power': ['Värme har avtalsflöde eller avtalseffekt.', 'Lämna den ena tom.'],
    'grid-area.malformed': [
      'Nätområdets kod har 16 tecken.',
      'Två siffror, Y och versaler, siffror eller bindestreck.',
    ],
    'annual-estimate.changed': ['Någon ändrade uppskattningen nyss.', 'Jämför och spara din, eller behåll den andras.'],
    'annual-estimate.overlaps': ['En annan uppskattning sparades just för samma tid.', 'Se vad som gäller nu.'],
    'estimate.bands': [
      'Uppskattningen ges för hela tidsindelningen.',
      'Hela året, dag och natt, eller vinterdag och övrig tid.',
    ],
    'estimate.other-energy': ['Bara uppskattningen av el indelas.', 'Ange hela årets uppskattning.'],
    'estimate.other-bands-that-day': [
      'Samma dag börjar redan en uppskattning med annan tidsindelning.',
      'Välj en annan dag.',
    ],
    'site.not-found': ['Driftstället hittas inte.', 'Det hör inte till din uppgift för detta bolag.'],
    'customer-or-site.not-found': [
      'Kunden eller driftstället hittas inte.',
      'Ettdera hör inte till din uppgift för detta bolag, eller är skyddat.',
    ],
    'occupancy.overlaps': [
      'Kunden är redan antecknad här för denna tid.',
      'Anteckna först utflyttningen, eller välj en annan dag.',
    ],
    'occupancy.changed': ['Någon ändrade detta nyss.', 'Se den nya uppgiften och anteckna flytten på nytt.'],
    'period.empty': ['Slutet kan inte vara begynnelsedagen eller före den.', 'Välj en senare dag.'],
    'postcode.unknown': ['Postnumret finns inte.', 'Kontrollera de fem siffrorna.'],
    'postcode.not-found': ['Postnumret finns inte.', 'Kontrollera de fem siffrorna.'],
    'point-code.malformed': ['Koden för ett eldriftställe har 18 siffror.', 'Kontrollera koden.'],
    'point-code.not-finnish': ['En finländsk kod börjar med 64.', 'Kontrollera koden.'],
    'point-code.wrong-check': ['Kodens kontrollsiffra stämmer inte.', 'En siffra är fel eller två har bytt plats.'],
    'accounting-point.overlaps': ['Koden finns redan vid ett annat driftställe.', 'Sök med koden.'],
    'connection.no-size': ['Anslutningens storlek saknas.', 'Ange huvudsäkring eller effekt.'],
    'connection.overlaps': ['Driftstället har redan en anslutning för denna tid.', 'Avsluta den först.'],
  },
  en: {
    'point.not-found': [
      'No such accounting point.',
      'It does not belong to your task for this company, or the home is protected.',
    ],
    'point.kept-by-another': [
      'Another company keeps this.',
      'The network company answers for the metering of electricity, the seller for the other energies.',
    ],
    'point-facts.changed': ['Someone changed this just now.', 'Compare, and save yours or keep theirs.'],
    'point-facts.overlaps': ['Other facts were saved for that time just now.', 'See what holds now.'],
    'point-facts.other-energy': ['This does not belong to the energy.', 'Leave it empty.'],
    'point-facts.resolution': [
      'Continuous metering needs an interval; no other metering has one.',
      'Choose 15 or 60 minutes, or another way of metering.',
    ],
    'point-facts.flow-and-power': ['Heat has a contract flow or a contract power.', 'Leave one of them empty.'],
    'grid-area.malformed': [
      'The code of a grid area has 16 characters.',
      'Two digits, Y, and capitals, digits or hyphens.',
    ],
    'annual-estimate.changed': ['Someone changed the estimate just now.', 'Compare, and save yours or keep theirs.'],
    'annual-estimate.overlaps': ['Another estimate was saved for that time just now.', 'See what holds now.'],
    'estimate.bands': [
      'An estimate is given in a whole time division.',
      'The whole year, day and night, or winter day and other time.',
    ],
    'estimate.other-energy': ['Only an estimate of electricity is divided.', 'Give that of the whole year.'],
    'estimate.other-bands-that-day': [
      'An estimate in other time bands begins that day already.',
      'Choose another day.',
    ],
    'site.not-found': ['No such usage site.', 'It does not belong to your task for this company.'],
    'customer-or-site.not-found': [
      'No such customer or usage site.',
      'One of them does not belong to your task for this company, or is protected.',
    ],
    'occupancy.overlaps': [
      'The customer lives here at that time already.',
      'Record the move out first, or choose another day.',
    ],
    'occupancy.changed': ['Someone changed this just now.', 'See what is there now, and record the move again.'],
    'period.empty': ['It cannot end on the day it begins, or before.', 'Choose a later day.'],
    'postcode.unknown': ['There is no such postcode.', 'Check the five digits.'],
    'postcode.not-found': ['There is no such postcode.', 'Check the five digits.'],
    'point-code.malformed': ['The code of an electricity point has 18 digits.', 'Check the code.'],
    'point-code.not-finnish': ['A Finnish code begins with 64.', 'Check the code.'],
    'point-code.wrong-check': ['The check digit does not agree.', 'A digit is wrong, or two are swapped.'],
    'accounting-point.overlaps': ['Another usage site has this code.', 'Look it up by the code.'],
    'connection.no-size': ['The size of the connection is missing.', 'Give the main fuse or the capacity.'],
    'connection.overlaps': ['The site has a connection for that time already.', 'End it first.'],
  },
}
