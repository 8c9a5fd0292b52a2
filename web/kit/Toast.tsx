// What has just been done, told in passing, and for ten seconds taken back by one press.
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import { Button, IconButton } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useCommands } from './Keys.tsx'
import { useSay } from './refusals.ts'
import { useWords, words } from './words.ts'
import './Toast.css'

const texts = words({
  fi: {
    region: 'Ilmoitukset',
    undo: 'Kumoa',
    undoLast: 'Kumoa viimeisin',
    undone: 'Kumottu',
    close: 'Sulje ilmoitus',
    act: 'Toiminnot',
  },
  sv: {
    region: 'Meddelanden',
    undo: 'Ångra',
    undoLast: 'Ångra det senaste',
    undone: 'Ångrat',
    close: 'Stäng meddelandet',
    act: 'Åtgärder',
  },
  en: {
    region: 'Notices',
    undo: 'Undo',
    undoLast: 'Undo the last change',
    undone: 'Undone',
    close: 'Close the notice',
    act: 'Actions',
  },
})

const shownFor = 10_000

export type Toast = {
  readonly text: string
  /** Takes it back. Offered as long as the toast stands. */
  readonly undo?: () => Promise<unknown>
}
type Shown = Toast & { readonly id: number; readonly failed?: boolean }

const Tell = createContext<(toast: Toast & { readonly failed?: boolean }) => void>(() => undefined)

/** `const tell = useToast(); tell({ text: w.noteSaved, undo: () => remove.mutateAsync(…) })` */
export const useToast = (): ((toast: Toast) => void) => use(Tell)

/** Does what has no form of its own, and tells of it with its undo, or what refused it: nothing fails without a word. */
export const useDeed = () => {
  const tell = use(Tell)
  const say = useSay()
  return async <T,>(deed: () => Promise<T>, said: string, undo?: (made: T) => Promise<unknown>): Promise<void> => {
    try {
      const made = await deed()
      tell({ text: said, ...(undo && { undo: () => undo(made) }) })
    } catch (error) {
      const { what, todo } = say(error)
      tell({ text: `${what} ${todo}`, failed: true })
    }
  }
}

const One = ({
  toast,
  onGone,
  onUndo,
}: {
  readonly toast: Shown
  readonly onGone: () => void
  readonly onUndo: () => void
}) => {
  const w = useWords(texts)
  const [held, setHeld] = useState(false)
  const gone = useRef(onGone)
  useEffect(() => {
    gone.current = onGone
  })
  // While it is pointed at or focused its time stands still: nobody is hurried (WCAG 2.2.1).
  useEffect(() => {
    if (held || toast.failed) return undefined
    const timer = setTimeout(() => gone.current(), shownFor)
    return () => clearTimeout(timer)
  }, [held, toast.failed])
  return (
    // Pointing and focusing only hold it; what can be done stands in its buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="toast"
      data-failed={toast.failed}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.failed ? 'warning' : 'check'} />
      <span className="toast-text">{toast.text}</span>
      {toast.undo && (
        <Button tone="quiet" onPress={onUndo}>
          {w.undo}
        </Button>
      )}
      <IconButton label={w.close} icon="close" onPress={onGone} />
    </li>
  )
}

export const ToastProvider = ({ children }: { readonly children: ReactNode }) => {
  const w = useWords(texts)
  const say = useSay()
  const [toasts, setToasts] = useState<readonly Shown[]>([])
  const next = useRef(0)

  const show = useCallback((toast: Toast & { readonly failed?: boolean }): void => {
    next.current += 1
    const shown = { ...toast, id: next.current }
    setToasts((now) => [...now.slice(-2), shown])
  }, [])
  const drop = (id: number): void => setToasts((now) => now.filter((each) => each.id !== id))
  const undo = (toast: Shown): void => {
    drop(toast.id)
    toast.undo?.().then(
      () => show({ text: w.undone }),
      (error: unknown) => {
        const { what, todo } = say(error)
        show({ text: `${what} ${todo}`, failed: true })
      },
    )
  }

  const last = toasts.findLast((toast) => toast.undo !== undefined)
  useCommands(
    last ? [{ id: 'toast.undo', label: w.undoLast, group: w.act, icon: 'undo', keys: 'U', run: () => undo(last) }] : [],
  )

  return (
    <Tell value={show}>
      {children}
      {/* Of the top layer: what was done in a dialog that still stands is heard, and taken back, beside it. */}
      <section
        className="toasts"
        aria-label={w.region}
        aria-live="polite"
        aria-relevant="additions"
        data-react-aria-top-layer="true"
      >
        <ul>
          {toasts.map((toast) => (
            <One key={toast.id} toast={toast} onGone={() => drop(toast.id)} onUndo={() => undo(toast)} />
          ))}
        </ul>
      </section>
    </Tell>
  )
}
