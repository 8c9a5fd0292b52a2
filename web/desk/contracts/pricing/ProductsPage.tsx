// Products of the company whose hat is worn, with what they cost today.
import type { z } from 'zod'
import * as api from '../../../../chapters/contracts/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import type { Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { PriceToday } from './amounts.tsx'
import { texts } from './words.ts'

type Product = z.output<typeof api.product>

export const title = (language: Language): string => texts[language].products
export const loader = ({ client }: Loading) => client.ensureQueryData(asking(api.products, {}))

export const usePricing = (): ((product: Product) => string) => {
  const w = useWords(texts)
  const { number } = useFormats()
  return ({ pricing, term_months, spot_area, spot_step }) =>
    [
      w[pricing],
      ...(term_months === null ? [] : [w.months(number(term_months))]),
      ...(spot_area === null || spot_step === null ? [] : [w.spotPer(number(spot_step), spot_area)]),
    ].join(', ')
}

export const useName = (): ((product: Pick<Product, 'name_fi' | 'name_sv' | 'name_en'>) => string) => {
  const language = useLanguage()
  return (product) => ({ fi: product.name_fi, sv: product.name_sv, en: product.name_en })[language]
}

export const Page = () => {
  const w = useWords(texts)
  const name = useName()
  const pricing = usePricing()
  return (
    <Frame title={w.products} lead={w.lead}>
      <Panel title={w.products} flush>
        <Answer of={useAsk(api.products, {})} lines={8}>
          {(rows) => (
            <Table
              label={w.products}
              rows={rows}
              keyOf={({ id }) => String(id)}
              to={({ id }) => paths.product({ product: String(id) })}
              empty={<EmptyState icon="bolt" title={w.none} />}
              columns={[
                { id: 'name', label: w.name, cell: name, by: name, width: '28%' },
                {
                  id: 'code',
                  label: w.code,
                  cell: ({ code }) => <code>{code}</code>,
                  by: ({ code }) => code,
                  width: '14%',
                },
                { id: 'pricing', label: w.pricing, cell: pricing, by: pricing, width: '18%' },
                { id: 'today', label: w.today, cell: ({ prices }) => <PriceToday prices={prices} /> },
              ]}
            />
          )}
        </Answer>
      </Panel>
    </Frame>
  )
}
