// A form in a dialog: one deed, done when the register says so; what it refuses stays on screen beside what was typed.
import { type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Refused } from './Refused.tsx'
import { useWords, words } from './words.ts'

const texts = words({
  fi: { cancel: 'Peru' },
  sv: { cancel: 'Avbryt' },
  en: { cancel: 'Cancel' },
})

export const FormDialog = ({
  title,
  act,
  tone = 'strong',
  size = 'medium',
  ready = true,
  cancel,
  onAct,
  onClose,
  children,
}: {
  readonly title: string
  /** The deed by its name, never "OK". */
  readonly act: string
  readonly tone?: 'strong' | 'stop'
  readonly size?: 'small' | 'medium' | 'large'
  /** Whether everything needed has been given. */
  readonly ready?: boolean
  /** Where leaving it is no cancelling, but going on without. */
  readonly cancel?: string | undefined
  /** The dialog closes when it is done, and stays with the reason when it is refused. */
  readonly onAct: () => Promise<unknown>
  readonly onClose: () => void
  readonly children: (refused: unknown) => ReactNode
}) => {
  const w = useWords(texts)
  const form = useId()
  const [state, setState] = useState<{ readonly busy: boolean; readonly refused?: unknown }>({ busy: false })
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      size={size}
      actions={
        <>
          <Button onPress={onClose}>{cancel ?? w.cancel}</Button>
          <Button type="submit" form={form} tone={tone} busy={state.busy} disabled={!ready}>
            {act}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready || state.busy) return
          setState({ busy: true })
          onAct().then(onClose, (refused: unknown) => setState({ busy: false, refused }))
        }}
      >
        <Refused error={state.refused} />
        {children(state.refused)}
      </form>
    </Dialog>
  )
}
