// The answer in words, as soon as the letters mean something: who may do what with this data, or what this role may do.
import { Badge } from '../../../kit/Badge.tsx'
import { Facts, Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useWords } from '../../../kit/words.ts'
import { type Category, type Declaration, type Meant, type Purpose, type Right, type Role, rowsOf } from './declared.ts'
import { useKept } from './Why.tsx'
import { texts } from './words.ts'

type Labelled = { readonly declaration: Declaration; readonly purposeLabel: (id: Purpose) => string }

const OfCategory = ({ category, declaration, purposeLabel }: Labelled & { readonly category: Category }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const keptOf = useKept()
  const rows = rowsOf(declaration)
  const who = (right: Right) => {
    const found = rows.flatMap((row) =>
      row.is === 'role' && !row.role.system && row.may(category.id).includes(right) ? [row] : [],
    )
    if (found.length === 0) return w.nobody
    return (
      <ul className="why-list">
        {found.map(({ key, role, purpose }) => (
          <li key={key}>
            <strong>{role.label[language]}</strong> <span className="quiet">{purposeLabel(purpose)}</span>
          </li>
        ))}
      </ul>
    )
  }
  const given = declaration.recipients.filter(({ categories }) => categories.includes(category.id))
  return (
    <Panel title={category.label[language]} actions={category.strict && <Badge tone="stop">{w.strict}</Badge>}>
      <p>{category.description[language]}</p>
      <Facts
        facts={[
          [w.mayRead, who('reads')],
          [w.mayWrite, who('writes')],
          [w.mayExport, who('exports')],
          [w.goesTo, given.length === 0 ? w.nobody : given.map(({ label }) => label[language]).join('; ')],
          [
            w.kept,
            <ul className="why-list" key="kept">
              {category.retention.map((rule) => (
                <li key={`${rule.purpose}${rule.anchor}`}>
                  {purposeLabel(rule.purpose)}: {keptOf(rule)}
                </li>
              ))}
            </ul>,
          ],
        ]}
      />
    </Panel>
  )
}

const OfRole = ({ role, declaration, purposeLabel }: Labelled & { readonly role: Role }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const labels = new Map(declaration.categories.map(({ id, label }) => [id, label[language]]))
  const named = (ids: readonly string[]): string => ids.map((id) => labels.get(id) ?? id).join(', ') || w.nothing
  return (
    <Panel title={role.label[language]}>
      <p className="quiet">{role.unit[language]}</p>
      {role.access.map((access) => (
        <div key={access.purpose}>
          <p>
            <strong>{purposeLabel(access.purpose)}</strong>
          </p>
          <Facts
            facts={[
              [w.mayRead, named(access.reads)],
              [w.mayWrite, named(access.writes)],
              [w.mayDelete, named(access.deletes)],
              [w.mayExport, named(access.exports)],
            ]}
          />
        </div>
      ))}
    </Panel>
  )
}

export const Answered = ({ meant, ...labelled }: Labelled & { readonly meant: Meant }) =>
  meant.is === 'category' ? (
    <OfCategory category={meant.categories[0]} {...labelled} />
  ) : (
    <OfRole role={meant.roles[0]} {...labelled} />
  )
