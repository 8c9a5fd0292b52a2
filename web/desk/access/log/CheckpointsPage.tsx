// The checkpoints of the access log: who signed them, whether each log begins with the one before, and whether it begins with one's own.
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../../chapters/access/log/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { asking, useAsk } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Button, ButtonLink, IconButton } from '../../../kit/Button.tsx'
import { call, Refusal } from '../../../kit/client.ts'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { TextField } from '../../../kit/Field.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { Table } from '../../../kit/Table.tsx'
import { Refused } from '../../../kit/Refused.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { download } from '../download.ts'
import { Told } from './Proof.tsx'
import { publicKey, type Verdict, verdictOf } from './verifier.ts'
import { texts } from './words.ts'
import './log.css'
import '../../../kit/Link.css'

type Here = At<typeof paths.checkpoints>
type Checkpoint = z.output<typeof api.listCheckpoints.gives>['checkpoints'][number]

export const title = (language: Language): string => texts[language].checkpoints

const askedOf = ({ before }: Here['query']) => ({
  query: { limit: 30, ...(before !== undefined && /^\d{1,15}$/.test(before) && { before: Number(before) }) },
})
export const loader = ({ client, query }: Here & Loading) =>
  client.ensureQueryData(asking(api.listCheckpoints, askedOf(query)))

/** The checkpoint itself, and that its log begins with the log of the one before it. */
const checked = (one: Checkpoint, earlier: Checkpoint | undefined): Promise<Verdict> =>
  verdictOf(async (verifier, key) => {
    await verifier.verifyCheckpoint(one.note, key)
    if (earlier === undefined) return
    const { hashes } = await call(api.proveGrowth, { query: { earlier: earlier.size, later: one.size } })
    await verifier.verifyConsistency(earlier.note, one.note, hashes, key)
  })

const State = ({ verdict, first }: { readonly verdict: Verdict | 'working' | undefined; readonly first: boolean }) => {
  const w = useWords(texts)
  if (verdict === undefined) return <Badge>{w.notYet}</Badge>
  if (verdict === 'working') return <Badge tone="note">{w.working}</Badge>
  if (verdict.is === 'holds')
    return (
      <Badge tone="well" icon="check">
        {first ? w.okFirst : w.ok}
      </Badge>
    )
  return (
    <>
      <Badge tone={verdict.is === 'broken' ? 'stop' : 'care'} icon="warning">
        {verdict.is === 'broken' ? w.wrong : w.cannot}
      </Badge>{' '}
      {verdict.why}
    </>
  )
}

const Listed = ({ checkpoints, more }: { readonly checkpoints: readonly Checkpoint[]; readonly more: boolean }) => {
  const w = useWords(texts)
  const { instant, number } = useFormats()
  const [verdicts, setVerdicts] = useState<ReadonlyMap<number, Verdict | 'working'>>(new Map())
  const [busy, setBusy] = useState(false)
  const earlierOf = (one: Checkpoint): Checkpoint | undefined => checkpoints[checkpoints.indexOf(one) + 1]
  const verifyAll = async (): Promise<void> => {
    setBusy(true)
    for (const one of checkpoints) {
      setVerdicts((now) => new Map(now).set(one.size, 'working'))
      const verdict = await checked(one, earlierOf(one))
      setVerdicts((now) => new Map(now).set(one.size, verdict))
    }
    setBusy(false)
  }
  const saveGrowth = async (one: Checkpoint, earlier: Checkpoint): Promise<void> => {
    const { hashes } = await call(api.proveGrowth, { query: { earlier: earlier.size, later: one.size } })
    const proof = { earlier: earlier.note, later: one.note, hashes, key: await publicKey() }
    download(`access-log-${earlier.size}-${one.size}.json`, 'application/json', JSON.stringify(proof, null, 2))
  }
  return (
    <Panel
      title={w.checkpoints}
      flush
      actions={
        checkpoints.length > 0 && (
          <Button tone="strong" icon="rights" busy={busy} onPress={() => void verifyAll()}>
            {w.verifyAll}
          </Button>
        )
      }
    >
      <Table
        label={w.list}
        rows={checkpoints}
        keyOf={({ size }) => String(size)}
        empty={<EmptyState icon="clock" title={w.noCheckpoints} />}
        columns={[
          { id: 'at', label: w.signed, cell: ({ at }) => instant(new Date(at)) },
          { id: 'size', label: w.size, align: 'end', cell: ({ size }) => number(size) },
          { id: 'root', label: w.root, cell: ({ root }) => <code className="log-root">{root.slice(0, 16)}…</code> },
          {
            id: 'state',
            label: w.state,
            cell: (one) => <State verdict={verdicts.get(one.size)} first={earlierOf(one) === undefined} />,
          },
          {
            id: 'take',
            label: w.download,
            cell: (one) => {
              const earlier = earlierOf(one)
              return (
                <>
                  <IconButton
                    icon="download"
                    label={`${w.note} ${one.size}`}
                    onPress={() => download(`checkpoint-${one.size}.txt`, 'text/plain', one.note)}
                  />
                  {earlier && (
                    <IconButton
                      icon="history"
                      label={`${w.growth} ${earlier.size}–${one.size}`}
                      onPress={() => void saveGrowth(one, earlier)}
                    />
                  )}
                </>
              )
            },
          },
        ]}
      />
      {more && (
        <div className="page-actions log-counts">
          <ButtonLink to={paths.checkpoints({}, { before: String(checkpoints.at(-1)?.size) })}>{w.older}</ButtonLink>
        </div>
      )}
    </Panel>
  )
}

const Key = () => {
  const w = useWords(texts)
  const [key, setKey] = useState('')
  useEffect(() => {
    void publicKey().then(setKey, () => undefined)
  }, [])
  return (
    <Panel title={w.key}>
      <p>{w.keyLead}</p>
      <p className="log-key">
        <code>{key}</code>
      </p>
      <p>
        <a className="link" href="/access-log/key">
          /access-log/key
        </a>{' '}
        · {w.verifier}{' '}
        <a className="link" href="/access-log/verify.mjs">
          /access-log/verify.mjs
        </a>
      </p>
    </Panel>
  )
}

const Own = () => {
  const w = useWords(texts)
  const { number } = useFormats()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [verdict, setVerdict] = useState<Verdict>()
  const [refused, setRefused] = useState<unknown>()
  const note = `${text.replaceAll('\r\n', '\n').trim()}\n`
  const size = Number(/^\S+\n(\d{1,15})\n\S+\n\n\u2014 /.exec(note)?.[1] ?? 0)
  const compare = async (): Promise<void> => {
    setBusy(true)
    setVerdict(undefined)
    setRefused(undefined)
    try {
      const { later, hashes } = await call(api.proveGrowth, { query: { earlier: size } })
      setVerdict(await verdictOf((verifier, key) => verifier.verifyConsistency(note, later, hashes, key)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      setRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel title={w.own}>
      <p>{w.ownLead}</p>
      <TextField
        label={w.ownField}
        lines={5}
        value={text}
        onChange={setText}
        fault={text.trim() !== '' && size === 0 ? w.unreadable : undefined}
      />
      <div className="page-actions">
        <Button disabled={size === 0} busy={busy} onPress={() => void compare()}>
          {w.compare}
        </Button>
      </div>
      <Told verdict={verdict} holds={[w.compared, w.comparedHow(number(size))]} />
      <Refused error={refused} />
    </Panel>
  )
}

export const Page = ({ query }: Here) => {
  const w = useWords(texts)
  return (
    <Frame title={w.checkpoints} lead={w.checkpointsLead}>
      <Answer of={useAsk(api.listCheckpoints, askedOf(query))} lines={8}>
        {({ checkpoints, next }) => (
          <Listed key={checkpoints[0]?.size} checkpoints={checkpoints} more={next !== null} />
        )}
      </Answer>
      <Own />
      <Key />
    </Frame>
  )
}
