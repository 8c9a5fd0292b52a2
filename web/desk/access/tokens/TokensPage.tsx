// The tokens of programs: which may enter, for what and until when, who answers for each, when it was last used, and what keeps it shut.
import { useState } from 'react'
import * as api from '../../../../chapters/access/tokens/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Button } from '../../../kit/Button.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useCommands } from '../../../kit/Keys.tsx'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { useLabels } from '../log/say.ts'
import { Issue, type Told, ToldOnce } from './Issue.tsx'
import { TokenDialog } from './TokenDialog.tsx'
import { texts } from './words.ts'

export const title = (language: Language): string => texts[language].title
export const loader = ({ client }: Loading) => client.ensureQueryData(asking(api.listTokens, { query: {} }))

const tones = { open: 'well', unanswered: 'care', over: 'plain', revoked: 'plain' } as const

const Given = ({ before }: { readonly before?: number }) => {
  const w = useWords(texts)
  const { day, instant } = useFormats()
  const { labelOf, companiesOf } = useLabels()
  const [more, setMore] = useState(false)
  const asked = useAsk(api.listTokens, { query: before === undefined ? {} : { before } })
  return (
    <Answer of={asked} lines={6}>
      {({ tokens, next }) => (
        <>
          {tokens.length === 0 && before !== undefined ? null : (
            <Table
              label={w.title}
              rows={tokens}
              keyOf={({ id }) => String(id)}
              to={({ id }) => paths.tokens({}, { token: String(id) })}
              empty={
                <EmptyState icon="system" title={w.none}>
                  {w.noneHow}
                </EmptyState>
              }
              columns={[
                { id: 'name', label: w.name, by: ({ name }) => name, cell: ({ name }) => name },
                {
                  id: 'bundle',
                  label: w.bundle,
                  by: ({ role }) => labelOf(role),
                  cell: ({ role, purpose, hat }) => (
                    <>
                      {labelOf(role)} · {labelOf(purpose)} <span className="quiet">{companiesOf(role, hat)}</span>
                    </>
                  ),
                },
                {
                  id: 'owner',
                  label: w.owner,
                  by: ({ staff_name }) => staff_name,
                  cell: ({ staff_name }) => staff_name,
                },
                {
                  id: 'until',
                  label: w.until,
                  by: ({ expires_at }) => expires_at,
                  cell: ({ expires_at }) => day(new Date(expires_at)),
                },
                {
                  id: 'used',
                  label: w.used,
                  by: ({ last_used_at }) => last_used_at ?? '',
                  cell: ({ last_used_at }) =>
                    last_used_at === null ? <span className="quiet">{w.never}</span> : instant(new Date(last_used_at)),
                },
                {
                  id: 'state',
                  label: w.state,
                  by: ({ standing }) => standing,
                  cell: ({ standing }) => <Badge tone={tones[standing]}>{w[standing]}</Badge>,
                },
              ]}
            />
          )}
          {next !== null &&
            (more ? (
              <Given before={next} />
            ) : (
              <Button tone="quiet" onPress={() => setMore(true)}>
                {w.more}
              </Button>
            ))}
        </>
      )}
    </Answer>
  )
}

/** As the address names it, on whichever page of the list it is. */
const Opened = ({ token_id }: { readonly token_id: number }) => {
  const { go } = useNavigation()
  const { data } = useAsk(api.listTokens, { query: { before: token_id + 1, limit: 1 } })
  const token = data?.tokens.find(({ id }) => id === token_id)
  return token && <TokenDialog token={token} onClose={() => go(paths.tokens())} />
}

export const Page = ({ query }: At<typeof paths.tokens>) => {
  const w = useWords(texts)
  const may = useMay()
  const [issuing, setIssuing] = useState(false)
  const [told, setTold] = useState<Told>()
  const issues = may(api.makeToken)
  const opened = /^\d{1,15}$/.test(query['token'] ?? '') ? Number(query['token']) : undefined
  useCommands(
    issues
      ? [{ id: 'tokens.issue', label: w.issue, group: w.title, icon: 'plus', keys: 'N', run: () => setIssuing(true) }]
      : [],
  )
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={
        issues && (
          <Button tone="strong" icon="plus" onPress={() => setIssuing(true)}>
            {w.issue}
          </Button>
        )
      }
    >
      <Panel title={w.list} flush>
        <Given />
      </Panel>
      {issuing && <Issue onTold={setTold} onClose={() => setIssuing(false)} />}
      {told && <ToldOnce told={told} onClose={() => setTold(undefined)} />}
      {opened !== undefined && <Opened token_id={opened} />}
    </Frame>
  )
}
