// The names of a party: those of today changed where they stand, the earlier ones folded away.
import { useState } from 'react'
import type { z } from 'zod'
import * as card from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/names/api.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk, useChange } from '../../../kit/ask.ts'
import { Button, IconButton } from '../../../kit/Button.tsx'
import { Earlier } from '../../../kit/Earlier.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Panel } from '../../../kit/Panel.tsx'
import { useDeed } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { Provenance } from '../Since.tsx'
import { AddName, ChangeName, type Name } from './NameDialog.tsx'
import { texts } from './words.ts'

const wholeName = ({ given, family, organisation }: Name): string =>
  organisation ?? [given, family].filter(Boolean).join(' ')

export const Names = ({
  customer_id,
  party,
}: {
  readonly customer_id: card.CustomerId
  readonly party: z.output<typeof card.customerHead>['kind']
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const may = useMay()
  const done = useDeed()
  const [open, setOpen] = useState<Name | 'add'>()
  const end = useChange(api.endName, { stale: [card.names, card.openCustomer] })
  const names = useAsk(card.names, { params: { customer_id } })
  const close = (): void => setOpen(undefined)
  const reopen = useChange(api.reopenName, { stale: [card.names, card.openCustomer] })
  const finish = ({ id, version }: Name): Promise<void> => {
    const params = { customer_id, name_id: id }
    return done(
      () => end.mutateAsync({ params, query: { version } }),
      w.ended,
      (ended) => reopen.mutateAsync({ params, body: { version: ended.version } }),
    )
  }
  return (
    <Panel
      title={w.names}
      actions={
        may(api.addName) && (
          <Button tone="quiet" onPress={() => setOpen('add')}>
            {w.add}
          </Button>
        )
      }
    >
      <Answer of={names}>
        {(rows) => {
          const now = rows.filter(({ during }) => during.to === null)
          // What was changed and changed back is no earlier name.
          const before = rows.filter(
            (row) =>
              row.during.to !== null &&
              !now.some((each) => each.kind === row.kind && wholeName(each) === wholeName(row)),
          )
          return (
            <>
              <dl className="facts">
                {now.map((row) => (
                  <div key={row.id}>
                    <dt>{w[row.kind]}</dt>
                    <dd>
                      <span className="inline-edit">
                        {wholeName(row)}
                        {row.call_name && ` (${w.called(row.call_name)})`}
                        {may(api.changeName) && (
                          <IconButton label={w.edit(wholeName(row))} icon="edit" onPress={() => setOpen(row)} />
                        )}
                        {may(api.endName) && row.kind !== 'official' && (
                          <IconButton label={w.end(wholeName(row))} icon="close" onPress={() => void finish(row)} />
                        )}
                      </span>
                      <Provenance {...row} />
                    </dd>
                  </div>
                ))}
              </dl>
              <Earlier rows={before}>
                {(row) => (
                  <li key={row.id}>
                    {wholeName(row)} · {w.until(day(row.during.to ?? ''))} <Provenance {...row} />
                  </li>
                )}
              </Earlier>
            </>
          )
        }}
      </Answer>
      {open === 'add' && <AddName customer_id={customer_id} party={party} onClose={close} />}
      {open !== undefined && open !== 'add' && (
        <ChangeName customer_id={customer_id} party={party} name={open} onClose={close} />
      )}
    </Panel>
  )
}
