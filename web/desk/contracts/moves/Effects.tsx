// What a move does, before it is done: what ends, what begins, what remains, who pays in between, and what forbids it with the day that would do.
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type * as api from '../../../../chapters/contracts/moves/api.ts'
import { Banner } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { dayBefore } from '../../../kit/days.ts'
import { useFormats } from '../../../kit/format.ts'
import { useLanguage } from '../../../kit/preferences.ts'
import { useSayCode } from '../../../kit/refusals.ts'
import { useWords } from '../../../kit/words.ts'
import { streetOf } from '../../sites/address.ts'
import { texts as siteTexts } from '../../sites/words.ts'
import { texts as contractTexts } from '../words.ts'
import { texts } from './words.ts'
import './Effects.css'

type Drawn = z.output<typeof api.drawn>
type Named = { readonly name_fi: string; readonly name_sv: string; readonly name_en: string }

export const useNameOf = (): ((of: Named) => string) => {
  const language = useLanguage()
  return ({ name_fi, name_sv, name_en }) => ({ fi: name_fi, sv: name_sv, en: name_en })[language]
}

export const Refusals = ({
  refusals,
  onTake,
}: {
  readonly refusals: Drawn['refusals']
  readonly onTake: (refusal: Drawn['refusals'][number], earliest: string) => void
}) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const say = useSayCode()
  // Of one rule that several contracts meet, the day that suits them all.
  const once = [...Map.groupBy(refusals, ({ code, path }) => `${code} ${path}`).values()].flatMap((same) =>
    same.slice(0, 1),
  )
  return (
    <div className="banners" aria-live="polite">
      {once.map((refusal) => {
        const { code, path, message, earliest } = refusal
        const [what, todo] = say(code) ?? [w.mismatch, message]
        return (
          <Banner
            key={`${code} ${path}`}
            consequence="care"
            title={what}
            action={
              earliest !== null && <Button onPress={() => onTake(refusal, earliest)}>{w.take(day(earliest))}</Button>
            }
          >
            {todo}
          </Banner>
        )
      })}
    </div>
  )
}

const Group = ({
  title,
  rows,
}: {
  readonly title: string
  readonly rows: readonly (readonly [key: string, row: ReactNode])[]
}) =>
  rows.length === 0 ? null : (
    <div>
      <h3>{title}</h3>
      <ul>
        {rows.map(([key, row]) => (
          <li key={key}>{row}</li>
        ))}
      </ul>
    </div>
  )

const Line = ({ name, children }: { readonly name: string; readonly children: readonly (string | false | null)[] }) => (
  <>
    <strong>{name}</strong> <span className="quiet">{children.filter(Boolean).join(' · ')}</span>
  </>
)

export const Effects = ({
  drawn: { leave, enter, contracts, begins, formers, pays },
  left,
  entered,
}: {
  readonly drawn: Drawn
  /** The days of the stays. */
  readonly left: string | null
  readonly entered: string | null
}) => {
  const w = useWords(texts)
  const c = useWords(contractTexts)
  const s = useWords(siteTexts)
  const language = useLanguage()
  const nameOf = useNameOf()
  const { day } = useFormats()
  const lastDay = (first: string) => w.until(day(dayBefore(first)))
  const street = (site: NonNullable<Drawn['leave']>['site']) => (site === null ? '' : `: ${streetOf(site, language)}`)
  const payer = { customer: w.customer, nobody: w.nobody, former: w.formerPays }
  const paying = pays.map(({ who, energy, kind, code, from, to }): readonly [string, ReactNode] => [
    `${code} ${kind} ${from} ${who}`,
    <Line key="line" name={payer[who]}>
      {[
        to === null ? w.since(day(from)) : w.span(day(from), day(dayBefore(to))),
        kind === null ? s[energy] : `${s[energy]}, ${c[kind].toLocaleLowerCase(language)}`,
        code,
      ]}
    </Line>,
  ])
  return (
    <section className="effects" aria-label={w.effects}>
      <Group
        title={w.ending}
        rows={[
          ...(leave !== null && left !== null
            ? [
                [
                  'stay',
                  <Line key="line" name={`${w.stay}${street(leave.site)}`}>
                    {[lastDay(left)]}
                  </Line>,
                ] as const,
              ]
            : []),
          ...contracts.flatMap((row) =>
            row.ends === null
              ? []
              : [
                  [
                    `ends ${row.id}`,
                    <Line key="line" name={nameOf(row)}>
                      {[
                        c[row.kind],
                        row.number,
                        lastDay(row.ends),
                        row.fate === 'moves' && w.moves.toLocaleLowerCase(language),
                      ]}
                    </Line>,
                  ] as const,
                ],
          ),
          ...formers.map(
            (row) =>
              [
                `former ${row.id}`,
                <Line key="line" name={nameOf(row)}>
                  {[w.former, row.number, lastDay(row.ends)]}
                </Line>,
              ] as const,
          ),
        ]}
      />
      <Group
        title={w.beginning}
        rows={[
          ...(enter !== null && entered !== null
            ? [
                [
                  'stay',
                  <Line key="line" name={`${w.stay}${street(enter.site)}`}>
                    {[w.begins(day(entered))]}
                  </Line>,
                ] as const,
              ]
            : []),
          ...begins.map((row) => {
            const was = contracts.find(({ id }) => id === row.follows)
            return [
              `begins ${row.point_id} ${row.kind}`,
              <Line key="line" name={nameOf(row)}>
                {[
                  c[row.kind],
                  w.begins(day(row.from)),
                  row.fixed_until !== null && w.fixed(day(row.fixed_until)),
                  row.to !== null && w.upTo(day(row.to)),
                  was !== undefined && w.goesOn(was.number),
                ]}
              </Line>,
            ] as const
          }),
        ]}
      />
      <Group
        title={w.remaining}
        rows={[
          ...contracts.flatMap((row) =>
            row.ends !== null
              ? []
              : [
                  [
                    `remains ${row.id}`,
                    <Line key="line" name={nameOf(row)}>
                      {[
                        c[row.kind],
                        row.number,
                        row.untouched !== null
                          ? w[row.untouched]
                          : row.fate === 'passes' && left !== null && w.alone(day(left)),
                      ]}
                    </Line>,
                  ] as const,
                ],
          ),
          ...[leave, enter].flatMap((place, i) =>
            place === null || place.others === 0
              ? []
              : [
                  [
                    `others ${i}`,
                    <Line key="line" name={place.site === null ? '' : streetOf(place.site, language)}>
                      {[w.others(place.others)]}
                    </Line>,
                  ] as const,
                ],
          ),
        ]}
      />
      <Group title={w.pays} rows={paying} />
      <p className="quiet">{w.company}</p>
    </section>
  )
}
