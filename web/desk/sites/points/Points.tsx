// The points of a site side by side: what holds of each, and its meter.
import { useState } from 'react'
import type { z } from 'zod'
import { contractsOfSite } from '../../../../chapters/contracts/api.ts'
import { metersOfSite } from '../../../../chapters/metering/meters/api.ts'
import { sumsOfSite } from '../../../../chapters/metering/sums/api.ts'
import * as sites from '../../../../chapters/sites/api.ts'
import * as api from '../../../../chapters/sites/points/api.ts'
import { useAsk } from '../../../kit/ask.ts'
import { Badge, type BadgeTone } from '../../../kit/Badge.tsx'
import { Button } from '../../../kit/Button.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useWords } from '../../../kit/words.ts'
import { PointMeters } from '../../metering/meters/PointMeters.tsx'
import { PointUse, thirteenMonths } from '../../metering/sums/PointUse.tsx'
import { useMay } from '../../shell/session.ts'
import { NewPoint } from '../Measured.tsx'
import { texts as siteTexts } from '../words.ts'
import { ChangeEstimate } from './ChangeEstimate.tsx'
import { ChangeFacts } from './ChangeFacts.tsx'
import { ToldFacts } from './Told.tsx'
import { texts } from './words.ts'
import './Points.css'

type Site = z.output<typeof sites.openSite.gives>
type Point = Site['points'][number]

const tones: Readonly<Record<Point['status'], BadgeTone>> = {
  'under-construction': 'note',
  connected: 'well',
  disconnected: 'care',
  removed: 'plain',
}

const One = ({ point: { id, site_id, energy, code, kind, status } }: { readonly point: Point }) => {
  const s = useWords(siteTexts)
  const w = useWords(texts)
  const may = useMay()
  const params = { site_id }
  const facts = useAsk(api.pointFacts, { params }, { when: may(api.pointFacts) })
  const meters = useAsk(metersOfSite, { params }, { when: may(metersOfSite) })
  const used = useAsk(sumsOfSite, { params, query: thirteenMonths() }, { when: may(sumsOfSite) })
  const agreed = useAsk(contractsOfSite, { params }, { when: may(contractsOfSite) })
  const [changing, setChanging] = useState(false)
  const [estimating, setEstimating] = useState(false)
  // One row for each party.
  const contracts = agreed.data && [...new Map(agreed.data.map((row) => [row.id, row])).values()]
  const known = facts.data?.find(({ point_id }) => point_id === id)
  return (
    <li>
      <div className="line-head">
        <h3>
          {s[energy]} <span className="point-code">{code}</span>
        </h3>
        {known?.keeps && may(api.changeFacts) && (
          <Button tone="quiet" onPress={() => setChanging(true)}>
            {known.facts.length === 0 ? w.add : w.change}
          </Button>
        )}
      </div>
      <p>
        <Badge>{s[kind]}</Badge> <Badge tone={tones[status]}>{s[status]}</Badge>
      </p>
      {used.data && (
        <PointUse
          sums={used.data.filter(({ point_id }) => point_id === id).map((sum) => ({ ...sum, meter: null }))}
          contracts={contracts?.filter(({ point_id }) => point_id === id)}
        />
      )}
      {known && <ToldFacts point={known} />}
      {known?.keeps && may(api.changeEstimate) && (
        <p>
          <Button tone="quiet" onPress={() => setEstimating(true)}>
            {w.changeEstimate}
          </Button>
        </p>
      )}
      {estimating && known && (
        <ChangeEstimate
          site_id={site_id}
          point_id={id}
          electric={energy === 'electricity'}
          estimates={known.estimates}
          onClose={() => setEstimating(false)}
        />
      )}
      {meters.data && (
        <PointMeters
          point_id={id}
          keeps={known?.keeps ?? false}
          meters={meters.data.filter(({ point_id }) => point_id === id)}
        />
      )}
      {changing && known && (
        <ChangeFacts
          site_id={site_id}
          point_id={id}
          energy={energy}
          facts={known.facts}
          onClose={() => setChanging(false)}
        />
      )}
    </li>
  )
}

export const Points = ({ site: { site, points } }: { readonly site: Site }) => {
  const w = useWords(siteTexts)
  const may = useMay()
  const [adding, setAdding] = useState(false)
  return (
    <Panel
      title={w.points}
      actions={
        may(sites.addPoint) && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {w.add}
          </Button>
        )
      }
    >
      {points.length === 0 && <p className="quiet">{w.noPoints}</p>}
      <ul className="points">
        {points.map((point) => (
          <One key={point.id} point={point} />
        ))}
      </ul>
      {adding && <NewPoint site_id={site.id} onClose={() => setAdding(false)} />}
    </Panel>
  )
}
