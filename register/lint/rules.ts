// What the linter may find, each with the point of law it rests on, in the three languages. `{name}` is filled in by the finding.
import type { LawId } from '../description.ts'
import type { Words } from '../vocabulary.ts'

export type Rule = {
  readonly law: LawId
  readonly article: string
  readonly message: Words
  /** Judgments and decisions that say how the point is read. */
  readonly see?: readonly LawId[]
}

const gdpr = (article: string, fi: string, sv: string, en: string): Rule => ({
  law: 'gdpr',
  article: `art. ${article}`,
  message: { fi, sv, en },
})

const right = (article: string, fi: string, sv: string, en: string): Rule =>
  gdpr(
    article === '77'
      ? '13(2)(d), 77'
      : article === '7(3)'
        ? '13(2)(c), 7(3)'
        : article === '22'
          ? '22'
          : `13(2)(b), ${article}`,
    `puuttuu oikeus: ${fi}`,
    `rättigheten saknas: ${sv}`,
    `the right is not told: ${en}`,
  )

export const rules = {
  // --- Who ---
  'controller.missing': gdpr(
    '13(1)(a)',
    'rekisterinpitäjää ei ole nimetty; anna nimi, osoite ja yhteystieto',
    'den personuppgiftsansvarige är inte angiven; ge namn, adress och kontaktuppgift',
    'no controller is named; give name, address and contact',
  ),
  'controller.contact': gdpr(
    '13(1)(a)',
    'rekisterinpitäjällä {name} ei ole yhteystietoa; anna sähköpostiosoite tai puhelinnumero',
    'den personuppgiftsansvarige {name} saknar kontaktuppgift; ge e-postadress eller telefonnummer',
    'the controller {name} has no contact; give an e-mail address or a telephone number',
  ),
  'joint.missing': gdpr(
    '26(2)',
    'rekisterinpitäjiä on useita, mutta niiden keskinäisen järjestelyn sisältöä ei kerrota; kerro, kuka vastaa mistäkin',
    'de personuppgiftsansvariga är flera, men innehållet i deras arrangemang anges inte; berätta vem som svarar för vad',
    'there are several controllers, and the essence of their arrangement is not told; say who answers for what',
  ),
  'dpo.missing': gdpr(
    '13(1)(b)',
    'tietosuojavastaavaa ei ole nimetty tehtävänä; anna tehtävä ja yhteystieto',
    'dataskyddsombudet anges inte som roll; ge roll och kontaktuppgift',
    'no data protection officer is named as a role; give the role and its contact',
  ),
  // --- Why ---
  'purpose.missing': gdpr(
    '13(1)(c)',
    'käsittelyn tarkoituksia ei kerrota',
    'ändamålen med behandlingen anges inte',
    'the purposes of the processing are not told',
  ),
  'basis.missing': gdpr(
    '13(1)(c), 6(1)',
    'tarkoituksella {name} ei ole oikeusperustetta; nimeä 6(1) artiklan kohta',
    'ändamålet {name} saknar rättslig grund; ange punkten i artikel 6.1',
    'the purpose {name} has no legal basis; name the point of article 6(1)',
  ),
  'basis.untold': gdpr(
    '13(1)(c), 6(1)',
    'käsittelyn oikeusperusteita ei kerrota; nimeä jokaiselle tarkoitukselle 6(1) artiklan kohta',
    'de rättsliga grunderna anges inte; ange för varje ändamål punkten i artikel 6.1',
    'no legal basis is told; name for each purpose the point of article 6(1)',
  ),
  'basis.duty': gdpr(
    '6(1)(c), 6(3)',
    'tarkoitus {name} vetoaa lakisääteiseen velvollisuuteen nimeämättä lakia',
    'ändamålet {name} hänvisar till en rättslig förpliktelse utan att nämna lagen',
    'the purpose {name} relies on a legal obligation without naming the act',
  ),
  'interest.missing': gdpr(
    '13(1)(d)',
    'oikeutettua etua ei nimetä, vaikka kaikki tarkoitukset eivät perustu sopimukseen, lakiin tai suostumukseen; kerro, mikä etu on',
    'inget berättigat intresse anges, fast alla ändamål inte vilar på avtal, lag eller samtycke; berätta vilket intresset är',
    'no legitimate interest is named, though not every purpose rests on contract, law or consent; say what the interest is',
  ),
  'balancing.missing': gdpr(
    '6(1)(f), 5(2)',
    'tarkoituksella {name} ei ole tasapainotestiä; anna sen tunnus ja päivä',
    'ändamålet {name} saknar intresseavvägning; ange dess beteckning och datum',
    'the purpose {name} has no balancing test; give its id and date',
  ),
  'basis.general': gdpr(
    '13(1)(c)',
    'oikeusperuste on yleinen viittaus lainsäädäntöön; nimeä peruste jokaiselle tarkoitukselle',
    'den rättsliga grunden är en allmän hänvisning till lagstiftningen; ange grunden för varje ändamål',
    'the legal basis is a general reference to legislation; name the basis of each purpose',
  ),
  // --- What ---
  'category.missing': gdpr(
    '14(1)(d), 30(1)(c)',
    'käsiteltäviä tietoryhmiä ei kerrota',
    'kategorierna av personuppgifter anges inte',
    'the categories of personal data are not told',
  ),
  'category.open-ended': gdpr(
    '14(1)(d), 5(1)(c)',
    '"{name}" jättää tietosisällön avoimeksi; luettele tietoryhmät',
    '"{name}" lämnar uppgifterna öppna; räkna upp kategorierna',
    '"{name}" leaves open what is collected; list the categories',
  ),
  'subject.missing': gdpr(
    '30(1)(c)',
    'ei kerrota, keiden tietoja rekisterissä on (rekisteröityjen ryhmät)',
    'det anges inte vems uppgifter registret innehåller (kategorier av registrerade)',
    'it is not told whose data the register holds (categories of data subjects)',
  ),
  'required.missing': gdpr(
    '13(2)(e)',
    'ei kerrota, mitkä tiedot on pakko antaa ja mitä seuraa, jos niitä ei anna',
    'det anges inte vilka uppgifter som måste ges och vad som följer om de inte ges',
    'it is not told which data must be given and what follows if it is not',
  ),
  // --- From where, to whom ---
  'source.missing': gdpr(
    '14(2)(f)',
    'ei kerrota, mistä tiedot on saatu',
    'det anges inte varifrån uppgifterna kommer',
    'it is not told where the data comes from',
  ),
  'source.public': gdpr(
    '14(2)(f)',
    'ei kerrota, ovatko lähteet yleisesti saatavilla',
    'det anges inte om källorna är allmänt tillgängliga',
    'it is not told whether the sources are publicly accessible',
  ),
  'source.open-ended': gdpr(
    '14(2)(f)',
    'lähde jää avoimeksi ("{name}"); nimeä lähteet',
    'källan lämnas öppen ("{name}"); namnge källorna',
    'the source is left open ("{name}"); name the sources',
  ),
  'recipient.missing': gdpr(
    '13(1)(e)',
    'vastaanottajia tai vastaanottajaryhmiä ei kerrota',
    'mottagare eller kategorier av mottagare anges inte',
    'recipients or categories of recipients are not told',
  ),
  'recipient.vague': {
    ...gdpr(
      '13(1)(e)',
      'vastaanottajat jäävät avoimiksi ("{name}"); nimeä ne tai niiden ryhmät, syy ja peruste',
      'mottagarna lämnas öppna ("{name}"); namnge dem eller deras kategorier, skäl och grund',
      'recipients are left open ("{name}"); name them or their categories, why and on what basis',
    ),
    see: ['c-154-21'],
  },
  'datahub.basis': {
    law: 'electricity-market-act',
    article: '',
    message: {
      fi: 'datahubin peruste jää avoimeksi; nimeä sähkömarkkinalaki (588/2013) ja se, mitä sinne annetaan ja sieltä saadaan',
      sv: 'grunden för datahub lämnas öppen; nämn elmarknadslagen (588/2013) och vad som lämnas dit och fås därifrån',
      en: 'the basis of the datahub is left open; name the Electricity Market Act (588/2013) and what is given to it and got from it',
    },
  },
  'transfer.vague': gdpr(
    '13(1)(f), 44',
    'siirto ETA:n ulkopuolelle jää avoimeksi ("{name}"); nimeä vastaanottaja, maa ja siirtoperuste',
    'överföringen utanför EES lämnas öppen ("{name}"); namnge mottagare, land och överföringsgrund',
    'a transfer out of the EEA is left open ("{name}"); name the recipient, the country and the tool',
  ),
  'transfer.tool': {
    ...gdpr(
      '13(1)(f), 44–46',
      'vastaanottajalla {name} ETA:n ulkopuolella ei ole voimassa olevaa siirtoperustetta; anna riittävyyspäätös tai vakiolausekkeet',
      'mottagaren {name} utanför EES har ingen gällande överföringsgrund; ange beslut om adekvat skyddsnivå eller standardklausuler',
      'the recipient {name} outside the EEA has no transfer tool in force; give an adequacy decision or standard clauses',
    ),
    see: ['c-311-18'],
  },
  'transfer.untold': gdpr(
    '13(1)(f), 44–46',
    'siirto ETA:n ulkopuolelle mainitaan ilman siirtoperustetta; anna riittävyyspäätös tai vakiolausekkeet',
    'en överföring utanför EES nämns utan överföringsgrund; ange beslut om adekvat skyddsnivå eller standardklausuler',
    'a transfer out of the EEA is told without its tool; give an adequacy decision or standard clauses',
  ),
  'transfer.copy': gdpr(
    '13(1)(f)',
    'ei kerrota, mistä jäljennöksen siirron suojatoimista saa',
    'det anges inte var en kopia av skyddsåtgärderna för överföringen fås',
    'it is not told where a copy of the safeguards of the transfer can be had',
  ),
  // --- How long, how guarded ---
  'retention.missing': gdpr(
    '13(2)(a), 5(1)(e)',
    'säilytysaikoja ei kerrota; anna aika ja sen alkaminen jokaiselle tietoryhmälle',
    'lagringstiderna anges inte; ge tiden och när den börjar för varje kategori',
    'no storage periods are told; give the period and what it runs from for each category',
  ),
  'retention.category': gdpr(
    '13(2)(a), 5(1)(e)',
    'tietoryhmällä {name} ei ole säilytysaikaa',
    'kategorin {name} saknar lagringstid',
    'the category {name} has no storage period',
  ),
  'retention.vague': {
    ...gdpr(
      '13(2)(a), 5(1)(e)',
      '"{name}" ei ole säilytysaika; anna aika tai sen määräytymisen perusteet tietoryhmittäin',
      '"{name}" är ingen lagringstid; ge tiden eller grunderna för den per kategori',
      '"{name}" is no storage period; give the period, or what determines it, for each category',
    ),
    see: ['storage-period-decision'],
  },
  'measure.missing': gdpr(
    '30(1)(g), 32',
    'suojaustoimia ei kuvata',
    'skyddsåtgärderna beskrivs inte',
    'the security measures are not described',
  ),
  'measure.prose': gdpr(
    '32(1), 5(2)',
    'suojaus on kerrottu yleisesti; sido jokainen lause toimeen, jonka toimivuuden voi osoittaa (rests)',
    'skyddet beskrivs allmänt; knyt varje mening till en åtgärd vars funktion kan visas (rests)',
    'the protection is told in general terms; tie each sentence to a measure that can be shown to work (rests)',
  ),
  'measure.paper': gdpr(
    '32(1)(b)–(d)',
    'manuaalisen aineiston lukittu tila ei yksin kuvaa suojausta; kerro, mitä aineistoa on, kuka siihen pääsee ja milloin se hävitetään',
    'ett låst utrymme för manuellt material räcker inte som beskrivning; berätta vilket material, vem som har tillträde och när det förstörs',
    'a locked room for paper files does not describe the protection; say what there is, who has access and when it is destroyed',
  ),
  // --- Rights ---
  'right.15': {
    ...right('15', 'saada pääsy tietoihin', 'tillgång till uppgifterna', 'access'),
    see: ['c-487-21', 'c-579-21', 'recording-copy-decision'],
  },
  'right.16': right('16', 'oikaista tiedot', 'rättelse', 'rectification'),
  'right.17': right('17', 'poistaa tiedot', 'radering', 'erasure'),
  'right.18': right('18', 'rajoittaa käsittelyä', 'begränsning av behandling', 'restriction of processing'),
  'right.20': right('20', 'siirtää tiedot järjestelmästä toiseen', 'dataportabilitet', 'data portability'),
  'right.21(1)': right(
    '21(1)',
    'vastustaa oikeutettuun etuun perustuvaa käsittelyä',
    'invända mot behandling på grund av berättigat intresse',
    'to object to processing on legitimate interest',
  ),
  'right.21(2)': right(
    '21(2)',
    'kieltää suoramarkkinointi',
    'förbjuda direktmarknadsföring',
    'to object to direct marketing',
  ),
  'right.22': right(
    '22',
    'olla joutumatta pelkästään automaattisen päätöksen kohteeksi',
    'inte bli föremål för enbart automatiserade beslut',
    'not to be subject to a decision by automation alone',
  ),
  'right.7(3)': right(
    '7(3)',
    'perua suostumus milloin tahansa',
    'återkalla samtycke när som helst',
    'to withdraw consent at any time',
  ),
  'right.77': right(
    '77',
    'valittaa tietosuojavaltuutetulle',
    'klaga hos dataombudsmannen',
    'to complain to the Data Protection Ombudsman',
  ),
  'right.apart': gdpr(
    '21(4)',
    'vastustamisoikeutta ei kerrota selkeästi ja muusta erillään',
    'rätten att invända anges inte tydligt och åtskilt från annan information',
    'the right to object is not told clearly and apart from all else',
  ),
  'exercise.channel': gdpr(
    '12(2)',
    'pyynnöt ohjataan yhtä ainoaa tietä ("{name}"); ota pyynnöt vastaan kaikkia kanavia pitkin',
    'begäranden styrs till en enda kanal ("{name}"); ta emot dem via alla kanaler',
    'requests are forced into a single channel ("{name}"); accept them by any channel',
  ),
  'exercise.period': gdpr(
    '12(3), 12(5)',
    'ei kerrota, että pyyntöön vastataan maksutta ja kuukauden kuluessa',
    'det anges inte att en begäran besvaras gratis och inom en månad',
    'it is not told that a request is answered free of charge and within one month',
  ),
  'automated.missing': {
    ...gdpr(
      '13(2)(f)',
      'ei kerrota, tehdäänkö automaattisia päätöksiä tai profilointia',
      'det anges inte om automatiserade beslut fattas eller profilering görs',
      'it is not told whether automated decisions or profiling take place',
    ),
    see: ['c-634-21', 'c-203-22'],
  },
  'version.missing': gdpr(
    '5(2), 12(1)',
    'selosteella ei ole versiota eikä tiivistettä; versioi se, jotta nähdään, mitä milloinkin on luvattu',
    'beskrivningen saknar version och hash; ge den en version så att man ser vad som har lovats när',
    'the notice has no version or digest; give it a version, so that it can be seen what was promised when',
  ),
  'updated.missing': gdpr(
    '5(2)',
    'selosteella ei ole päiväystä',
    'beskrivningen saknar datum',
    'the notice bears no date',
  ),
  // --- What no longer holds: law, day and successor come from law.yaml ---
  outdated: {
    law: 'gdpr',
    article: '',
    message: {
      fi: '"{name}": {title} ({cite}) ei ole ollut voimassa {since} alkaen; nyt: {now}',
      sv: '"{name}": {title} ({cite}) gäller inte längre sedan {since}; nu: {now}',
      en: '"{name}": {title} ({cite}) no longer holds since {since}; today: {now}',
    },
  },
} as const satisfies Record<string, Rule>

export type RuleCode = keyof typeof rules
