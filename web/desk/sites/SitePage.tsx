// A usage site: where it is, what is measured there and by which connection, who lives there and who did, and what is agreed.
import { useState } from 'react'
import type { z } from 'zod'
import { contractsOfSite } from '../../../chapters/contracts/api.ts'
import { sumsOfSite } from '../../../chapters/metering/sums/api.ts'
import * as api from '../../../chapters/sites/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { asking, useAsk } from '../../kit/ask.ts'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Earlier } from '../../kit/Earlier.tsx'
import { useFormats } from '../../kit/format.ts'
import { Link } from '../../kit/Link.tsx'
import { Columns, Page as Frame } from '../../kit/Page.tsx'
import { Facts, Panel } from '../../kit/Panel.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords } from '../../kit/words.ts'
import { SiteContracts } from '../contracts/Contracts.tsx'
import { Move } from '../contracts/moves/Move.tsx'
import type { At, Loading } from '../page.ts'
import { paths } from '../paths.ts'
import { useMay } from '../shell/session.ts'
import { placeOf, streetOf } from './address.ts'
import { NewConnection } from './Measured.tsx'
import { Points } from './points/Points.tsx'
import { isNow, useSpan } from './Sites.tsx'
import { texts } from './words.ts'

type Here = At<typeof paths.site>
type Site = z.output<typeof api.openSite.gives>
type Stay = Site['occupants'][number]

const idOf = (here: Here): number => Number(here.params.site)

export const title = (language: Language): string => texts[language].title

export const loader = (here: Here & Loading): Promise<unknown> =>
  here.client.ensureQueryData(asking(api.openSite, { params: { site_id: idOf(here) } }))

const Connections = ({ site: { site, connections } }: { readonly site: Site }) => {
  const w = useWords(texts)
  const { number } = useFormats()
  const span = useSpan()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  return (
    <Panel
      title={w.connections}
      actions={
        may(api.addConnection) && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {w.add}
          </Button>
        )
      }
    >
      {connections.length === 0 && <p className="quiet">{w.noConnections}</p>}
      <ul className="lines">
        {connections.map(({ id, energy, main_fuse, capacity_kw, during }) => (
          <li key={id}>
            <p>
              <strong>{w[energy]}</strong> {main_fuse ?? `${number(Number(capacity_kw))} kW`}
            </p>
            <p className="quiet">{span(during)}</p>
          </li>
        ))}
      </ul>
      {adding && <NewConnection site_id={site.id} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

const Occupants = ({ site: { site, occupants } }: { readonly site: Site }) => {
  const w = useWords(texts)
  const span = useSpan()
  const may = useMay()
  const [moving, setMoving] = useState(false)
  const [leaving, setLeaving] = useState<Stay>()
  const now = occupants.filter(isNow)
  const before = occupants.filter((stay) => !isNow(stay))
  const line = (stay: Stay, here: boolean) => (
    <li key={stay.id}>
      <div className="line-head">
        <Link to={paths.customer({ customer: String(stay.customer_id) })}>
          <strong>{stay.name ?? w.unnamed}</strong>
        </Link>
        {here && may(api.moveOut) && (
          <Button tone="quiet" onPress={() => setLeaving(stay)}>
            {w.moveOut}
          </Button>
        )}
      </div>
      <p className="quiet">
        {w[stay.role]}, {span(stay.during)}
      </p>
    </li>
  )
  return (
    <Panel
      title={w.occupants}
      actions={
        may(api.moveIn) && (
          <Button icon="plus" onPress={() => setMoving(true)}>
            {w.moveIn}
          </Button>
        )
      }
    >
      {now.length === 0 && <p className="quiet">{w.nobody}</p>}
      <ul className="lines">{now.map((stay) => line(stay, true))}</ul>
      <Earlier rows={before} label={w.before}>
        {(stay) => line(stay, false)}
      </Earlier>
      {moving && <Move site_id={site.id} begins="enter" onClose={() => setMoving(false)} />}
      {leaving && (
        <Move
          customer_id={leaving.customer_id}
          stays={[{ id: leaving.id, customer_id: leaving.customer_id, label: leaving.name ?? w.unnamed }]}
          begins="leave"
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Panel>
  )
}

const Opened = ({ opened }: { readonly opened: Site }) => {
  const w = useWords(texts)
  const language = useLanguage()
  const may = useMay()
  const { site } = opened
  return (
    <Frame
      title={streetOf(site, language)}
      lead={placeOf(site, language)}
      actions={
        may(sumsOfSite) && (
          <ButtonLink to={paths.siteSums({ site: String(site.id) })} tone="quiet" icon="consumption">
            {w.used}
          </ButtonLink>
        )
      }
    >
      <Points site={opened} />
      <Columns>
        <div>
          {site.use !== null && (
            <Panel title={w.site}>
              <Facts
                facts={[
                  [w.use, w[site.use]],
                  [w.heated, site.heated_by_electricity ? w.yes : w.no],
                ]}
              />
            </Panel>
          )}
          <Connections site={opened} />
        </div>
        <div>
          <Occupants site={opened} />
        </div>
        <div>{may(contractsOfSite) && <SiteContracts site_id={site.id} points={opened.points} />}</div>
      </Columns>
    </Frame>
  )
}

export const Page = (here: Here) => (
  <Answer of={useAsk(api.openSite, { params: { site_id: idOf(here) } })}>
    {(opened) => <Opened opened={opened} />}
  </Answer>
)
