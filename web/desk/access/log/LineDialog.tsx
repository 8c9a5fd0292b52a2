// One line of the log with all that it says, and its proof.
import { ButtonLink } from '../../../kit/Button.tsx'
import { Dialog } from '../../../kit/Dialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Facts } from '../../../kit/Panel.tsx'
import { useWords } from '../../../kit/words.ts'
import { paths } from '../../paths.ts'
import { LineProof } from './Proof.tsx'
import { type Line, useBecause, useLabels } from './say.ts'
import { texts } from './words.ts'

export const LineDialog = ({
  id,
  line,
  onClose,
}: {
  readonly id: number
  /** As the page found it; a line opened by its address alone is told by its proof. */
  readonly line: Line | undefined
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const { instant, number } = useFormats()
  const becauseOf = useBecause()
  const { labelOf, actionOf, companiesOf } = useLabels()
  return (
    <Dialog title={w.line(number(id))} open size="large" onClose={onClose}>
      {line && (
        <>
          <Facts
            facts={[
              [w.at, instant(new Date(line.at))],
              [w.who, `${line.actor_name ?? ''} ${line.actor}`.trim()],
              [w.role, `${labelOf(line.role)} · ${companiesOf(line.role, line.hat)}`],
              [
                w.whom,
                line.subject_id === null
                  ? w.nobody
                  : [line.subject_name, line.subject_number].filter(Boolean).join(' · ') || String(line.subject_id),
              ],
              [w.what, `${w[line.outcome]}: ${actionOf(line.endpoint)}`],
              [w.purpose, labelOf(line.purpose)],
              [w.why, becauseOf(line.because)],
              [w.data, line.categories.map(labelOf).join(', ')],
              [w.request, <code key="request">{line.request}</code>],
            ]}
          />
          <div className="page-actions">
            {line.subject_id !== null && (
              <ButtonLink icon="person" to={paths.looks({}, { customer: String(line.subject_id) })}>
                {w.looksLink}
              </ButtonLink>
            )}
            <ButtonLink icon="filter" to={paths.accessLog({}, { actor: line.actor })}>
              {w.actorLink}
            </ButtonLink>
          </div>
        </>
      )}
      <h3>{w.proof}</h3>
      <LineProof line_id={id} />
    </Dialog>
  )
}
