// A dialog holds the keyboard until it is answered, and gives the focus back to where it was.
import { type ReactNode, useState } from 'react'
import { Dialog as Box, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button, IconButton } from './Button.tsx'
import { ErrorView } from './ErrorView.tsx'
import { useWords, words } from './words.ts'
import './Dialog.css'

const texts = words({
  fi: { close: 'Sulje', cancel: 'Peru' },
  sv: { close: 'Stäng', cancel: 'Avbryt' },
  en: { close: 'Close', cancel: 'Cancel' },
})

export const Dialog = ({
  title,
  open,
  onClose,
  size = 'medium',
  actions,
  children,
}: {
  readonly title: string
  readonly open: boolean
  readonly onClose: () => void
  readonly size?: 'small' | 'medium' | 'large'
  readonly actions?: ReactNode
  readonly children: ReactNode
}) => {
  const w = useWords(texts)
  return (
    <ModalOverlay className="veil" isOpen={open} isDismissable onOpenChange={(next) => !next && onClose()}>
      <Modal className="dialog" data-size={size}>
        <Box className="dialog-box">
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <IconButton label={w.close} icon="close" onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {actions && <footer className="dialog-foot">{actions}</footer>}
        </Box>
      </Modal>
    </ModalOverlay>
  )
}

/** Before what cannot be undone, or leaves the house: says what will happen (`children`), and does it only when told again. */
export const Confirm = ({
  title,
  act,
  tone = 'stop',
  open,
  onAct,
  onClose,
  children,
}: {
  readonly title: string
  /** The deed by its name, never "OK". */
  readonly act: string
  readonly tone?: 'stop' | 'strong'
  readonly open: boolean
  /** The dialog closes when it is done, and stays with the reason when it is refused. */
  readonly onAct: () => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}) => {
  const w = useWords(texts)
  const [state, setState] = useState<{ readonly busy: boolean; readonly refused?: unknown }>({ busy: false })
  const close = (): void => {
    setState({ busy: false })
    onClose()
  }
  const go = (): void => {
    setState({ busy: true })
    onAct().then(close, (refused: unknown) => setState({ busy: false, refused }))
  }
  return (
    <Dialog
      title={title}
      open={open}
      onClose={close}
      size="small"
      actions={
        <>
          <Button onPress={close}>{w.cancel}</Button>
          <Button tone={tone} busy={state.busy} onPress={go}>
            {act}
          </Button>
        </>
      }
    >
      {children}
      {state.refused !== undefined && <ErrorView error={state.refused} />}
    </Dialog>
  )
}
