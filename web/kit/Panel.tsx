// A part of a page with a heading of its own: one question to the register, one answer.
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import './Panel.css'

const pressable = 'button, a[href], input, select, textarea, [tabindex="0"]'

/** When what held the focus goes, as a row that is done with, what now stands in its place takes it: the keyboard never begins again from the top. */
const useKeptFocus = (box: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const within = box.current
    if (within === null) return
    const all = () => [...within.querySelectorAll<HTMLElement>(pressable)]
    let held: { readonly by: Element; readonly at: number } | undefined
    const hold = ({ target }: Event): void => {
      const at = all().findIndex((each) => each === target)
      held = at < 0 || !(target instanceof Element) ? undefined : { by: target, at }
    }
    const gone = new MutationObserver(() => {
      if (held === undefined || held.by.isConnected || document.activeElement !== document.body) return
      const left = all()
      left[Math.min(held.at, left.length - 1)]?.focus()
    })
    within.addEventListener('focusin', hold)
    gone.observe(within, { childList: true, subtree: true })
    return () => {
      within.removeEventListener('focusin', hold)
      gone.disconnect()
    }
  }, [box])
}

export const Panel = ({
  title,
  actions,
  children,
  flush = false,
}: {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** What it holds reaches the edges, as a table does. */
  readonly flush?: boolean
}) => {
  const id = useId()
  const box = useRef<HTMLElement>(null)
  useKeptFocus(box)
  return (
    <section ref={box} className="panel" aria-labelledby={id} data-flush={flush || undefined}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {actions && <div className="panel-actions">{actions}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  )
}

/** What is known of something, name by name. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
