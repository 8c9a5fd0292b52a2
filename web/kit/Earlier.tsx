// What is over, folded away below what is so. Where nothing is over, nothing stands.
import type { ReactNode } from 'react'
import { useWords, words } from './words.ts'

const texts = words({ fi: { earlier: 'Aiemmat' }, sv: { earlier: 'Tidigare' }, en: { earlier: 'Earlier' } })

export const Earlier = <R,>({
  rows,
  label,
  children,
}: {
  readonly rows: readonly R[]
  /** Where another word says it better. */
  readonly label?: string
  /** One `li`, with its key. */
  readonly children: (row: R) => ReactNode
}) => {
  const w = useWords(texts)
  return rows.length === 0 ? null : (
    <details>
      <summary>{label ?? w.earlier}</summary>
      <ul className="lines">{rows.map(children)}</ul>
    </details>
  )
}
