// What large groups used by month: for those who develop the service, and know nobody in it.
import * as api from '../../../../chapters/metering/statistics/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import { download } from '../../access/download.ts'
import type { Loading } from '../../page.ts'
import { texts } from './words.ts'

type Statistic = Output<typeof api.consumptionStatistics>[number]

export const title = (language: Language): string => texts[language].title
export const loader = ({ client }: Loading): Promise<unknown> =>
  client.ensureQueryData(asking(api.consumptionStatistics, {}))

/** With semicolons and decimal commas, as spreadsheets here open it; nothing in it was typed by anyone. */
const csvOf = (rows: readonly Statistic[], heads: readonly string[]): string =>
  [
    heads.map((head) => `"${head}"`).join(';'),
    ...rows.map(({ month, energy, use, heated_by_electricity, holders, days, wh }) =>
      [
        month,
        energy,
        use,
        Number(heated_by_electricity),
        holders,
        String(wh / 1000).replace('.', ','),
        String(Math.round(wh / days) / 1000).replace('.', ','),
      ].join(';'),
    ),
  ].join('\r\n')

export const Page = () => {
  const w = useWords(texts)
  const language = useLanguage()
  const { number } = useFormats()
  const monthOf = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return (
    <Answer of={useAsk(api.consumptionStatistics, {})} lines={8}>
      {(rows) => (
        <Frame
          title={w.title}
          lead={w.lead}
          actions={
            rows.length > 0 && (
              <>
                <Button
                  icon="download"
                  onPress={() =>
                    download(
                      `${w.file}.csv`,
                      'text/csv',
                      `\ufeff${csvOf(rows, [w.month, w.energy, w.use, w.heated, w.holders, w.kwh, w.each])}`,
                    )
                  }
                >
                  {w.csv}
                </Button>
                <Button
                  icon="download"
                  onPress={() => download(`${w.file}.json`, 'application/json', JSON.stringify(rows, undefined, 1))}
                >
                  {w.json}
                </Button>
              </>
            )
          }
        >
          <Panel title={w.title}>
            {rows.length === 0 ? (
              <EmptyState icon="reports" title={w.none}>
                {w.noneHow}
              </EmptyState>
            ) : (
              <>
                <p className="quiet">{w.how(number(Math.min(...rows.map(({ least }) => least))))}</p>
                <Table
                  label={w.title}
                  rows={rows}
                  keyOf={({ month, energy, use, heated_by_electricity }) =>
                    `${month} ${energy} ${use} ${heated_by_electricity}`
                  }
                  columns={[
                    {
                      id: 'month',
                      label: w.month,
                      cell: ({ month }) => monthOf.format(new Date(`${month}T00:00:00Z`)),
                      by: ({ month }) => month,
                    },
                    { id: 'energy', label: w.energy, cell: ({ energy }) => w[energy], by: ({ energy }) => w[energy] },
                    { id: 'use', label: w.use, cell: ({ use }) => w[use], by: ({ use }) => w[use] },
                    { id: 'heated', label: w.heated, cell: (row) => (row.heated_by_electricity ? w.yes : w.no) },
                    {
                      id: 'holders',
                      label: w.holders,
                      align: 'end',
                      cell: ({ holders }) => number(holders),
                      by: ({ holders }) => holders,
                    },
                    { id: 'kwh', label: w.kwh, align: 'end', cell: ({ wh }) => number(wh / 1000), by: ({ wh }) => wh },
                    {
                      id: 'each',
                      label: w.each,
                      align: 'end',
                      cell: ({ wh, days }) => number(wh / days / 1000, 1),
                      by: ({ wh, days }) => wh / days,
                    },
                  ]}
                />
              </>
            )}
          </Panel>
        </Frame>
      )}
    </Answer>
  )
}
