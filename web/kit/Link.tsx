// A link to another page of the web. A real address: it can be opened in a new tab, copied and sent.
import type { ReactNode } from 'react'
import { useLink } from './navigation.tsx'
import './Link.css'

export const Link = ({ to, children }: { readonly to: string; readonly children: ReactNode }) => (
  <a className="link" {...useLink(to)}>
    {children}
  </a>
)
