// Who looked at one person, as that person is told: for the screen, for paper, and as a file to be handed over.
import { useState } from 'react'
import * as api from '../../../../chapters/access/log/api.ts'
import { customerId } from '../../../../chapters/customers/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { Button, ButtonLink } from '../../../kit/Button.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { today } from '../../../kit/days.ts'
import { useFormats } from '../../../kit/format.ts'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import { CustomerPick } from '../../customers/CustomerPick.tsx'
import type { At } from '../../page.ts'
import { paths } from '../../paths.ts'
import { TakeOut } from '../../shell/TakeOut.tsx'
import { texts } from './words.ts'
import './log.css'

type Here = At<typeof paths.looks>

export const title = (language: Language): string => texts[language].looks

/** Most that is shown, and printed, at once. */
const shown = 500

const Looks = ({ customer, before }: { readonly customer: string; readonly before: string | undefined }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { instant, day } = useFormats()
  const customer_id = customerId.parse(Number(customer))
  const { columns } = api.looksAtPerson.list ?? {}
  const done: Readonly<Record<string, Readonly<Record<Language, string>>>> = columns?.outcome?.values ?? {}
  const reasons: Readonly<Record<string, Readonly<Record<Language, string>>>> = columns?.reason?.values ?? {}
  const asked = useAsk(api.looksAtPerson, {
    params: { customer_id },
    query: { limit: shown, ...(before !== undefined && { before: Number(before) }) },
  })
  return (
    <Answer of={asked} lines={8}>
      {({ looks, next, person }) => (
        <>
          <Panel
            title={person === null ? w.looks : w.looksOf(person.name ?? '', person.number)}
            flush
            actions={
              <>
                <TakeOut of={api.looksAtPerson} asked={{ params: { customer_id }, query: {} }} keys="D" />
                <Button icon="print" onPress={() => window.print()}>
                  {w.print}
                </Button>
              </>
            }
          >
            <Table
              label={w.found}
              rows={looks}
              keyOf={({ id }) => String(id)}
              empty={<EmptyState icon="check" title={w.noLooks} />}
              columns={[
                { id: 'at', label: w.at, cell: ({ at }) => instant(new Date(at)) },
                { id: 'what', label: w.what, cell: ({ outcome }) => done[outcome]?.[language] ?? outcome },
                { id: 'purpose', label: w.purpose, cell: ({ purpose }) => purpose[language] },
                {
                  id: 'unit',
                  label: w.unit,
                  cell: ({ unit, role }) => (
                    <>
                      {unit[language]} <span className="quiet">{role[language]}</span>
                    </>
                  ),
                },
                { id: 'company', label: w.company, cell: ({ companies }) => companies.join(', ') },
                {
                  id: 'data',
                  label: w.data,
                  cell: ({ categories }) => (
                    <span className="looks-data">{categories.map((one) => one[language]).join(', ')}</span>
                  ),
                },
                { id: 'why', label: w.why, cell: ({ reason }) => reasons[reason]?.[language] ?? '' },
              ]}
            />
          </Panel>
          <p className="quiet">{w.printed(day(today()))}</p>
          <div className="page-actions">
            {before !== undefined && <ButtonLink to={paths.looks({}, { customer })}>{w.newest}</ButtonLink>}
            {next !== null && (
              <ButtonLink to={paths.looks({}, { customer, before: String(next) })}>{w.older}</ButtonLink>
            )}
          </div>
        </>
      )}
    </Answer>
  )
}

export const Page = ({ query }: Here) => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const customer = /^\d{1,15}$/.test(query['customer'] ?? '') ? query['customer'] : undefined
  const [picking, setPicking] = useState(0)
  return (
    <Frame title={w.looks} lead={w.looksLead}>
      <div className="looks-ask">
        <CustomerPick
          key={picking}
          label={w.whose}
          value={undefined}
          takesFocus={customer === undefined}
          onChange={(picked) => {
            if (picked === undefined) return
            setPicking(picking + 1)
            go(paths.looks({}, { customer: picked.id }))
          }}
        />
      </div>
      {customer === undefined ? (
        <EmptyState icon="person" title={w.pick} />
      ) : (
        <Looks customer={customer} before={/^\d{1,15}$/.test(query['before'] ?? '') ? query['before'] : undefined} />
      )}
    </Frame>
  )
}
