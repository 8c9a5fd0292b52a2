// One import from its file to its end: columns, a try, the taking in, its faults, and the way back.
import { useState } from 'react'
import * as api from '../../../chapters/exchange/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { asking, useAsk, useChange } from '../../kit/ask.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Refusal } from '../../kit/client.ts'
import { Dialog } from '../../kit/Dialog.tsx'
import { ErrorView } from '../../kit/ErrorView.tsx'
import { TextField } from '../../kit/Field.tsx'
import { useFormats } from '../../kit/format.ts'
import { useNavigation } from '../../kit/navigation.tsx'
import { Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import type { At, Loading } from '../page.ts'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { Columns, type Mapped, type Opened } from './Columns.tsx'
import { Counts, Faults, Kept, Samples } from './Outcome.tsx'
import { Progress } from './Progress.tsx'
import { isMoving, StateBadge, useWho } from './state.tsx'
import { texts } from './words.ts'
import './imports.css'

type Here = typeof paths.import
const idOf = (at: Pick<At<Here>, 'params'>): number => Number(at.params.import)

export const title = (language: Language): string => texts[language].imports
export const loader = ({ params, client }: At<Here> & Loading) =>
  client.ensureQueryData(asking(api.openImport, { params: { import_id: idOf({ params }) } }))

const stale = [api.openImport, api.imports]

const UndoDialog = ({
  job,
  open,
  onClose,
}: {
  readonly job: Opened
  readonly open: boolean
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const [reason, setReason] = useState('')
  const undo = useChange(api.undoImport, { stale })
  return (
    <Dialog
      title={w.undo}
      open={open}
      onClose={onClose}
      actions={
        <Button
          tone="stop"
          icon="undo"
          busy={undo.isPending}
          disabled={reason.trim() === ''}
          onPress={() =>
            undo.mutate(
              { params: { import_id: job.id }, because: `reason:${reason.trim().slice(0, 190)}` },
              { onSuccess: onClose },
            )
          }
        >
          {w.undo}
        </Button>
      }
    >
      <p>{w.undoWhat}</p>
      <TextField label={w.reason} required takesFocus maxLength={190} value={reason} onChange={setReason} />
      {undo.error && <ErrorView error={undo.error} />}
    </Dialog>
  )
}

const Moving = ({ job }: { readonly job: Opened }) => {
  const w = useWords(texts)
  const stop = useChange(api.stopImport, { stale })
  const share =
    job.state === 'undoing'
      ? (job.rows_undone + job.rows_kept) / Math.max(1, job.rows_new + job.rows_changed)
      : job.state === 'replaying'
        ? job.mended / Math.max(1, job.rows_faulty)
        : job.bytes_read / Math.max(1, job.bytes_total)
  const doing = job.state === 'undoing' || job.state === 'replaying' ? job.state : job.dry_run ? 'trying' : 'running'
  return (
    <Panel
      title={w[doing]}
      actions={
        job.may.stop && (
          <Button icon="stop" busy={stop.isPending} onPress={() => stop.mutate({ params: { import_id: job.id } })}>
            {w.stop}
          </Button>
        )
      }
    >
      <Progress label={job.file_name} share={Math.min(1, share)} />
      <Counts job={job} />
    </Panel>
  )
}

const Told = ({ job }: { readonly job: Opened }) => {
  const w = useWords(texts)
  const say = useSay()
  const { number } = useFormats()
  if (job.failure !== null) {
    const code = job.failure
    const { what, todo } = say(new Refusal({ type: 'about:blank', title: code, status: 422, code }))
    return (
      <Banner consequence="stop" title={w.interrupted}>
        {what} {todo} {!job.dry_run && w.interruptedHow}
      </Banner>
    )
  }
  if (job.state === 'undone')
    return (
      <Banner consequence={job.rows_kept > 0 ? 'care' : 'well'} title={w.undone}>
        {w.wentBack(number(job.rows_undone))} {job.undo_reason !== null && w.because(job.undo_reason)}
      </Banner>
    )
  if (job.dry_run) return job.state === 'mapped' ? null : <Banner consequence="note" title={w.nobodyIn} />
  const came = job.rows_new + job.rows_changed
  return (
    <Banner
      consequence={job.rows_faulty > 0 || job.state !== 'done' ? 'care' : 'well'}
      title={w.cameIn(number(came + job.rows_same))}
    >
      {came === 0 && job.rows_same > 0 && w.allSame}
    </Banner>
  )
}

const sameMapping = (a: Mapped, b: Mapped): boolean =>
  a.kind === b.kind &&
  a.source.trim() === b.source &&
  Object.keys({ ...a.columns, ...b.columns }).every((field) => a.columns[field] === b.columns[field])

const Open = ({ job }: { readonly job: Opened }) => {
  const w = useWords(texts)
  const { number, instant } = useFormats()
  const may = useMay()
  const who = useWho()
  const tell = useToast()
  const { go } = useNavigation()
  const [mapped, setMapped] = useState<Mapped>({ kind: job.kind, source: job.source, columns: job.columns })
  const [undoing, setUndoing] = useState(false)
  const map = useChange(api.mapImport, { stale: [] })
  const run = useChange(api.runImport, { stale })
  const replay = useChange(api.replayFaults, { stale })
  const drop = useChange(api.dropImport, { stale: [api.imports] })
  const params = { import_id: job.id }
  const moving = isMoving(job)
  const unchanged = sameMapping(mapped, job)
  const tried = job.dry_run && job.state === 'done' && unchanged
  const good = job.rows_new + job.rows_changed + job.rows_same
  const start = (dry_run: boolean): void => run.mutate({ params, body: { dry_run } })
  const tryIt = (): void => {
    if (unchanged && job.source !== '') start(true)
    else map.mutate({ params, body: { ...mapped, source: mapped.source.trim() } }, { onSuccess: () => start(true) })
  }
  const refused = map.error ?? run.error ?? replay.error ?? drop.error
  return (
    <Frame
      title={
        <>
          {job.file_name} <StateBadge job={job} />
        </>
      }
      lead={[w[job.kind], job.source, who(job), instant(new Date(job.recorded_at))]
        .filter((part) => part !== '')
        .join(' · ')}
      actions={
        <>
          <ButtonLink to={paths.imports()} tone="quiet">
            {w.back}
          </ButtonLink>
          {job.may.change && may(api.dropImport) && (
            <Button
              tone="quiet"
              icon="close"
              busy={drop.isPending}
              onPress={() =>
                drop.mutate(
                  { params },
                  {
                    onSuccess: () => {
                      tell({ text: w.dropped })
                      go(paths.imports())
                    },
                  },
                )
              }
            >
              {w.drop2}
            </Button>
          )}
          {job.may.replay && may(api.replayFaults) && (
            <Button icon="history" busy={replay.isPending} onPress={() => replay.mutate({ params })}>
              {w.replay}
            </Button>
          )}
          {job.may.undo && may(api.undoImport) && (
            <Button icon="undo" onPress={() => setUndoing(true)}>
              {w.undo}
            </Button>
          )}
          {job.may.change && may(api.runImport) && (
            <Button
              tone={tried ? 'plain' : 'strong'}
              busy={map.isPending || run.isPending}
              disabled={mapped.source.trim() === ''}
              onPress={tryIt}
            >
              {job.state === 'done' ? w.tryAgain : w.try}
            </Button>
          )}
          {tried && good > 0 && (
            <Button tone="strong" icon="check" busy={run.isPending} onPress={() => start(false)}>
              {w.takeIn(number(good))}
            </Button>
          )}
          {!job.dry_run && job.may.run && !moving && (
            <Button tone="strong" busy={run.isPending} onPress={() => start(false)}>
              {w.goOn}
            </Button>
          )}
        </>
      }
    >
      <div className="imports">
        {refused !== null && <ErrorView error={refused} />}
        <div aria-live="polite">
          <Told job={job} />
        </div>
        {job.dry_run && job.state === 'done' && !unchanged && <Banner consequence="care" title={w.changedColumns} />}
        {moving && <Moving job={job} />}
        {!moving && job.rows_read > 0 && (
          <Panel title={job.dry_run ? w.wouldBe : w.happened}>
            <Counts job={job} />
          </Panel>
        )}
        {!moving && <Kept job={job} />}
        {!moving && job.rows_read > 0 && (
          <>
            <Samples job={job} />
            <Faults job={job} />
          </>
        )}
        {job.may.change && <Columns job={job} mapped={mapped} onChange={setMapped} />}
      </div>
      <UndoDialog job={job} open={undoing} onClose={() => setUndoing(false)} />
    </Frame>
  )
}

export const Page = (at: At<Here>) => {
  const job = useAsk(
    api.openImport,
    { params: { import_id: idOf(at) } },
    { again: (now) => (now !== undefined && isMoving(now) ? 1_000 : false) },
  )
  return <Answer of={job}>{(opened) => <Open job={opened} />}</Answer>
}
