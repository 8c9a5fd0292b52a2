// What is one value of the party itself: language, relation, birth date, business id. Each changed where it stands.
import type { z } from 'zod'
import * as card from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/party/api.ts'
import { useChange, useFresh } from '../../../kit/ask.ts'
import { Refusal } from '../../../kit/client.ts'
import { readDay, writeDay } from '../../../kit/days.ts'
import { InlineEdit, type Theirs } from '../../../kit/InlineEdit.tsx'
import { Facts, Panel } from '../../../kit/Panel.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { Provenance } from '../Since.tsx'
import { texts } from './words.ts'

type Head = z.output<typeof card.customerHead>
type Value = 'language' | 'stage' | 'birth_date' | 'business_id'
const languages = ['fi', 'sv', 'en'] as const
const stale = [card.openCustomer]

type Answered<V extends Value> = Pick<Head, V | 'version'>

/**
 * The values share one version: when another of them was changed meanwhile, this one still is what was seen, and is saved. So it is when it is
 * taken back: another's change of the same value stays, and is told.
 */
const useOneValue = (head: Head) => {
  const w = useWords(texts)
  const tell = useToast()
  const fresh = useFresh()
  return async <V extends Value>(
    value: V,
    next: Head[V],
    send: (next: Head[V], version: number) => Promise<Answered<V>>,
    said: (value: string) => string = (text) => text,
  ): Promise<Theirs | undefined> => {
    const seen = head[value]
    const now = () => fresh(card.openCustomer, { params: { customer_id: head.id } })
    /** Sent once more, if the value itself is still what it was. */
    const sure = async (from: Head[V], to: Head[V], version: number): Promise<Answered<V> | Head> => {
      try {
        return await send(to, version)
      } catch (error) {
        if (!(error instanceof Refusal) || error.problem.code !== 'customer.changed') throw error
        const found = await now()
        return found[value] === from ? send(to, found.version) : found
      }
    }
    const made = await sure(seen, next, head.version)
    if ('recorded_at' in made) return { theirs: said(made[value] ?? ''), at: new Date(made.recorded_at) }
    tell({
      text: w.saved,
      undo: async () => {
        const back = await sure(made[value], seen, made.version)
        if ('recorded_at' in back) throw unread('customer.changed')
      },
    })
    return undefined
  }
}

const unread = (code: string): Refusal => new Refusal({ type: 'about:blank', title: code, status: 422, code })

export const Basics = ({ head }: { readonly head: Head }) => {
  const w = useWords(texts)
  const may = useMay()
  const one = useOneValue(head)
  const params = { customer_id: head.id }
  const language = useChange(card.setLanguage, { stale })
  const stage = useChange(api.setStage, { stale })
  const birth = useChange(api.setBirthDate, { stale })
  const business = useChange(api.setBusinessId, { stale })
  // As long as the caller may be asked for it, it is not on the screen; and what the role may not see is not said to be lacking.
  const known = head.number !== null
  return (
    <Panel title={w.basics}>
      <Facts
        facts={[
          [
            w.language,
            <InlineEdit
              key="language"
              label={w.language}
              value={head.language}
              options={languages.map((id) => ({ id, label: w[id] }))}
              permitted={may(card.setLanguage)}
              save={(next) =>
                one('language', languages.find((each) => each === next) ?? head.language, (to, version) =>
                  language.mutateAsync({ params, body: { language: to, version } }),
                )
              }
            />,
          ],
          [
            w.stage,
            <InlineEdit
              key="stage"
              label={w.stage}
              value={head.stage}
              options={card.stages.map((id) => ({ id, label: w[id] }))}
              permitted={may(api.setStage)}
              save={(next) =>
                one('stage', card.stages.find((each) => each === next) ?? head.stage, (to, version) =>
                  stage.mutateAsync({ params, body: { stage: to, version } }),
                )
              }
            />,
          ],
          ...(head.kind === 'natural' && known && (head.birth_date !== null || may(api.setBirthDate))
            ? [
                [
                  w.born,
                  <InlineEdit
                    key="born"
                    label={w.born}
                    value={head.birth_date === null ? '' : writeDay(head.birth_date)}
                    inputMode="numeric"
                    permitted={may(api.setBirthDate)}
                    save={async (next) => {
                      const birth_date = next.trim() === '' ? null : readDay(next)
                      if (birth_date === undefined) throw unread('birth-date.unreadable')
                      return one(
                        'birth_date',
                        birth_date,
                        (to, version) => birth.mutateAsync({ params, body: { birth_date: to, version } }),
                        (day) => (day === '' ? '' : writeDay(day)),
                      )
                    }}
                  />,
                ] as const,
              ]
            : []),
          ...(head.business_id === null && (head.kind !== 'legal' || !may(api.setBusinessId))
            ? []
            : [
                [
                  w.businessId,
                  <InlineEdit
                    key="business"
                    label={w.businessId}
                    value={head.business_id ?? ''}
                    permitted={may(api.setBusinessId)}
                    save={(next) =>
                      one('business_id', next.trim() || null, (to, version) =>
                        business.mutateAsync({ params, body: { business_id: to, version } }),
                      )
                    }
                  />,
                ] as const,
              ]),
        ]}
      />
      <Provenance {...head} />
    </Panel>
  )
}
