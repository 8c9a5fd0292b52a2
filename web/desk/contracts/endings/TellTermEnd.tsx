// That the end of a fixed term was told, in time and how.
import type { z } from 'zod'
import type { contract } from '../../../../chapters/contracts/api.ts'
import * as contracts from '../../../../chapters/contracts/api.ts'
import * as api from '../../../../chapters/contracts/endings/api.ts'
import { useAsk, useChange } from '../../../kit/ask.ts'
import { useFormats } from '../../../kit/format.ts'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { Proof, useProof } from './Proof.tsx'
import { texts } from './words.ts'

const durable = ['email', 'letter', 'sms', 'portal', 'signed'] as const

export const TellTermEnd = ({
  contract: { id, version, after_term },
  name,
  onClose,
}: {
  readonly contract: Pick<z.output<typeof contract>, 'id' | 'version' | 'after_term'>
  readonly name: string
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const tell = useToast()
  const proof = useProof('letter')
  const ways = useAsk(api.waysToEnd, { params: { contract_id: id } }).data
  const record = useChange(api.tellTermEnd, { stale: [contracts.contractsOfCustomer, api.waysToEnd] })
  return (
    <FormDialog
      title={w.tellTitle(name)}
      act={w.record}
      ready={proof.on_day !== undefined}
      onClose={onClose}
      onAct={async () => {
        if (proof.on_day === undefined) return
        const { on_day, how, reference } = proof
        await record.mutateAsync({
          params: { contract_id: id },
          body: { version, on_day, how, reference: reference.trim() },
        })
        tell({ text: w.toldDone })
      }}
    >
      {(refused) => (
        <>
          {ways && ways.tell_by !== null && <p>{w.tellBy(day(ways.tell_by))}</p>}
          {ways && ways.told_on !== null && <p>{w.toldOn(day(ways.told_on))}</p>}
          {after_term !== null && <p>{after_term === 'ends' ? w.afterEnds : w.afterContinues}</p>}
          <Proof proof={proof} refused={refused} among={durable} />
        </>
      )}
    </FormDialog>
  )
}
