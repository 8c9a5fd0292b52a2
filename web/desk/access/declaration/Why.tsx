// Why a cell of the matrix is as it is: the sentence of the declaration, its legal basis, whose rows, how long, to whom, and which columns.
import type { ReactNode } from 'react'
import { Badge } from '../../../kit/Badge.tsx'
import { Dialog } from '../../../kit/Dialog.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useWords } from '../../../kit/words.ts'
import type { Category, Declaration, Purpose, Role, Row } from './declared.ts'
import { texts } from './words.ts'
import '../../../kit/Link.css'

type Kept = Category['retention'][number]

/** `P6Y` in words; as it stands where it is none of these. */
export const usePeriod = (): ((period: string) => string) => {
  const w = useWords(texts)
  return (period) => {
    const [, count = '', unit = ''] = /^P(\d+)([YMD])$/.exec(period) ?? []
    const say = { Y: w.years, M: w.months, D: w.days }[unit]
    return say === undefined ? period : say(Number(count))
  }
}

export const useKept = (): ((kept: Kept) => string) => {
  const w = useWords(texts)
  const periodOf = usePeriod()
  const anchors: Readonly<Record<string, unknown>> = w
  return ({ period, anchor, rounding, action }) => {
    const from = rounding === 'end-of-year' ? w.endOfYear : anchors[anchor]
    return `${periodOf(period)} ${typeof from === 'string' ? from : anchor}, ${w[action]}.`
  }
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="why-part">
    <h3>{title}</h3>
    {children}
  </section>
)

const Law = ({
  id,
  declaration,
  lead,
}: {
  readonly id: string
  readonly declaration: Declaration
  readonly lead?: string
}) => {
  const language = useLanguage()
  const law = declaration.laws[id]
  if (law === undefined) return null
  const name = `${law.title[language]} ${law.cite}`
  return (
    <span className="quiet">
      {lead !== undefined && `${lead}, `}
      {law.url === undefined ? (
        name
      ) : (
        <a className="link" href={law.url} target="_blank" rel="noreferrer">
          {name}
        </a>
      )}
    </span>
  )
}

const Bases = ({ declaration, purpose }: { readonly declaration: Declaration; readonly purpose: Purpose }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const declared = declaration.purposes.find(({ id }) => id === purpose)
  const nameOf = (id: string): string => declaration.controllers.find((one) => one.id === id)?.name ?? id
  return (
    <ul className="lines">
      {declared?.bases.map((basis) => (
        <li key={`${basis.article}${basis.law}`}>
          <p>{basis.text[language]}</p>
          {basis.interest && <p>{basis.interest[language]}</p>}
          <p>
            <Law id="gdpr" declaration={declaration} lead={w.article(basis.article)} />
            {basis.law !== 'gdpr' && (
              <>
                {' · '}
                <Law id={basis.law} declaration={declaration} />
              </>
            )}
            {basis.controllers.length > 0 && (
              <span className="quiet"> · {`${w.onlyFor} ${basis.controllers.map(nameOf).join(', ')}`}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

const Rows = ({ role, declaration }: { readonly role: Role; readonly declaration: Declaration }) => {
  const w = useWords(texts)
  const nameOf = (id: string): string => declaration.controllers.find((one) => one.id === id)?.name ?? id
  const { rows, hats } = role
  const shown = { hidden: w.protectedHidden, 'one-at-a-time': w.protectedOne, seen: w.protectedSeen }[rows.protected]
  return (
    <ul className="why-list">
      {Object.entries(hats).map(([hat, ids]) => (
        <li key={hat}>
          {ids.map(nameOf).join(' + ')}
          {ids.length > 1 && ` (${w.together})`}
        </li>
      ))}
      <li>{shown}</li>
      <li>{rows.restricted === 'hidden' ? w.restrictedHidden : w.restrictedSeen}</li>
      {rows.marketable && <li>{w.marketable}</li>}
    </ul>
  )
}

export const Why = ({
  row,
  category,
  declaration,
  onClose,
}: {
  readonly row: Row
  readonly category: Category
  readonly declaration: Declaration
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const keptOf = useKept()
  const may = row.may(category.id)
  const purposes = row.is === 'role' ? [row.purpose] : row.recipient.purposes
  const named = declaration.purposes.filter(({ id }) => purposes.includes(id))
  const kept = category.retention.filter(({ purpose }) => purposes.includes(purpose))
  const given = declaration.recipients.filter(
    (one) => one.categories.includes(category.id) && one.purposes.some((purpose) => purposes.includes(purpose)),
  )
  const who = row.is === 'role' ? row.role.label[language] : row.recipient.label[language]
  const sentence =
    row.is === 'role'
      ? may.length === 0
        ? w.mayNot
        : `${w.may(who, row.role.unit[language], category.label[language])} ${named[0]?.description[language] ?? ''}`
      : may.length === 0
        ? w.receivesNot
        : w.receives(who, category.label[language])
  return (
    <Dialog title={`${category.label[language]} · ${who}`} open size="large" onClose={onClose}>
      <p>
        {may.map((one) => (
          <span key={one}>
            <Badge tone={one === 'writes' || one === 'deletes' ? 'care' : 'note'}>{w[one]}</Badge>{' '}
          </span>
        ))}
        {category.strict && <Badge tone="stop">{w.strict}</Badge>}
      </p>
      <p>{sentence}</p>
      <p className="quiet">{category.description[language]}</p>
      {may.length > 0 && (
        <div className="why-parts">
          <Part title={w.basis}>
            {named.map(({ id, label }) => (
              <div key={id}>
                {named.length > 1 && <p className="quiet">{label[language]}</p>}
                <Bases declaration={declaration} purpose={id} />
              </div>
            ))}
          </Part>
          {row.is === 'role' && (
            <Part title={w.rows}>
              <Rows role={row.role} declaration={declaration} />
            </Part>
          )}
          <Part title={w.kept}>
            {kept.length === 0 && <p className="quiet">{w.noRetention}</p>}
            <ul className="lines">
              {kept.map((rule) => (
                <li key={`${rule.purpose}${rule.anchor}${rule.period}`}>
                  <p>{keptOf(rule)}</p>
                  <p>
                    {rule.why[language]} <Law id={rule.law} declaration={declaration} />
                  </p>
                </li>
              ))}
            </ul>
          </Part>
          {row.is === 'role' && (
            <Part title={w.goesTo}>
              <p>{given.length === 0 ? w.nobody : given.map(({ label }) => label[language]).join('; ')}</p>
            </Part>
          )}
        </div>
      )}
      <Part title={w.columns}>
        {category.tables.length === 0 && <p className="quiet">{w.noColumns}</p>}
        <ul className="lines">
          {category.tables.map(({ table, columns, walls }) => (
            <li key={table}>
              <p>
                <code>{table}</code>:{' '}
                {columns.map((column) => (
                  <code key={column}>{column} </code>
                ))}
                {walls.length > 0 && <span className="quiet">{`${w.walls}: ${walls.join(', ')}`}</span>}
              </p>
            </li>
          ))}
        </ul>
      </Part>
    </Dialog>
  )
}
