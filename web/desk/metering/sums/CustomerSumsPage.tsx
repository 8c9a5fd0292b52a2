// A year of all that a customer used: one home, or the thousand points of a housing company.
import * as api from '../../../../chapters/metering/sums/api.ts'
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { asking, useAsk } from '../../../kit/ask.ts'
import { ButtonLink } from '../../../kit/Button.tsx'
import { today } from '../../../kit/days.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { useWords } from '../../../kit/words.ts'
import { CustomerTabLabel } from '../../customers/CustomerTab.tsx'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { TakeOut } from '../../shell/TakeOut.tsx'
import { spanOfYear, SumsTable, yearOf } from './SumsTable.tsx'
import { texts } from './words.ts'

type Here = At<typeof paths.customerSums>

const askedOf = ({ params, query }: Here, per: 'point' | 'energy') => ({
  params: { customer_id: Number(params.customer) as CustomerId },
  query: {
    ...spanOfYear(yearOf(query, today())),
    per,
    ...(per === 'point' && { after: Number(/^\d{1,9}$/.exec(query['after'] ?? '')?.[0] ?? 0) }),
  },
})

export const title = (language: Language): string => texts[language].title

export const loader = (here: Here & Loading): Promise<unknown> =>
  here.client.ensureQueryData(asking(api.sumsOfCustomer, askedOf(here, 'energy')))

export const Page = (here: Here) => {
  const w = useWords(texts)
  const { customer } = here.params
  const year = yearOf(here.query, today())
  const points = useAsk(api.sumsOfCustomer, askedOf(here, 'point'))
  const at = (query: { readonly year: string; readonly after?: string }) => paths.customerSums({ customer }, query)
  const shown = new Set(points.data?.map(({ point_id }) => point_id)).size
  return (
    <Frame
      title={w.title}
      lead={<CustomerTabLabel id={customer} />}
      actions={<ButtonLink to={paths.customer({ customer })}>{w.card}</ButtonLink>}
    >
      <SumsTable
        year={year}
        energies={useAsk(api.sumsOfCustomer, askedOf(here, 'energy'))}
        points={points}
        to={(point) => paths.consumption({ customer, point: String(point) }, { by: 'year', at: `${year}-01-01` })}
        toYear={(to) => at({ year: String(to) })}
        more={(last) => (shown < api.page ? undefined : at({ year: String(year), after: String(last) }))}
        actions={
          <TakeOut
            of={api.sumsOfCustomer}
            asked={askedOf({ ...here, query: { year: String(year) } }, 'point')}
            keys="D"
          />
        }
      />
    </Frame>
  )
}
