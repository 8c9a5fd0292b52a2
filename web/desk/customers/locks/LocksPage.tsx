// The locks that wait for the identity desk: whose, what was told, and by when each is looked at.
import * as api from '../../../../chapters/customers/locks/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { today } from '../../../kit/days.ts'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import { paths } from '../../paths.ts'
import { texts } from './words.ts'

export const title = (language: Language): string => texts[language].list

export const Page = () => {
  const w = useWords(texts)
  const { day, instant } = useFormats()
  return (
    <Frame title={w.list} lead={w.lead}>
      <Panel title={w.waiting} flush>
        <Answer of={useAsk(api.waitingLocks, { query: {} })} lines={4}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState icon="check" title={w.none} />
            ) : (
              <Table
                label={w.list}
                rows={rows}
                keyOf={({ id }) => String(id)}
                to={({ customer_id }) => paths.customer({ customer: String(customer_id) })}
                columns={[
                  { id: 'name', label: w.customer, cell: ({ name }) => name, by: ({ name }) => name },
                  { id: 'number', label: w.number, cell: ({ number }) => number },
                  { id: 'told', label: w.told, cell: ({ reason }) => reason },
                  {
                    id: 'since',
                    label: w.since,
                    cell: ({ recorded_at }) => instant(new Date(recorded_at)),
                    by: ({ recorded_at }) => recorded_at,
                  },
                  {
                    id: 'review',
                    label: w.review,
                    cell: ({ review_on }) =>
                      review_on <= today() ? <Badge tone="care">{day(review_on)}</Badge> : day(review_on),
                    by: ({ review_on }) => review_on,
                  },
                ]}
              />
            )
          }
        </Answer>
      </Panel>
    </Frame>
  )
}
