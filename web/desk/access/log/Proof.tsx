// The inclusion proof of one line: verified here by the published script, or taken along for `npm run verify-log`.
import { useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../../chapters/access/log/api.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { Banner } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useWords } from '../../../kit/words.ts'
import { download } from '../download.ts'
import { publicKey, type Verdict, verdictOf } from './verifier.ts'
import { texts } from './words.ts'

type Proof = z.output<typeof api.proveLine.gives>

export const Told = ({
  verdict,
  holds,
}: {
  readonly verdict: Verdict | undefined
  readonly holds: readonly [string, string]
}) => {
  const w = useWords(texts)
  return (
    <div aria-live="polite">
      {verdict?.is === 'holds' && (
        <Banner consequence="well" title={holds[0]}>
          {holds[1]}
        </Banner>
      )}
      {verdict?.is === 'broken' && (
        <Banner consequence="stop" title={w.holdsNot}>
          {verdict.why}
        </Banner>
      )}
      {verdict?.is === 'unable' && (
        <Banner consequence="care" title={w.cannot}>
          {w.cannotHow} {verdict.why}
        </Banner>
      )}
    </div>
  )
}

const Verified = ({ proof }: { readonly proof: Proof }) => {
  const w = useWords(texts)
  const [verdict, setVerdict] = useState<Verdict>()
  const [busy, setBusy] = useState(false)
  const verify = (): void => {
    setBusy(true)
    void verdictOf((verifier, key) => verifier.verifyLine(proof, key)).then((found) => {
      setVerdict(found)
      setBusy(false)
    })
  }
  const save = (): void =>
    void publicKey().then((key) =>
      download(`access-log-${proof.index}.json`, 'application/json', JSON.stringify({ ...proof, key }, null, 2)),
    )
  return (
    <>
      <p className="quiet">
        {w.proofLead} {w.path(proof.hashes.length)}.
      </p>
      <div className="page-actions">
        <Button tone="strong" icon="rights" busy={busy} onPress={verify}>
          {w.verify}
        </Button>
        <Button icon="download" onPress={save}>
          {w.download}
        </Button>
      </div>
      <Told verdict={verdict} holds={[w.holds, w.holdsHow(proof.index, proof.size)]} />
    </>
  )
}

export const LineProof = ({ line_id }: { readonly line_id: number }) => (
  <Answer of={useAsk(api.proveLine, { params: { line_id } })}>{(proof) => <Verified proof={proof} />}</Answer>
)
