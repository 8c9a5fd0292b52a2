// The frame of every page: one h1, what can be done here, and below it the page. Entering a page moves the focus to its h1.
import { createContext, type ReactNode, use, useEffect, useRef } from 'react'
import './Page.css'

/** Says once, after another page was asked for, that its h1 may take the focus. The first page is read from its beginning. */
export const ArrivalContext = createContext<() => boolean>(() => false)

export const Page = ({
  title,
  mark,
  lead,
  actions,
  children,
}: {
  /** May name a person: it is not the document's title, which stays in the browser's history. */
  readonly title: ReactNode
  /** Beside the title: what state this is in. */
  readonly mark?: ReactNode
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) => {
  const arrives = use(ArrivalContext)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (arrives()) heading.current?.focus({ preventScroll: true })
  }, [arrives])
  return (
    <>
      <header className="page-head">
        <div>
          <div className="page-title">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {mark}
          </div>
          {lead !== undefined && <p className="page-lead">{lead}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      <div className="page-body">{children}</div>
    </>
  )
}

/** Up to three columns that stand beside each other where there is room; the middle one is the widest. */
export const Columns = ({ children }: { readonly children: ReactNode }) => <div className="columns">{children}</div>
