// The table of routes: every chapter's, in the order of the declaration. What is not here cannot be asked.
import { accessRoutes } from '../chapters/access/routes.ts'
import { callRoutes } from '../chapters/contacts/calls/routes.ts'
import { eventRoutes } from '../chapters/contacts/events/routes.ts'
import { partedRoutes } from '../chapters/contacts/parted/routes.ts'
import { contactRoutes } from '../chapters/contacts/routes.ts'
import { verificationRoutes } from '../chapters/contacts/verification/routes.ts'
import { estateRoutes } from '../chapters/contracts/estates/routes.ts'
import { endingRoutes } from '../chapters/contracts/endings/routes.ts'
import { moveRoutes } from '../chapters/contracts/moves/routes.ts'
import { noticeRoutes } from '../chapters/contracts/notices/routes.ts'
import { offerRoutes } from '../chapters/contracts/offers/routes.ts'
import { pricingRoutes } from '../chapters/contracts/pricing/routes.ts'
import { spotRoutes } from '../chapters/contracts/spot/routes.ts'
import { contractRoutes } from '../chapters/contracts/routes.ts'
import { exportRoutes } from '../chapters/exchange/exports/routes.ts'
import { type Folder, importRoutes } from '../chapters/exchange/routes.ts'
import { addressRoutes } from '../chapters/customers/addresses/routes.ts'
import { deathRoutes } from '../chapters/customers/death/routes.ts'
import { duplicateRoutes } from '../chapters/customers/duplicates/routes.ts'
import type { Words } from '../chapters/customers/index.ts'
import { lockRoutes } from '../chapters/customers/locks/routes.ts'
import { nameRoutes } from '../chapters/customers/names/routes.ts'
import { partyRoutes } from '../chapters/customers/party/routes.ts'
import { representationRoutes } from '../chapters/customers/representations/routes.ts'
import { restrictionRoutes } from '../chapters/customers/restriction/routes.ts'
import { customerRoutes } from '../chapters/customers/routes.ts'
import { searchRoutes } from '../chapters/customers/search/routes.ts'
import { marketingRoutes } from '../chapters/marketing/routes.ts'
import { pointRoutes } from '../chapters/sites/points/routes.ts'
import { deliveryRoutes } from '../chapters/metering/deliveries/routes.ts'
import { heatRoutes } from '../chapters/metering/heat/routes.ts'
import { annualRoutes } from '../chapters/metering/annual/routes.ts'
import { costRoutes } from '../chapters/metering/costs/routes.ts'
import { measuredDays } from '../chapters/metering/index.ts'
import { estimationRoutes } from '../chapters/metering/estimation/routes.ts'
import { qualityRoutes } from '../chapters/metering/quality/routes.ts'
import { meterRoutes } from '../chapters/metering/meters/routes.ts'
import { meteringRoutes } from '../chapters/metering/routes.ts'
import { statisticRoutes } from '../chapters/metering/statistics/routes.ts'
import { sumRoutes } from '../chapters/metering/sums/routes.ts'
import { normalisedRoutes } from '../chapters/metering/normalised/routes.ts'
import { weatherRoutes } from '../chapters/metering/weather/routes.ts'
import { siteRoutes } from '../chapters/sites/routes.ts'
import type { Register } from '../enforcement/register.ts'
import type { Route } from '../enforcement/serve.ts'
import type { Provider } from '../platform/single-sign-on.ts'

/**
 * `words`: the words that people are found by, as they are now. `files`: where files that people bring are kept. `provider`: of single
 * sign-on, where there is one.
 */
export const routesOf = (
  register: Register,
  words: () => Words,
  files: Folder,
  provider?: Provider,
): readonly Route[] => {
  const all: readonly Route[] = [
    ...customerRoutes,
    ...partyRoutes,
    ...nameRoutes,
    ...addressRoutes,
    ...representationRoutes,
    ...deathRoutes,
    ...restrictionRoutes,
    ...lockRoutes,
    ...searchRoutes(words),
    ...duplicateRoutes,
    ...siteRoutes,
    ...pointRoutes,
    ...contractRoutes,
    ...meteringRoutes,
    ...estimationRoutes,
    ...qualityRoutes,
    ...heatRoutes,
    ...annualRoutes,
    ...deliveryRoutes,
    ...weatherRoutes,
    ...normalisedRoutes,
    ...estateRoutes,
    ...moveRoutes(register.laws),
    ...endingRoutes(register.laws),
    ...offerRoutes(register.laws, measuredDays),
    ...meterRoutes,
    ...pricingRoutes,
    ...noticeRoutes(register.laws),
    ...spotRoutes,
    ...costRoutes(register.laws),
    ...sumRoutes,
    ...statisticRoutes(register),
    ...contactRoutes,
    ...callRoutes,
    ...eventRoutes,
    ...verificationRoutes,
    ...partedRoutes,
    ...marketingRoutes,
    ...importRoutes(files),
    ...exportRoutes,
    ...accessRoutes(register, () => all, provider),
  ]
  return all
}
