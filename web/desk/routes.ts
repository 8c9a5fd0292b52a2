// The one route map of the desk. A chapter adds its pages here, each loaded when it is first asked for.
import { page, type PageRoute } from './page.ts'
import { paths } from './paths.ts'

export const pages: readonly PageRoute[] = [
  page(paths.start, () => import('./StartPage.tsx')),
  page(paths.signIn, () => import('./access/SignInPage.tsx'), 'bare'),
  page(paths.queue, () => import('./contacts/QueuePage.tsx')),
  page(paths.exports, () => import('./exchange/ExportsPage.tsx')),
  page(paths.locks, () => import('./customers/locks/LocksPage.tsx')),
  page(paths.duplicates, () => import('./customers/duplicates/DuplicatesPage.tsx')),
  page(paths.compare, () => import('./customers/duplicates/ComparePage.tsx')),
  page(paths.search, () => import('./customers/SearchPage.tsx')),
  page(paths.newCustomer, () => import('./customers/party/NewCustomerPage.tsx')),
  page(paths.customer, () => import('./customers/CustomerPage.tsx')),
  page(paths.consumption, () => import('./metering/ConsumptionPage.tsx')),
  page(paths.comparison, () => import('./metering/compare/ComparePage.tsx')),
  page(paths.customerSums, () => import('./metering/sums/CustomerSumsPage.tsx')),
  page(paths.siteSums, () => import('./metering/sums/SiteSumsPage.tsx')),
  page(paths.site, () => import('./sites/SitePage.tsx')),
  page(paths.statistics, () => import('./metering/statistics/StatisticsPage.tsx')),
  page(paths.products, () => import('./contracts/pricing/ProductsPage.tsx')),
  page(paths.product, () => import('./contracts/pricing/ProductPage.tsx')),
  page(paths.imports, () => import('./exchange/ImportsPage.tsx')),
  page(paths.import, () => import('./exchange/ImportPage.tsx')),
  page(paths.declaration, () => import('./access/declaration/DeclarationPage.tsx')),
  page(paths.accessLog, () => import('./access/log/LogPage.tsx')),
  page(paths.looks, () => import('./access/log/LooksPage.tsx')),
  page(paths.checkpoints, () => import('./access/log/CheckpointsPage.tsx')),
  page(paths.staff, () => import('./access/staff/StaffPage.tsx')),
  page(paths.tokens, () => import('./access/tokens/TokensPage.tsx')),
  page(paths.own, () => import('./access/own/OwnPage.tsx')),
  page(paths.kit, () => import('./kit/Gallery.tsx'), 'bare'),
]
