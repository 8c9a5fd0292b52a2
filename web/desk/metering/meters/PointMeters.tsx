// The meter that stands at a point, with its last readings; earlier ones folded.
import { useState } from 'react'
import * as api from '../../../../chapters/metering/meters/api.ts'
import { Button } from '../../../kit/Button.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { ExchangeMeter } from './ExchangeMeter.tsx'
import { type Meter, useShown } from './shown.ts'
import { texts } from './words.ts'

const One = ({ meter }: { readonly meter: Meter }) => {
  const w = useWords(texts)
  const { day, instant } = useFormats()
  const shown = useShown()
  const { from, to } = meter.during
  const said = [
    w[meter.kind],
    ...(meter.multiplier === 1 ? [] : [w.multiplier(String(meter.multiplier))]),
    `${from === null ? '' : day(from)}–${to === null ? '' : day(to)}`,
  ]
  return (
    <>
      <p>
        <strong>{meter.serial}</strong> <span className="quiet">{said.join(', ')}</span>
      </p>
      <ul className="quiet">
        {meter.readings.map(({ id, register, value, kind, at, rolled_over }) => (
          <li key={id}>
            {instant(new Date(at))}: {w[register]} {shown(register, value)}, {w[kind]}
            {rolled_over && `, ${w.round}`}
          </li>
        ))}
      </ul>
    </>
  )
}

export const PointMeters = ({
  point_id,
  keeps,
  meters,
}: {
  readonly point_id: number
  /** The company that one works for keeps this point. */
  readonly keeps: boolean
  /** Those of the point, the newest first. */
  readonly meters: readonly Meter[]
}) => {
  const w = useWords(texts)
  const may = useMay()
  const [changing, setChanging] = useState(false)
  const standing = meters.filter(({ during }) => during.to === null)
  const gone = meters.filter(({ during }) => during.to !== null)
  const main = standing.find(({ kind }) => kind === 'main')
  return (
    <>
      <div className="line-head">
        <h4>{w.meter}</h4>
        {keeps && may(api.changeMeter) && (
          <Button tone="quiet" onPress={() => setChanging(true)}>
            {main === undefined ? w.install : w.exchange}
          </Button>
        )}
      </div>
      {standing.length === 0 && <p className="quiet">{w.none}</p>}
      {standing.map((meter) => (
        <One key={meter.id} meter={meter} />
      ))}
      {gone.length > 0 && (
        <details>
          <summary>{w.earlier}</summary>
          {gone.map((meter) => (
            <One key={meter.id} meter={meter} />
          ))}
        </details>
      )}
      {changing && <ExchangeMeter point_id={point_id} former={main} onClose={() => setChanging(false)} />}
    </>
  )
}
