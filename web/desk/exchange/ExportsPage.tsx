// Lists that were taken out: for the data protection officer, who asks whether each of them had to be.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/exchange/exports/api.ts'
import { sayExportReason } from '../../../register/list.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { useFormats } from '../../kit/format.ts'
import { Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Table } from '../../kit/Table.tsx'
import { useWords, words } from '../../kit/words.ts'
import { useLabels } from '../access/log/say.ts'
import { TakeOut } from '../shell/TakeOut.tsx'

const texts = words({
  fi: {
    title: 'Viedyt luettelot',
    lead: 'Mitä rekisteristä on viety tiedostoiksi, kuka vei ja miksi. Jokaisella luettelossa olleella on siitä merkintä.',
    lists: 'Luettelot, uusin ensin',
    none: 'Yhtään luetteloa ei ole viety.',
    at: 'Aika',
    who: 'Kuka',
    role: 'Rooli',
    list: 'Luettelo',
    why: 'Miksi',
    people: 'Henkilöitä',
    more: 'Näytä vanhempia',
  },
  sv: {
    title: 'Utförda listor',
    lead: 'Vad som har förts ut ur registret som filer, av vem och varför. Var och en på listan har en anteckning om det.',
    lists: 'Listor, den nyaste först',
    none: 'Ingen lista har förts ut.',
    at: 'Tid',
    who: 'Vem',
    role: 'Roll',
    list: 'Lista',
    why: 'Varför',
    people: 'Personer',
    more: 'Visa äldre',
  },
  en: {
    title: 'Lists taken out',
    lead: 'What has left the register as files, by whom and why. Everyone in a list has a line about it.',
    lists: 'Lists, the newest first',
    none: 'No list was taken out.',
    at: 'Time',
    who: 'Who',
    role: 'Role',
    list: 'List',
    why: 'Why',
    people: 'Persons',
    more: 'Show older',
  },
})

export const title = (language: Language): string => texts[language].title

const full = 100
const Taken = ({ before }: { readonly before?: string }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { instant } = useFormats()
  const { labelOf, listOf, companiesOf } = useLabels()
  const [more, setMore] = useState(false)
  return (
    <Answer of={useAsk(api.listExports, { query: { before } })} lines={6}>
      {(rows: readonly z.output<typeof api.taken>[]) => {
        const last = rows.at(-1)
        if (rows.length === 0 && before === undefined) return <EmptyState icon="check" title={w.none} />
        return (
          <>
            <Table
              label={w.lists}
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                { id: 'at', label: w.at, cell: ({ at }) => instant(new Date(at)), by: ({ at }) => at },
                {
                  id: 'who',
                  label: w.who,
                  cell: ({ by, recorded_by }) => by ?? recorded_by,
                  by: (row) => row.by ?? '',
                },
                {
                  id: 'role',
                  label: w.role,
                  cell: ({ role, hat }) => `${labelOf(role)} · ${companiesOf(role, hat)}`,
                  by: ({ role }) => labelOf(role),
                },
                {
                  id: 'list',
                  label: w.list,
                  cell: ({ list, form }) => `${listOf(list)} (${form})`,
                  by: ({ list }) => listOf(list),
                },
                {
                  id: 'why',
                  label: w.why,
                  cell: ({ reason }) => sayExportReason(reason, language),
                  by: ({ reason }) => reason,
                },
                {
                  id: 'people',
                  label: w.people,
                  cell: ({ people }) => people,
                  by: ({ people }) => people,
                  align: 'end',
                },
              ]}
            />
            {rows.length === full &&
              last !== undefined &&
              (more ? (
                <Taken before={last.at} />
              ) : (
                <Button tone="quiet" onPress={() => setMore(true)}>
                  {w.more}
                </Button>
              ))}
          </>
        )
      }}
    </Answer>
  )
}

export const Page = () => {
  const w = useWords(texts)
  return (
    <Frame title={w.title} lead={w.lead} actions={<TakeOut of={api.listExports} asked={{ query: {} }} keys="D" />}>
      <Panel title={w.title} flush>
        <Taken />
      </Panel>
    </Frame>
  )
}
