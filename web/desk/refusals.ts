// The words for the codes of the chapters' own rules: what happened, and what to do now.
import { useSyncExternalStore } from 'react'
import { languages } from '../../register/vocabulary.ts'
import type { RefusalTexts } from '../kit/refusals.ts'

const shared: RefusalTexts = {
  fi: {
    'row.changed-meanwhile': [
      'Asiakkaan tiedot muuttuivat juuri, kun tallensit.',
      'Avaa asiakas uudelleen ja tallenna sitten.',
    ],
    'file.missing': ['Pyynnössä ei ole tiedostoa.', 'Valitse tiedosto ja lähetä se uudelleen.'],
    'file.too-large': ['Tiedosto on liian suuri.', 'Jaa se osiin; kussakin on oltava otsikkorivi.'],
    'table.empty': [
      'Tiedostossa ei ole rivejä.',
      'Ensimmäisellä rivillä on oltava sarakkeiden nimet ja sen alla tiedot.',
    ],
    'table.no-table': [
      'Tiedosto ei ole taulukko.',
      'Avaa se taulukkolaskennassa ja tallenna CSV UTF-8 ‑muodossa tai .xlsx-tiedostona ilman salasanaa.',
    ],
    'table.not-workbook': [
      'Tiedosto ei ole Excel-työkirja.',
      'Tallenna se .xlsx-tiedostona tai CSV:nä ja tuo uudelleen.',
    ],
    'table.damaged': ['Työkirja on vioittunut.', 'Avaa se taulukkolaskennassa ja tallenna uudelleen.'],
    'table.encrypted': ['Työkirja on suojattu salasanalla.', 'Tallenna se ilman salasanaa.'],
    'table.bomb': [
      'Työkirja on pakattu tavalla, jota mikään taulukko ei tarvitse.',
      'Sitä ei lueta. Pyydä lähettäjältä uusi tiedosto.',
    ],
    'table.too-large': ['Työkirja on liian suuri luettavaksi.', 'Tallenna se CSV:nä tai jaa osiin.'],
    'table.header': ['Otsikkoriviä ei voi lukea.', 'Anna jokaiselle sarakkeelle oma nimi ja tuo tiedosto uudelleen.'],
    'table.too-many-columns': ['Sarakkeita on liikaa.', 'Jätä vain tarvittavat sarakkeet.'],
    'table.encoding-unknown': ['Tiedoston merkistöä ei tunneta.', 'Tallenna se CSV UTF-8 ‑muodossa.'],
    'table.changed': ['Tiedosto lyheni lukemisen aikana.', 'Tuo se uudelleen, kun se on valmis.'],
    'message.not-e66': ['Sanoma ei ole mittaussanoma (E66).', 'Tuo sanoma, jossa on mittausarvoja.'],
    'message.cut-off': ['Sanoma loppuu kesken.', 'Tuo se uudelleen, kun se on valmis.'],
    'message.broken': ['Sanoman XML on viallinen.', 'Pyydä lähettäjältä ehjä sanoma.'],
    'message.empty': ['Sanomassa ei ole yhtään aikasarjaa.', 'Tarkista, että tiedosto on oikea.'],
    'message.too-long': ['Sanoman aikasarja on liian pitkä.', 'Pyydä lähettäjältä aikasarja useassa osassa.'],
    'message.tags': ['Sanoman aikasarjat on merkitty eri tavoin.', 'Tuo sanomat erikseen.'],
    'import.same-file': ['Sama tiedosto on jo tuotu.', 'Mitään ei tarvitse tehdä.'],
    'file.damaged': ['Tiedosto on muuttunut levyllä, eikä sitä voi lukea.', 'Tuo se uudelleen.'],
    'table.no-file': ['Tiedostoa ei enää ole.', 'Tuo se uudelleen.'],
    'import.not-found': ['Tuontia ei ole.', 'Se on hylätty tai kuuluu toiselle yhtiölle.'],
    'import.taken-in': [
      'Rivejä on jo otettu sisään.',
      'Kumoa tuonti, jos rivit ovat vääriä, tai tuo korjattu tiedosto.',
    ],
    'import.running': ['Tuonti on jo käynnissä tai valmis.', 'Lataa sivu uudelleen.'],
    'import.not-running': ['Tuonti ei ole käynnissä.', 'Lataa sivu uudelleen.'],
    'import.not-undoable': ['Tuontia ei voi nyt kumota.', 'Odota, että se pysähtyy.'],
    'import.nothing-to-replay': ['Virheellisiä rivejä ei voi nyt ottaa uudelleen.', 'Odota, että tuonti pysähtyy.'],
    'import.columns': ['Sarakkeita puuttuu.', 'Valitse puuttuvat sarakkeet ja nimeä lähettäjä.'],
    'column.none': ['Tiedostossa ei ole valittua saraketta.', 'Valitse sarakkeet uudelleen.'],
    'sign-in.refused': ['Tunnus, salasana tai koodi ei ole oikein.', 'Tarkista ja yritä uudelleen.'],
    'sign-in.resting': ['Liian monta väärää yritystä.', 'Odota hetki ennen seuraavaa.'],
    'session.missing': ['Kirjautuminen vanheni.', 'Aloita alusta.'],
    'phone.unusable': ['Tämä ei ole puhelinnumero.', 'Kirjoita se muodossa 050 123 4567 tai +358…'],
    'email.unusable': ['Tämä ei ole sähköpostiosoite.', 'Kirjoita se muodossa nimi@esimerkki.fi.'],
    'contact-detail.changed': ['Toinen muutti tietoa äsken.', 'Katso uusi tieto ja tee muutoksesi siihen.'],
    'customer.not-found': ['Asiakasta ei löydy.', 'Hän ei kuulu tehtävääsi tällä yhtiöllä, tai numero on väärä.'],
    'contact-point.overlaps': ['Sama tieto on jo asiakkaalla.', 'Käytä sitä, tai päätä aiempi ensin.'],
  },
  sv: {
    'row.changed-meanwhile': [
      'Kundens uppgifter ändrades just när du sparade.',
      'Öppna kunden på nytt och spara sedan.',
    ],
    'file.missing': ['Ingen fil i begäran.', 'Välj filen och skicka den på nytt.'],
    'file.too-large': ['Filen är för stor.', 'Dela den; varje del behöver rubrikraden.'],
    'table.empty': ['Filen har inga rader.', 'På första raden ska kolumnerna ha namn och uppgifterna stå under den.'],
    'table.no-table': [
      'Filen är ingen tabell.',
      'Öppna den i ett kalkylprogram och spara som CSV UTF-8 eller .xlsx utan lösenord.',
    ],
    'table.not-workbook': [
      'Filen är ingen Excel-arbetsbok.',
      'Spara den som .xlsx eller CSV och hämta in den på nytt.',
    ],
    'table.damaged': ['Arbetsboken är skadad.', 'Öppna den i ett kalkylprogram och spara på nytt.'],
    'table.encrypted': ['Arbetsboken är skyddad med lösenord.', 'Spara den utan lösenord.'],
    'table.bomb': [
      'Arbetsboken är packad på ett sätt som ingen tabell behöver.',
      'Den läses inte. Be avsändaren om en ny fil.',
    ],
    'table.too-large': ['Arbetsboken är för stor.', 'Spara den som CSV eller dela den.'],
    'table.header': ['Rubrikraden kan inte läsas.', 'Ge varje kolumn ett eget namn och hämta in filen på nytt.'],
    'table.too-many-columns': ['Kolumnerna är för många.', 'Behåll bara de kolumner som behövs.'],
    'table.encoding-unknown': ['Filens teckenkodning är okänd.', 'Spara den som CSV UTF-8.'],
    'table.changed': ['Filen blev kortare medan den lästes.', 'Hämta in den på nytt när den är färdig.'],
    'message.not-e66': ['Meddelandet är inget mätmeddelande (E66).', 'Hämta in ett meddelande med mätvärden.'],
    'message.cut-off': ['Meddelandet är avbrutet.', 'Hämta in det på nytt när det är färdigt.'],
    'message.broken': ['Meddelandets XML är trasig.', 'Be avsändaren om ett helt meddelande.'],
    'message.empty': ['Meddelandet har ingen tidsserie.', 'Kontrollera att filen är den rätta.'],
    'message.too-long': ['En tidsserie i meddelandet är för lång.', 'Be avsändaren dela den.'],
    'message.tags': ['Tidsserierna i meddelandet är märkta på olika sätt.', 'Hämta in meddelandena var för sig.'],
    'import.same-file': ['Samma fil har redan tagits in.', 'Inget behöver göras.'],
    'file.damaged': ['Filen har ändrats på disken och kan inte läsas.', 'Ta in den på nytt.'],
    'table.no-file': ['Filen finns inte längre.', 'Hämta in den på nytt.'],
    'import.not-found': ['Importen finns inte.', 'Den har förkastats eller hör till ett annat bolag.'],
    'import.taken-in': [
      'Rader har redan tagits in.',
      'Ångra importen om raderna är fel, eller hämta in en rättad fil.',
    ],
    'import.running': ['Importen pågår redan eller är klar.', 'Ladda om sidan.'],
    'import.not-running': ['Importen pågår inte.', 'Ladda om sidan.'],
    'import.not-undoable': ['Importen kan inte ångras nu.', 'Vänta tills den stannar.'],
    'import.nothing-to-replay': ['De felaktiga raderna kan inte tas på nytt nu.', 'Vänta tills importen stannar.'],
    'import.columns': ['Kolumner saknas.', 'Välj de kolumner som saknas och namnge avsändaren.'],
    'column.none': ['Filen har ingen sådan kolumn.', 'Välj kolumnerna på nytt.'],
    'sign-in.refused': ['Användarnamnet, lösenordet eller koden är fel.', 'Kontrollera och försök igen.'],
    'sign-in.resting': ['För många felaktiga försök.', 'Vänta en stund före nästa.'],
    'session.missing': ['Inloggningen har föråldrats.', 'Börja om.'],
    'phone.unusable': ['Detta är inte ett telefonnummer.', 'Skriv det som 050 123 4567 eller +358…'],
    'email.unusable': ['Detta är inte en e-postadress.', 'Skriv den som namn@exempel.fi.'],
    'contact-detail.changed': ['Någon ändrade uppgiften nyss.', 'Se den nya uppgiften och gör din ändring i den.'],
    'customer.not-found': [
      'Kunden hittas inte.',
      'Hen hör inte till din uppgift för detta bolag, eller numret är fel.',
    ],
    'contact-point.overlaps': ['Kunden har redan denna uppgift.', 'Använd den, eller avsluta den tidigare först.'],
  },
  en: {
    'row.changed-meanwhile': ['The customer changed just as you saved.', 'Open the customer again, then save.'],
    'file.missing': ['There is no file in the request.', 'Choose the file and send it again.'],
    'file.too-large': ['The file is too large.', 'Divide it; each part needs the header row.'],
    'table.empty': ['The file has no rows.', 'Its first row names the columns, and the data stands below it.'],
    'table.no-table': [
      'The file is not a table.',
      'Open it in a spreadsheet program and save it as CSV UTF-8 or as .xlsx without a password.',
    ],
    'table.not-workbook': ['The file is not an Excel workbook.', 'Save it as .xlsx or as CSV and bring it again.'],
    'table.damaged': ['The workbook is damaged.', 'Open it in a spreadsheet program and save it again.'],
    'table.encrypted': ['The workbook is protected by a password.', 'Save it without one.'],
    'table.bomb': ['The workbook is packed as no table needs to be.', 'It is not read. Ask its sender for a new file.'],
    'table.too-large': ['The workbook is too large to be read.', 'Save it as CSV, or divide it.'],
    'table.header': ['The header row cannot be read.', 'Give each column a name of its own and bring the file again.'],
    'table.too-many-columns': ['There are too many columns.', 'Keep only those that are needed.'],
    'table.encoding-unknown': ['The encoding of the file is not known.', 'Save it as CSV UTF-8.'],
    'table.changed': ['The file became shorter while it was read.', 'Bring it again when it is complete.'],
    'message.not-e66': ['The message is no metering message (E66).', 'Bring one that holds metered values.'],
    'message.cut-off': ['The message ends too early.', 'Bring it again when it is complete.'],
    'message.broken': ['The XML of the message is broken.', 'Ask its sender for a sound one.'],
    'message.empty': ['The message holds no time series.', 'Check that it is the right file.'],
    'message.too-long': ['A time series of the message is too long.', 'Ask its sender to divide it.'],
    'message.tags': ['The time series of the message are marked in different ways.', 'Bring the messages one by one.'],
    'import.same-file': ['The same file came in before.', 'Nothing needs to be done.'],
    'file.damaged': ['The file was altered on the disk and cannot be read.', 'Bring it again.'],
    'table.no-file': ['The file is no longer there.', 'Bring it again.'],
    'import.not-found': ['There is no such import.', 'It was thrown away, or it belongs to the other company.'],
    'import.taken-in': ['Rows have come in already.', 'Undo the import if they are wrong, or bring a mended file.'],
    'import.running': ['The import is under way or done.', 'Load the page again.'],
    'import.not-running': ['The import is not under way.', 'Load the page again.'],
    'import.not-undoable': ['The import cannot be undone now.', 'Wait until it has come to rest.'],
    'import.nothing-to-replay': [
      'The faulty rows cannot be taken again now.',
      'Wait until the import has come to rest.',
    ],
    'import.columns': ['Columns are missing.', 'Choose the missing columns and name the sender.'],
    'column.none': ['The file has no such column.', 'Choose the columns again.'],
    'sign-in.refused': ['User name, password or code is not right.', 'Check and try again.'],
    'sign-in.resting': ['Too many wrong attempts.', 'Wait a moment before the next.'],
    'session.missing': ['Signing in took too long.', 'Begin again.'],
    'phone.unusable': ['This is not a telephone number.', 'Write it as 050 123 4567 or +358…'],
    'email.unusable': ['This is not an e-mail address.', 'Write it as name@example.fi.'],
    'contact-detail.changed': ['Someone changed this just now.', 'See the new value and make your change to it.'],
    'customer.not-found': [
      'No such customer.',
      'They do not belong to your task for this company, or the number is wrong.',
    ],
    'contact-point.overlaps': ['The customer has this already.', 'Use it, or end the earlier one first.'],
  },
}

/** What is said now: of the first page and of signing in, and of the chapters once they are there. */
let now = shared
const listeners = new Set<() => void>()

/** The chapters' own words, with the first page that can meet them: the first view does not wait for what it cannot be refused. */
export const loadRefusals = async (): Promise<void> => {
  if (now !== shared) return
  const chapters = await Promise.all([
    import('./customers/refusals.ts'),
    import('./customers/duplicates/refusals.ts'),
    import('./sites/refusals.ts'),
    import('./metering/refusals.ts'),
    import('./contracts/refusals.ts'),
    import('./contracts/moves/refusals.ts'),
    import('./contacts/refusals.ts'),
    import('./access/refusals.ts'),
  ])
  now = Object.fromEntries(
    languages.map((each) => [each, Object.assign({}, shared[each], ...chapters.map(({ refusals }) => refusals[each]))]),
  ) as RefusalTexts
  for (const listener of listeners) listener()
}

export const useRefusals = (): RefusalTexts =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => now,
  )
