// One change of price: what is sent, to whom, by when, with which proof; and for whom the old price goes on.
import { useState } from 'react'
import * as api from '../../../../chapters/contracts/notices/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk, useChange } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Banner } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Facts, Panel } from '../../../kit/Panel.tsx'
import { Segments } from '../../../kit/Segments.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { download } from '../../access/download.ts'
import type { At, Loading } from '../../page.ts'
import type { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { useName } from '../pricing/ProductsPage.tsx'
import { Deliveries } from './Deliveries.tsx'
import { texts } from './words.ts'

type Here = typeof paths.priceChange
type Opened = Output<typeof api.openPriceChange>
type Notice = Output<typeof api.notices>[number]
const asked = ({ params }: Pick<At<Here>, 'params'>) => ({ params: { change_id: Number(params.change) } })

export const title = (language: Language): string => texts[language].changes
export const loader = ({ params, client }: At<Here> & Loading) =>
  client.ensureQueryData(asking(api.openPriceChange, asked({ params })))

const tones = { waiting: 'note', told: 'well', late: 'care', lacking: 'stop' } as const

const Rows = ({
  change_id,
  state,
  after,
}: {
  readonly change_id: number
  readonly state: string
  readonly after?: number
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const [more, setMore] = useState(false)
  const chosen = api.noticeStates.find((each) => each === state)
  const query = { ...(chosen && { state: chosen }), ...(after !== undefined && { after_id: after }) }
  return (
    <Answer of={useAsk(api.notices, { params: { change_id }, query })} lines={4}>
      {(rows: readonly Notice[]) => (
        <>
          <Table
            label={w.rows}
            rows={rows}
            keyOf={({ id }) => String(id)}
            empty={<EmptyState icon="check" title={w.nobody} />}
            columns={[
              {
                id: 'name',
                label: w.name,
                cell: ({ name, customer_number }) => (
                  <span data-written>
                    {name} {customer_number}
                  </span>
                ),
              },
              { id: 'contract', label: w.contract, cell: ({ number }) => <span data-written>{number}</span> },
              {
                id: 'address',
                label: w.address,
                cell: ({ email, street, postcode, post_office }) => (
                  <span data-written>
                    {email ?? [street, postcode, post_office].filter((part) => part !== null).join(', ')}
                  </span>
                ),
              },
              { id: 'by', label: w.notifyBy, cell: ({ notify_by }) => day(notify_by) },
              {
                id: 'delivered',
                label: w.delivered,
                cell: ({ delivered_on, how }) =>
                  delivered_on === null || how === null ? '' : `${day(delivered_on)}, ${w[how]}`,
              },
              { id: 'state', label: w.state, cell: (one) => <Badge tone={tones[one.state]}>{w[one.state]}</Badge> },
              {
                id: 'holds',
                label: w.holds,
                cell: ({ effective }) => (effective === null ? w.oldGoesOn : day(effective)),
              },
            ]}
          />
          {rows.length === api.noticePage &&
            (more ? (
              <Rows change_id={change_id} state={state} after={rows.at(-1)?.id ?? 0} />
            ) : (
              <Button onPress={() => setMore(true)}>{w.more}</Button>
            ))}
        </>
      )}
    </Answer>
  )
}

const Open = ({ change }: { readonly change: Opened }) => {
  const w = useWords(texts)
  const { day, number } = useFormats()
  const name = useName()
  const tell = useToast()
  const may = useMay()
  const [recording, setRecording] = useState(false)
  const [state, setState] = useState<string>(change.lacking > 0 ? 'lacking' : 'all')
  const add = useChange(api.addAddressees, { stale: [api.openPriceChange, api.priceChanges, api.notices] })
  const missing = change.contracts - change.addressees
  const list = () =>
    void add
      .mutateAsync({ params: { change_id: change.id } })
      .then(({ added }) => tell({ text: w.listed(number(added)) }))
      .catch(() => undefined)
  return (
    <Frame
      title={`${name(change)} ${day(change.from_day)}`}
      actions={
        <>
          {may(api.addAddressees) && (
            <Button icon="plus" onPress={list} busy={add.isPending}>
              {w.list}
            </Button>
          )}
          {may(api.recordDeliveries) && (
            <Button icon="check" onPress={() => setRecording(true)} disabled={change.addressees === 0}>
              {w.record}
            </Button>
          )}
        </>
      }
    >
      {missing > 0 && <Banner consequence="care" title={w.missing(number(missing))} />}
      <Panel title={w.changes}>
        <Facts
          facts={[
            [w.by, `${day(change.consumers_by)} / ${day(change.companies_by)}`],
            [w.contracts, number(change.contracts)],
            [w.addressees, number(change.addressees)],
            [w.told, number(change.told)],
            [w.waiting, number(change.waiting)],
            [w.late, number(change.late)],
            [w.lacking, number(change.lacking)],
          ]}
        />
      </Panel>
      <Panel
        title={w.texts}
        actions={change.documents.map(({ language, text }) => (
          <Button
            key={language}
            tone="quiet"
            icon="download"
            onPress={() =>
              download(`${change.code}-${change.from_day}-${language}.txt`, 'text/plain;charset=utf-8', text)
            }
          >
            {w.download(w[language])}
          </Button>
        ))}
      >
        <p>{w.notSent}</p>
      </Panel>
      <Panel
        title={w.who}
        flush
        actions={
          <Segments
            label={w.state}
            options={(['all', ...api.noticeStates] as const).map((id) => ({ id, label: w[id] }))}
            chosen={state}
            onChoose={setState}
          />
        }
      >
        <Rows key={state} change_id={change.id} state={state} />
      </Panel>
      {recording && <Deliveries change_id={change.id} onClose={() => setRecording(false)} />}
    </Frame>
  )
}

export const Page = ({ params }: At<Here>) => (
  <Answer of={useAsk(api.openPriceChange, asked({ params }))}>{(change) => <Open change={change} />}</Answer>
)
