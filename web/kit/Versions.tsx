// Two people changed one thing: both versions side by side, and the person decides. Nothing that was typed is lost.
import { useState } from 'react'
import { Button } from './Button.tsx'
import { Refusal } from './client.ts'
import { useFormats } from './format.ts'
import { useWords, words } from './words.ts'
import './InlineEdit.css'

const texts = words({
  fi: {
    label: 'Kaksi versiota',
    what: 'Tieto',
    changed: (at: string) => `Toinen tallensi tämän ${at}.`,
    yours: 'Sinun',
    theirs: 'Toisen',
    none: 'ei tietoa',
    keepTheirs: 'Pidä toisen',
    keepYours: 'Tallenna omasi',
  },
  sv: {
    label: 'Två versioner',
    what: 'Uppgift',
    changed: (at: string) => `Någon sparade detta ${at}.`,
    yours: 'Din',
    theirs: 'Den andras',
    none: 'ingen uppgift',
    keepTheirs: 'Behåll den andras',
    keepYours: 'Spara din',
  },
  en: {
    label: 'Two versions',
    what: 'Fact',
    changed: (at: string) => `Someone saved this ${at}.`,
    yours: 'Yours',
    theirs: 'Theirs',
    none: 'nothing',
    keepTheirs: 'Keep theirs',
    keepYours: 'Save yours',
  },
})

type Versioned = { readonly id: number; readonly version: number; readonly recorded_at: string }

/** Saves against the version that was seen; when another was saved meanwhile, `theirs` is what stands now, and saving again is against that. */
export const useVersions = <Row extends Versioned>(
  seen: Row,
  /** The code of the refusal that tells of another editor. */
  changed: string,
  fresh: () => Promise<Row | undefined>,
): {
  readonly theirs: Row | undefined
  readonly save: <T>(send: (row: Row) => Promise<T>) => Promise<T>
} => {
  const [theirs, setTheirs] = useState<Row>()
  return {
    theirs,
    save: async (send) => {
      try {
        return await send(theirs ?? seen)
      } catch (error) {
        if (error instanceof Refusal && error.problem.code === changed) setTheirs(await fresh())
        throw error
      }
    },
  }
}

/** The name of the deed: that of the form, or what it means now that there are two versions. */
export const useSaving = (act: string, theirs: unknown): string => {
  const w = useWords(texts)
  return theirs === undefined ? act : w.keepYours
}

export const Versions = ({
  at,
  fields,
  onTheirs,
}: {
  readonly at: string
  readonly fields: readonly (readonly [label: string, yours: string, theirs: string])[]
  readonly onTheirs: () => void
}) => {
  const w = useWords(texts)
  const { instant } = useFormats()
  const differing = fields.filter(([, yours, theirs]) => yours !== theirs)
  return (
    <section className="inline-conflict" aria-label={w.label}>
      <p>{w.changed(instant(new Date(at)))}</p>
      <table className="versions">
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{w.what}</span>
            </th>
            <th scope="col">{w.yours}</th>
            <th scope="col">{w.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map(([label, yours, theirs]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{yours || w.none}</td>
              <td>{theirs || w.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="inline-actions">
        <Button onPress={onTheirs}>{w.keepTheirs}</Button>
      </div>
    </section>
  )
}
