// Changes of price: each with its last days, and how many were told, wait, or have no proof.
import * as api from '../../../../chapters/contracts/notices/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import type { Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { useName } from '../pricing/ProductsPage.tsx'
import { texts } from './words.ts'

export const title = (language: Language): string => texts[language].changes
export const loader = ({ client }: Loading) => client.ensureQueryData(asking(api.priceChanges, {}))

export const Page = () => {
  const w = useWords(texts)
  const { day, number } = useFormats()
  const name = useName()
  return (
    <Frame title={w.changes} lead={w.lead}>
      <Panel title={w.changes} flush>
        <Answer of={useAsk(api.priceChanges, {})} lines={6}>
          {(rows) => (
            <Table
              label={w.changes}
              rows={rows}
              keyOf={({ id }) => String(id)}
              to={({ id }) => paths.priceChange({ change: String(id) })}
              empty={<EmptyState icon="bolt" title={w.none} />}
              columns={[
                { id: 'product', label: w.product, cell: name, by: name, width: '28%' },
                { id: 'from', label: w.from, cell: ({ from_day }) => day(from_day), by: ({ from_day }) => from_day },
                {
                  id: 'by',
                  label: w.by,
                  cell: ({ consumers_by, companies_by }) => `${day(consumers_by)} / ${day(companies_by)}`,
                },
                { id: 'contracts', label: w.contracts, align: 'end', cell: ({ contracts }) => number(contracts) },
                { id: 'told', label: w.told, align: 'end', cell: ({ told }) => number(told) },
                {
                  id: 'lacking',
                  label: w.lacking,
                  align: 'end',
                  cell: ({ contracts, addressees, lacking, late }) => {
                    const without = lacking + late + Math.max(0, contracts - addressees)
                    return without === 0 ? '0' : <Badge tone="care">{number(without)}</Badge>
                  },
                },
              ]}
            />
          )}
        </Answer>
      </Panel>
    </Frame>
  )
}
