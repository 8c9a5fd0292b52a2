// What the chapters fit into the shell: places of the rail, the search behind the box, the call, the tabs.
import { queue } from '../../chapters/contacts/api.ts'
import { findPeople } from '../../chapters/customers/search/api.ts'
import { findSites } from '../../chapters/sites/api.ts'
import { Call } from './contacts/Call.tsx'
import { Work } from './contacts/Work.tsx'
import { CustomerTabLabel } from './customers/CustomerTab.tsx'
import { searchPeople } from './customers/search.ts'
import { paths } from './paths.ts'
import type { Keys } from '../kit/chords.ts'
import { words } from '../kit/words.ts'
import type { RailItem } from './shell/Rail.tsx'
import type { Fittings } from './shell/Shell.tsx'
import { searchSites } from './sites/search.ts'

const labels = words({
  fi: {
    start: 'Työpöytä',
    search: 'Haku',
    queue: 'Työjono',
    duplicates: 'Kaksoiskappaleet',
    locks: 'Suojaukset',
    exports: 'Viedyt luettelot',
    'new-customer': 'Uusi asiakas',
    products: 'Tuotteet',
    statistics: 'Tilastot',
    'price-changes': 'Hinnanmuutokset',
    imports: 'Tuonti',
    quality: 'Tiedon laatu',
    declaration: 'Seloste',
    'access-log': 'Käyttöloki',
    looks: 'Katselut',
    checkpoints: 'Tarkistuspisteet',
    staff: 'Käyttäjät',
    tokens: 'Rajapinta-avaimet',
  },
  sv: {
    start: 'Skrivbord',
    search: 'Sökning',
    queue: 'Arbetskö',
    duplicates: 'Dubbletter',
    locks: 'Skydd',
    exports: 'Utförda listor',
    'new-customer': 'Ny kund',
    products: 'Produkter',
    statistics: 'Statistik',
    'price-changes': 'Prisändringar',
    imports: 'Import',
    quality: 'Mätdatakvalitet',
    declaration: 'Beskrivning',
    'access-log': 'Åtkomstlogg',
    looks: 'Läsningar',
    checkpoints: 'Kontrollpunkter',
    staff: 'Användare',
    tokens: 'API-nycklar',
  },
  en: {
    start: 'Desk',
    search: 'Search',
    queue: 'Queue',
    duplicates: 'Duplicates',
    locks: 'Locks',
    exports: 'Lists taken out',
    'new-customer': 'New customer',
    products: 'Products',
    statistics: 'Statistics',
    'price-changes': 'Price changes',
    imports: 'Import',
    quality: 'Data quality',
    declaration: 'Declaration',
    'access-log': 'Access log',
    looks: 'Who looked',
    checkpoints: 'Checkpoints',
    staff: 'Users',
    tokens: 'API tokens',
  },
})

/** A place for those who may call what it begins with; without it for everyone. */
const place = (
  id: keyof (typeof labels)['fi'],
  to: string,
  icon: RailItem['icon'],
  keys: Keys,
  action?: string,
): RailItem => ({
  id,
  to,
  icon,
  keys,
  label: { fi: labels.fi[id], sv: labels.sv[id], en: labels.en[id] },
  ...(action !== undefined && { needs: { action } }),
})

export const fittings: Fittings = {
  // The places of few are named by their action alone, so that nobody else loads what they are asked by. A test holds the names.
  rail: [
    place('start', paths.start(), 'desk', 'G D'),
    place('search', paths.search(), 'search', 'G H', findPeople.action),
    place('queue', paths.queue(), 'clock', 'G Q', queue.action),
    place('duplicates', paths.duplicates(), 'copy', 'G K', 'list possible duplicates'),
    place('locks', paths.locks(), 'shield', 'G S', 'list the locks that wait for confirmation'),
    place('exports', paths.exports(), 'download', 'G V', 'see which lists were taken out'),
    place('new-customer', paths.newCustomer(), 'plus', 'G A', 'record a new customer'),
    place('products', paths.products(), 'bolt', 'G E', 'see the products'),
    place('statistics', paths.statistics(), 'reports', 'G N', 'see statistics of consumption'),
    place('price-changes', paths.priceChanges(), 'bolt', 'G M', 'see the changes of price'),
    place('imports', paths.imports(), 'queue', 'G I', 'see the imports'),
    place('quality', paths.quality(), 'consumption', 'G Y', 'see the quality of consumption'),
    place('declaration', paths.declaration(), 'rights', 'G R', 'see the declaration'),
    place('access-log', paths.accessLog(), 'history', 'G L', 'search the access log'),
    place('looks', paths.looks(), 'person', 'G W', 'see who looked at a customer'),
    place('checkpoints', paths.checkpoints(), 'lock', 'G P', 'see the checkpoints of the access log'),
    place('staff', paths.staff(), 'customers', 'G U', 'see who works in the register'),
    place('tokens', paths.tokens(), 'system', 'G T', 'see the tokens of programs'),
  ],
  searches: [
    { needs: findPeople, find: searchPeople },
    { needs: findSites, find: searchSites },
  ],
  Call,
  Work,
  customerTab: { to: (id) => paths.customer({ customer: id }), Label: CustomerTabLabel },
}
