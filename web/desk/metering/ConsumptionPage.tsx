// What a customer used at a point: a day, a month, a year or all years, as finely as it was measured or by sums, in kilowatt-hours or euros, as known on a day.
import { useState } from 'react'
import { spotPrices } from '../../../chapters/contracts/spot/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import * as api from '../../../chapters/metering/api.ts'
import * as costs from '../../../chapters/metering/costs/api.ts'
import { temperatures } from '../../../chapters/metering/weather/api.ts'
import * as sites from '../../../chapters/sites/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { asking, useAsk } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { today } from '../../kit/days.ts'
import { CheckboxField, DayField } from '../../kit/Field.tsx'
import { type Formats, useFormats } from '../../kit/format.ts'
import { Link } from '../../kit/Link.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { Segments } from '../../kit/Segments.tsx'
import { useWords } from '../../kit/words.ts'
import type { At, Loading } from '../page.ts'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { TakeOut } from '../shell/TakeOut.tsx'
import { streetOf } from '../sites/address.ts'
import { Heat } from './heat/Heat.tsx'
import { type Fineness, finenessesOf, finenessOf, isView, spanOf, stepped, type View, views } from './spans.ts'
import { SumsShown } from './SumsShown.tsx'
import { ValuesShown } from './ValuesShown.tsx'
import { texts } from './words.ts'
import './consumption.css'

type Here = At<typeof paths.consumption>
type Words = ReturnType<typeof useWords<(typeof texts)['fi']>>

const askedOf = ({ params, query }: Here) => {
  const view = isView(query['by']) ? query['by'] : ('month' as const)
  return {
    customer_id: Number(params.customer) as CustomerId,
    point_id: Number(params.point),
    view,
    fineness: finenessOf(view, query['in']),
    euros: query['unit'] === 'euros',
    at: /^\d{4}-\d\d-\d\d$/.test(query['at'] ?? '') ? (query['at'] ?? '') : today(),
  }
}

export const title = (language: Language): string => texts[language].title

export const loader = (here: Here & Loading): Promise<unknown> => {
  const { customer_id } = askedOf(here)
  return here.client.ensureQueryData(asking(sites.sitesOfCustomer, { params: { customer_id } }))
}

/** `november 2026`, `2026`, `24.11.2026`. */
const named = (view: View, at: string, language: Language, formats: Formats, w: Words): string => {
  if (view === 'all') return w.all
  if (view === 'year') return at.slice(0, 4)
  if (view === 'day') return formats.day(at)
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${at}T00:00:00Z`),
  )
}

const finenessWords = { values: 'values', hour: 'hour', day: 'byDay', month: 'byMonth', year: 'byYear' } as const

/** What lies over the picture, one at a time. */
type Over = 'nothing' | 'spot' | 'cost' | 'warmth'

/** Chosen once, and kept from day to day and from point to point. */
let kept: { readonly beside: boolean; readonly over: Over } = { beside: true, over: 'nothing' }

const Chosen = ({
  here,
  electric,
  postcode,
}: {
  readonly here: Here
  readonly electric: boolean
  readonly postcode: string | undefined
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const formats = useFormats()
  const { go } = useNavigation()
  const may = useMay()
  const { customer_id, point_id, view, fineness, euros, at } = askedOf(here)
  const asked = { customer_id, point_id }
  const [known, setKnown] = useState<string>()
  const [shows, setShows] = useState(kept)
  const choose = (change: Partial<typeof kept>): void => {
    kept = { ...kept, ...change }
    setShows(kept)
  }
  const to = (change: { readonly in?: Fineness; readonly unit?: string; readonly at?: string; readonly by?: View }) => {
    const next = { by: view, in: fineness, unit: euros ? 'euros' : undefined, at, ...change }
    return paths.consumption(
      { customer: String(customer_id), point: String(point_id) },
      // Another span has its own usual fineness.
      { ...next, in: next.by === view ? next.in : undefined },
    )
  }
  const span = spanOf(view, at)
  const what = named(view, at, language, formats, w)
  const fine = fineness === 'values' || fineness === 'hour'
  const prices = may(costs.consumptionCosts)
  const overs: readonly Over[] = [
    'nothing',
    ...(fine && electric && may(spotPrices) ? (['spot'] as const) : []),
    ...(!fine && !euros && prices ? (['cost'] as const) : []),
    ...(view !== 'all' && (fine || !euros) && postcode !== undefined && may(temperatures) ? (['warmth'] as const) : []),
  ]
  const over = overs.find((each) => each === shows.over) ?? 'nothing'
  return (
    <Panel
      title={what}
      actions={
        view !== 'all' && (
          <>
            <ButtonLink to={to({ at: stepped(view, at, -1) })}>{w.before}</ButtonLink>
            <ButtonLink to={to({ at: stepped(view, at, 1) })}>{w.after}</ButtonLink>
          </>
        )
      }
    >
      <div className="consumption-tools">
        <Segments
          label={w.length}
          options={views.map((id) => ({ id, label: w[id] }))}
          chosen={view}
          onChoose={(id) => go(to({ by: id as View }))}
        />
        <Segments
          label={w.fineness}
          options={finenessesOf(view).map((id) => ({ id, label: w[finenessWords[id]] }))}
          chosen={fineness}
          onChoose={(id) => go(to({ in: id as Fineness }))}
        />
        {prices && !fine && (
          <Segments
            label={w.unit}
            options={[
              { id: 'kwh', label: w.kwh },
              { id: 'euros', label: w.euros },
            ]}
            chosen={euros ? 'euros' : 'kwh'}
            onChoose={(id) => go(to({ unit: id }))}
          />
        )}
        {view !== 'all' && (
          <CheckboxField value={shows.beside} onChange={(beside) => choose({ beside })}>
            {w.beside}
          </CheckboxField>
        )}
        {overs.length > 1 && (
          <Segments
            label={w.over}
            options={overs.map((id) => ({ id, label: id === 'nothing' ? w.nothingOver : w[id] }))}
            chosen={over}
            onChoose={(id) => choose({ over: overs.find((each) => each === id) ?? 'nothing' })}
          />
        )}
        {!(euros && !fine) && (
          <div className="consumption-known">
            <DayField label={w.knownOn} hint={w.knownHint} value={known} onChange={setKnown} />
          </div>
        )}
      </div>
      {fine ? (
        <ValuesShown
          asked={asked}
          from={span.from}
          to={span.to}
          hourly={fineness === 'hour'}
          what={what}
          known={known}
          beside={shows.beside}
          spot={over === 'spot'}
          postcode={over === 'warmth' ? postcode : undefined}
        />
      ) : (
        <SumsShown
          asked={asked}
          view={view}
          span={span}
          by={fineness}
          what={what}
          known={known}
          beside={shows.beside}
          euros={euros && prices}
          cost={over === 'cost'}
          postcode={over === 'warmth' ? postcode : undefined}
        />
      )}
    </Panel>
  )
}

export const Page = (here: Here) => {
  const w = useWords(texts)
  const language = useLanguage()
  const may = useMay()
  const { customer_id, point_id, view, fineness, euros, at } = askedOf(here)
  const asked = { customer_id, point_id }
  const span = spanOf(view, at)
  const by = fineness === 'values' || fineness === 'hour' ? 'day' : fineness
  return (
    <Answer of={useAsk(sites.sitesOfCustomer, { params: { customer_id } })}>
      {(homes) => {
        const home = homes.find(({ points }) => points.some(({ id }) => id === point_id))
        const point = home?.points.find(({ id }) => id === point_id)
        return (
          <Frame
            title={w.title}
            lead={home && streetOf(home.site, language)}
            actions={
              <>
                {euros && view !== 'all' ? (
                  <TakeOut of={costs.consumptionCosts} asked={{ params: asked, query: { by, ...span } }} keys="D" />
                ) : (
                  <TakeOut of={api.consumptionSums} asked={{ params: asked, query: { by, ...span } }} keys="D" />
                )}
                {may(costs.compareProducts) && (
                  <ButtonLink to={paths.comparison({ customer: String(customer_id), point: String(point_id) })}>
                    {w.compare}
                  </ButtonLink>
                )}
                <ButtonLink to={paths.customer({ customer: String(customer_id) })}>{w.card}</ButtonLink>
              </>
            }
          >
            <Panel title={w.points}>
              <ul className="lines">
                {home?.points.map(({ id, energy, code }) => (
                  <li key={id}>
                    <p>
                      <Badge>{w[energy]}</Badge>{' '}
                      {id === point_id ? (
                        <strong>{code}</strong>
                      ) : (
                        <Link
                          to={paths.consumption(
                            { customer: String(customer_id), point: String(id) },
                            { by: view, in: fineness, at },
                          )}
                        >
                          {code}
                        </Link>
                      )}
                    </p>
                  </li>
                ))}
              </ul>
            </Panel>
            <Chosen
              key={point_id}
              here={here}
              electric={point?.energy === 'electricity'}
              postcode={home?.site.postcode}
            />
            {point?.energy === 'heat' && (view === 'year' || view === 'month') && (
              <Heat key={`heat ${point_id}`} asked={asked} span={span} />
            )}
          </Frame>
        )
      }}
    </Answer>
  )
}
