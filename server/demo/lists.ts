// What the demonstration is put together from: names of the shared lists, streets and companies made up here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const lines = (file: string): readonly string[] =>
  readFileSync(join(import.meta.dirname, 'data', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

export const femaleNames = () => lines('female.txt')
export const maleNames = () => lines('male.txt')
export const familyNames = () => lines('surname.txt')

/** Finnish and Swedish halves of a street's name. */
export const streetStarts = [
  ['Koivu', 'Björk'],
  ['Kuusi', 'Gran'],
  ['Mänty', 'Tall'],
  ['Pihlaja', 'Rönn'],
  ['Haapa', 'Asp'],
  ['Leppä', 'Al'],
  ['Harju', 'Ås'],
  ['Ranta', 'Strand'],
  ['Mylly', 'Kvarn'],
  ['Kallio', 'Berg'],
  ['Niitty', 'Ängs'],
  ['Metsä', 'Skogs'],
  ['Lampi', 'Tjärn'],
  ['Saha', 'Såg'],
  ['Satama', 'Hamn'],
  ['Asema', 'Stations'],
  ['Tori', 'Torg'],
  ['Pelto', 'Åker'],
  ['Puisto', 'Park'],
  ['Valo', 'Ljus'],
  ['Lämpö', 'Värme'],
  ['Sähkö', 'El'],
  ['Tuuli', 'Vind'],
  ['Aamu', 'Morgon'],
  ['Syys', 'Höst'],
  ['Kevät', 'Vår'],
  ['Hiihtäjän', 'Skidar'],
  ['Mäkihyppääjän', 'Backhoppar'],
  ['Vehnä', 'Vete'],
  ['Ruis', 'Råg'],
] as const
export const streetEnds = [
  ['katu', 'gatan'],
  ['tie', 'vägen'],
  ['kuja', 'gränden'],
  ['polku', 'stigen'],
  ['rinne', 'backen'],
  ['raitti', 'stråket'],
] as const

export const trades = [
  'Rakennus',
  'Kuljetus',
  'Leipomo',
  'Autohuolto',
  'Puutarha',
  'Konepaja',
  'Kahvila',
  'Tilitoimisto',
  'Parturi',
  'Maalaamo',
  'Sahateollisuus',
  'Kiinteistöhuolto',
  'Hammashoito',
  'Ohjelmistot',
] as const
export const companyStarts = [
  'Vesijärven',
  'Salpausselän',
  'Päijänteen',
  'Hollolan',
  'Etelä-Hämeen',
  'Radiomäen',
  'Jalkarannan',
  'Launeen',
  'Myllysaaren',
  'Pohjolan',
  'Suvi',
  'Tähti',
  'Kolmio',
  'Nelikko',
] as const
export const legalForms = ['Oy', 'Oy', 'Oy', 'Ky', 'Oy Ab', 'Tmi'] as const

export type Energy = 'electricity' | 'heat' | 'gas' | 'steam'
export type Product = {
  readonly code: string
  readonly market: 'retailer' | 'network'
  readonly kind: 'connection' | 'network' | 'sales'
  readonly energy: Energy
  readonly names: readonly [fi: string, sv: string, en: string]
}
const product = (
  code: string,
  market: Product['market'],
  kind: Product['kind'],
  energy: Energy,
  ...names: [string, string, string]
): Product => ({ code, market, kind, energy, names })

export const products: readonly Product[] = [
  product(
    'EL-OPEN',
    'retailer',
    'sales',
    'electricity',
    'Toistaiseksi voimassa oleva sähkö',
    'El tills vidare',
    'Open-ended electricity',
  ),
  product(
    'EL-FIXED-24',
    'retailer',
    'sales',
    'electricity',
    'Määräaikainen sähkö 24 kk',
    'Tidsbunden el 24 mån',
    'Fixed-term electricity 24 months',
  ),
  product('EL-SPOT', 'retailer', 'sales', 'electricity', 'Pörssisähkö', 'Börsel', 'Spot-priced electricity'),
  product(
    'NET-GENERAL',
    'network',
    'network',
    'electricity',
    'Yleissiirto',
    'Allmän överföring',
    'General network tariff',
  ),
  product('NET-NIGHT', 'network', 'network', 'electricity', 'Yösiirto', 'Nattöverföring', 'Night network tariff'),
  product('NET-POWER', 'network', 'network', 'electricity', 'Tehosiirto', 'Effektöverföring', 'Power network tariff'),
  product(
    'NET-CONNECTION',
    'network',
    'connection',
    'electricity',
    'Sähköliittymä',
    'Elanslutning',
    'Electricity connection',
  ),
  product(
    'EL-HYBRID',
    'retailer',
    'sales',
    'electricity',
    'Kulutusvaikutussähkö',
    'El med förbrukningseffekt',
    'Electricity with a consumption effect',
  ),
  product(
    'NET-SEASON',
    'network',
    'network',
    'electricity',
    'Kausisiirto',
    'Säsongsöverföring',
    'Seasonal network tariff',
  ),
  product('GAS', 'retailer', 'sales', 'gas', 'Kaasu', 'Gas', 'Gas'),
  product('STEAM', 'retailer', 'sales', 'steam', 'Teollisuushöyry', 'Industriånga', 'Industrial steam'),
  product('HEAT', 'retailer', 'sales', 'heat', 'Kaukolämpö', 'Fjärrvärme', 'District heat'),
  product(
    'HEAT-CONNECTION',
    'retailer',
    'connection',
    'heat',
    'Kaukolämpöliittymä',
    'Fjärrvärmeanslutning',
    'District heat connection',
  ),
]

type Language = 'fi' | 'sv' | 'en'
export type Talk = {
  readonly topic: string
  readonly market: 'retailer' | 'network'
  readonly text: Readonly<Record<Language, string>>
}
export const talks: readonly Talk[] = [
  {
    topic: 'move',
    market: 'retailer',
    text: {
      fi: 'Ilmoitti muutosta ja kysyi, jatkuuko sopimus uudessa osoitteessa.',
      sv: 'Anmälde flyttning och frågade om avtalet fortsätter på den nya adressen.',
      en: 'Told of a move and asked whether the contract goes on at the new address.',
    },
  },
  {
    topic: 'invoice',
    market: 'retailer',
    text: {
      fi: 'Kysyi laskun eräpäivän siirtoa. Sovittiin kahden viikon siirrosta.',
      sv: 'Bad om en senare förfallodag. Två veckor avtalades.',
      en: 'Asked for a later due date. Two weeks were agreed.',
    },
  },
  {
    topic: 'contract',
    market: 'retailer',
    text: {
      fi: 'Vertasi määräaikaista sopimusta ja pörssisähköä. Miettii asiaa.',
      sv: 'Jämförde tidsbundet avtal med börsel. Funderar på saken.',
      en: 'Compared a fixed term with spot prices. Will think about it.',
    },
  },
  {
    topic: 'price',
    market: 'retailer',
    text: {
      fi: 'Halusi tietää, mistä sähkön hinta muodostuu.',
      sv: 'Ville veta vad elpriset består av.',
      en: 'Wanted to know what the price of electricity is made of.',
    },
  },
  {
    topic: 'complaint',
    market: 'retailer',
    text: {
      fi: 'Tyytymätön pitkään jonotukseen. Pahoiteltiin.',
      sv: 'Missnöjd med lång kö. Vi beklagade.',
      en: 'Unhappy about a long queue. We apologised.',
    },
  },
  {
    topic: 'outage',
    market: 'network',
    text: {
      fi: 'Ilmoitti sähkökatkosta. Vika-alue oli jo tiedossa.',
      sv: 'Anmälde ett elavbrott. Felområdet var redan känt.',
      en: 'Reported an outage. The area was already known.',
    },
  },
  {
    topic: 'connection',
    market: 'network',
    text: {
      fi: 'Tiedusteli pääsulakkeen suurentamista sähköauton latausta varten.',
      sv: 'Frågade om en större huvudsäkring för laddning av elbil.',
      en: 'Asked about a larger main fuse for charging a car.',
    },
  },
  {
    topic: 'meter',
    market: 'network',
    text: {
      fi: 'Kysyi mittarin vaihdon ajankohtaa.',
      sv: 'Frågade när mätaren byts.',
      en: 'Asked when the meter is to be changed.',
    },
  },
]
