// Permissions at a glance: by which channel this company may approach the person; given, withdrawn and forbidden at once, each with undo.
import { useState } from 'react'
import type { z } from 'zod'
import { events } from '../../../chapters/contacts/events/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import * as api from '../../../chapters/marketing/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk, useChange } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button, IconButton } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useFormats } from '../../kit/format.ts'
import { useCommands } from '../../kit/Keys.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords } from '../../kit/words.ts'
import { sourceIn } from '../customers/sources.ts'
import { useMay, useSession } from '../shell/session.ts'
import { texts } from './words.ts'
import './Permissions.css'

type Line = z.output<typeof api.permission>
type Channel = (typeof api.channels)[number]
type State = (typeof api.states)[number]

const tones = { granted: 'well', prohibited: 'stop', withdrawn: 'plain' } as const

type Change = {
  readonly channel: Channel
  readonly state: State
  readonly text_version?: string
  readonly evidence?: string
}

/** Adds lines to the ledger, all with one undo: what held before is written again, and where nothing was, that nothing is permitted. */
const useRecord = (customer_id: CustomerId, lines: readonly Line[]) => {
  const w = useWords(texts)
  const tell = useToast()
  const record = useChange(api.recordPermission, { stale: [api.permissions, events] })
  const write = (change: Change): Promise<unknown> =>
    record.mutateAsync({ params: { customer_id }, body: { text_version: null, evidence: null, ...change } })
  return async (changes: readonly Change[], said: string): Promise<void> => {
    const before = changes.map(({ channel }) => [channel, lines.find((line) => line.channel === channel)] as const)
    for (const change of changes) await write(change)
    tell({
      text: said,
      undo: async () => {
        for (const [channel, line] of before)
          await write({
            channel,
            state: line?.state ?? 'withdrawn',
            ...(line?.text_version && { text_version: line.text_version }),
            evidence: w.undone,
          })
      },
    })
  }
}

const Give = ({
  channel,
  text,
  onGive,
  onClose,
}: {
  readonly channel: Channel
  /** The wording of the newest permission: mostly it is the same again. */
  readonly text: string
  readonly onGive: (text_version: string, evidence: string) => Promise<unknown>
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const [version, setVersion] = useState(text)
  const [evidence, setEvidence] = useState('')
  return (
    <FormDialog
      title={w.giveTitle(w[channel])}
      act={w.give}
      size="small"
      ready={version.trim() !== ''}
      onAct={() => onGive(version.trim(), evidence.trim())}
      onClose={onClose}
    >
      {() => (
        <>
          <TextField
            label={w.version}
            hint={w.versionHow}
            value={version}
            onChange={setVersion}
            maxLength={60}
            takesFocus
            required
          />
          <TextField label={w.evidence} hint={w.evidenceHow} value={evidence} onChange={setEvidence} maxLength={300} />
        </>
      )}
    </FormDialog>
  )
}

const Ledger = ({ customer_id, lines }: { readonly customer_id: CustomerId; readonly lines: readonly Line[] }) => {
  const w = useWords(texts)
  const say = useSay()
  const tell = useToast()
  const may = useMay()
  const { day } = useFormats()
  const said = sourceIn(useLanguage())
  const [giving, setGiving] = useState<Channel>()
  const record = useRecord(customer_id, lines)
  const writes = may(api.recordPermission)
  const failed = (error: unknown): void => tell({ text: say(error).what })
  const set = (channel: Channel, state: State): void =>
    void record([{ channel, state }], w.now(w[channel], w[state])).catch(failed)
  const stateOf = (channel: Channel) => lines.find((line) => line.channel === channel)?.state
  // What is permitted goes last: with it the person closes to the marketer who writes this.
  const free = api.channels
    .filter((channel) => stateOf(channel) !== 'prohibited')
    .toSorted((a, b) => Number(stateOf(a) === 'granted') - Number(stateOf(b) === 'granted'))
  const forbid = (): void =>
    void record(
      free.map((channel) => ({ channel, state: 'prohibited' as const, evidence: w.objection })),
      w.forbidden,
    ).catch(failed)
  useCommands(
    writes && free.length > 0
      ? [{ id: 'permissions.forbid', label: w.forbidAll, group: w.title, icon: 'close', run: forbid }]
      : [],
  )
  return (
    <>
      <ul className="permissions">
        {api.channels.map((channel) => {
          const line = lines.find((each) => each.channel === channel)
          return (
            <li key={channel}>
              <span className="permission-name">{w[channel]}</span>
              {line === undefined ? <Badge>{w.never}</Badge> : <Badge tone={tones[line.state]}>{w[line.state]}</Badge>}
              {writes && (
                <span className="permission-acts">
                  {line?.state !== 'granted' && (
                    <IconButton label={w.giveTitle(w[channel])} icon="check" onPress={() => setGiving(channel)} />
                  )}
                  {line?.state === 'granted' && (
                    <IconButton
                      label={w.withdrawTitle(w[channel])}
                      icon="undo"
                      onPress={() => set(channel, 'withdrawn')}
                    />
                  )}
                  {line?.state !== 'prohibited' && (
                    <IconButton
                      label={w.prohibitTitle(w[channel])}
                      icon="close"
                      onPress={() => set(channel, 'prohibited')}
                    />
                  )}
                </span>
              )}
              {line && (
                <p className="quiet">
                  {[
                    day(new Date(line.recorded_at)),
                    said(line.source),
                    ...(line.text_version === null ? [] : [w.wording(line.text_version)]),
                    ...(line.evidence === null ? [] : [line.evidence]),
                  ].join(' · ')}
                </p>
              )}
            </li>
          )
        })}
      </ul>
      {writes && free.length > 0 && (
        <Button icon="close" onPress={forbid}>
          {w.forbidAll}
        </Button>
      )}
      {giving && (
        <Give
          channel={giving}
          text={lines.find(({ text_version }) => text_version !== null)?.text_version ?? ''}
          onGive={(text_version, evidence) =>
            record(
              [{ channel: giving, state: 'granted', text_version, ...(evidence !== '' && { evidence }) }],
              w.now(w[giving], w.granted),
            )
          }
          onClose={() => setGiving(undefined)}
        />
      )}
    </>
  )
}

export const Permissions = ({ customer_id }: { readonly customer_id: CustomerId }) => {
  const w = useWords(texts)
  const { hat } = useSession()
  return (
    <Panel title={w.title}>
      <Answer of={useAsk(api.permissions, { params: { customer_id } })} lines={4}>
        {(lines) =>
          hat === 'network' && lines.length === 0 ? (
            <p className="quiet">{w.network}</p>
          ) : hat === 'group' ? (
            [...new Set(lines.map(({ controller }) => controller))].map((controller) => (
              <Ledger
                key={controller}
                customer_id={customer_id}
                lines={lines.filter((line) => line.controller === controller)}
              />
            ))
          ) : (
            <Ledger customer_id={customer_id} lines={lines} />
          )
        }
      </Answer>
    </Panel>
  )
}
