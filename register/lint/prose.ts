// How prose says a thing, in Finnish, Swedish and English. A notice that says it in none of these ways is taken not to say it.
import type { RuleCode } from './rules.ts'

/** Wording that tells too little. The match itself is quoted to the reader. */
export const vague: readonly { readonly code: RuleCode; readonly says: RegExp }[] = [
  {
    code: 'retention.vague',
    says: /(?:vain )?niin kauan kuin (?:se )?on (?:tarpeen|tarpeellista|välttämätöntä)|så länge (?:som )?det är (?:nödvändigt|behövligt)|(?:for )?as long as (?:(?:it|they) (?:is|are) )?(?:necessary|needed|required)/giu,
  },
  {
    code: 'basis.general',
    says: /(?:kulloinkin )?voimassa olevaan (?:henkilötieto|tietosuoja)?lainsäädäntöön|gällande (?:dataskydds)?lagstiftning vid var tid|applicable (?:data protection )?legislation in force/giu,
  },
  {
    code: 'recipient.vague',
    says: /lainsäädännön sallimissa(?: ja (?:edellyttämissä|velvoittamissa))? rajoissa|(?:alihankkijoille|palveluntuottajille)(?:, palveluntuottajille)?(?: ja|,) (?:muille )?(?:yhteistyö)?kumppaneille|inom de gränser som lagen tillåter|samarbetspartner och andra|(?:to )?(?:our )?partners and (?:other )?third parties|within the limits (?:permitted|allowed) by law/giu,
  },
  {
    code: 'source.open-ended',
    says: /(?:ja|tai) muu(?:n|ta)? (?:osoite-|vastaavaa? palvelu)|muista vastaavista lähteistä|andra motsvarande (?:källor|register)|other (?:similar|such) (?:sources|registers)/giu,
  },
  {
    code: 'transfer.vague',
    says: /(?:voi(?:vat)? sijaita|voidaan (?:tarvittaessa )?(?:siirtää|luovuttaa)) (?:myös )?(?:EU:n(?: tai |\/)?)?(?:Euroopan talousalueen|ETA(?:-alueen|:n)) ulkopuolella?|kan (?:vid behov )?överföras utanför (?:EU|EES)|may (?:also )?be transferred outside the (?:EU|EEA)/giu,
  },
  {
    code: 'category.open-ended',
    says: /liittyvät muut tiedot|muut asiakkaan [^.;]{0,80}saadut tiedot|muut (?:tarpeelliset|vastaavat) tiedot|övriga (?:nödvändiga )?uppgifter|other (?:necessary|relevant) (?:information|data)/giu,
  },
  {
    code: 'exercise.channel',
    says: /pyyn(?:nöt|tö) (?:tulee|on|pitää) (?:lähetettävä|lähettää|tehtävä|tehdä|toimittaa|toimitettava) [^.]{0,60}(?:kautta|kirjallisesti|allekirjoitettuna|henkilökohtaisesti)|begäran (?:ska|måste) (?:göras|lämnas) [^.]{0,40}(?:skriftligen|personligen|undertecknad)|requests? must be (?:made|sent|submitted) [^.]{0,40}(?:in writing|in person|signed|through)/giu,
  },
  {
    code: 'measure.paper',
    says: /manuaali\p{L}* (?:muodossa olevaa )?aineisto\p{L}*|manuellt material|manual (?:files|material)/giu,
  },
]

/** The datahub, and the act that it rests on. */
export const datahub = /datahub/iu
export const datahubAct = /588\/2013|sähkömarkkinalai|sähkömarkkinalak|elmarknadslag|electricity market act/iu

const says = {
  dpo: /tietosuojavastaava(?![\p{L}]*@)|dataskyddsombud|data protection officer/iu,
  controller: /rekisterinpitäjä|personuppgiftsansvarig|controller/iu,
  purpose: /tarkoitu|ändamål|purpose/iu,
  basis:
    /oikeusperust|käsittelyperust|(?:^|[^\d])6(?:\.1|\(1\)| artikla)|artikel 6|rättslig grund|article 6|legal basis|lawful basis/iu,
  interest: /oikeutet\p{L}* e(?:tu|du)|berättiga\p{L}* intresse|legitimate interest/iu,
  category:
    /tietoryhm|tietosisältö|käsiteltävät tiedot|keräämme|kategorie|uppgifter som (?:behandlas|samlas)|categories of|data we collect|personal data we/iu,
  subject: /rekisteröityjen ryhm|kategorier av registrerade|categories of data subjects|asiakkai|kunder|customers/iu,
  required:
    /pakko antaa|annettava|edellyty\p{L}* .{0,60}tieto|ilman .{0,60}(?:emme voi|ei voi)|(?:lakisääteinen|sopimukseen perustuva) vaatimus|måste (?:ges|lämnas)|utan .{0,60}kan vi inte|statutory or contractual requirement|without .{0,60}cannot|required to provide/iu,
  source: /tietoläh|lähteet|saadaan|saamme|källor|kommer från|sources|we (?:obtain|receive|get)/iu,
  public: /julkis\p{L}*|yleisesti saatavi|offentlig|allmänt tillgänglig|public(?:ly)?/iu,
  recipient: /vastaanottaj|luovut|mottagare|lämnas ut|recipient|disclos/iu,
  retention:
    /(?:säily|poist|hävit|lagr|bevar|rader|ke(?:ep|pt)|retain|stor(?:e|ed|age)|delet)[^.]{0,120}(?:\d+|yhden|kahden|kolmen|viiden|kuuden|kymmenen|kaksi|kolme|ett|två|tre|fem|sex|tio|one|two|three|five|six|ten)\s+(?:vuo|kuuka|päiv|år|månad|dag|year|month|day)/iu,
  measure: /suoja(?:us|ttu|mme|taan)|skydd(?:as|ar|ade)|protect|secur/iu,
  joint: /yhteisrekisterinpitäj|gemensamt personuppgiftsansvarig|joint controller/iu,
  automated: /automaatti|automatiser|automated|profiloin|profilering|profiling/iu,
  answer: /kuukau(?:den|si)|inom en månad|(?:one|1|a) month|30 päivä/iu,
  tool: /vakio(?:sopimus)?lausek|2021\/914|2023\/1795|Data Privacy Framework|riittävyy|standardavtalsklausul|standardklausul|adekvat|standard contractual clause|adequacy/iu,
  copy: /jäljennö|kopio|kopia|copy|pyynnöstä/iu,
  third:
    /ETA(?:-alueen|:n)|Euroopan talousalueen ulkopuol|EES|utanför EU|outside the (?:EU|EEA|European Economic Area)|kolmansiin maihin|tredje land|third countr/u,
  updated:
    /\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d/iu,
  version: /versio\p{L}*\s*:?\s*\d|version\s*:?\s*\d/iu,
} as const

export type Said = keyof typeof says
export const saying = (what: Said): RegExp => says[what]

/** How prose tells each right of `requiredRights`. */
export const rightsSaid: Readonly<Record<string, RegExp>> = {
  '15': /tarkastusoikeu|tarkastaa (?:itseään koskevat|omat)? ?tied|pääsy (?:omiin |itseäsi koskeviin )?tietoi|saada tie(?:tää|to|dot)|rätt till (?:tillgång|insyn)|få tillgång|right (?:of|to) access|access (?:to )?your/iu,
  '16': /oikai|korjausoikeu|korjata (?:virheel|tied)|rättelse|rätta (?:felaktiga|uppgift)|rectif|correct(?:ed|ion)? .{0,30}data/iu,
  '17': /(?:oikeus|pyytää|vaatia)[^.]{0,80}poist(?:aa|o|amista)|tulla unohdetuksi|rätt till radering|radera|erasure|right to be forgotten|delete[sd]? (?:your|my|the) /iu,
  '18': /rajoit[^.]{0,60}käsittely|käsittelyn rajoitt|begränsning|begränsa behandling|restrict(?:ion)?/iu,
  '20': /siirrettävyy|(?:oikeus|pyytää) siirtää|siirtää tie(?:dot|toja) (?:järjestelmästä|toiselle|toiseen)|portab/iu,
  '21(1)': /vastusta|invända|göra invändning|\bobject(?:ion)? to\b|right to object/iu,
  '21(2)':
    /kiel(?:tää|lon|to-oikeu)[^.]{0,80}markkinoin|markkinointikiel|kielto-oikeu|(?:förbjuda|motsätta)[^.]{0,60}marknadsföring|(?:object|opt out|unsubscribe)[^.]{0,80}marketing/iu,
  '22': /automaattis[^.]{0,60}pää(?:tö|tet)|automatiserad[^.]{0,40}beslut|automated (?:decision|individual)/iu,
  '7(3)':
    /(?:peru|perua|peruuttaa)[^.]{0,60}suostumu|suostumu[^.]{0,80}peru|återkalla[^.]{0,60}samtycke|samtycke[^.]{0,60}återkalla|withdraw[^.]{0,60}consent|consent[^.]{0,60}withdraw/iu,
  '77': /tietosuojavaltuut|valvontaviranomai|dataombudsman|tillsynsmyndighet|data protection (?:ombudsman|authority)|supervisory authority/iu,
}
