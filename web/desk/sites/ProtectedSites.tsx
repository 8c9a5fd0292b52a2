// Where a protected person lives, as long as they are open for a reason; moved out of there by whoever opened them.
import { useState } from 'react'
import { makeContract } from '../../../chapters/contracts/api.ts'
import type { CustomerId } from '../../../chapters/customers/api.ts'
import * as api from '../../../chapters/sites/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { Button } from '../../kit/Button.tsx'
import { useFormats } from '../../kit/format.ts'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords } from '../../kit/words.ts'
import { useMay } from '../shell/session.ts'
import { placeOf, streetOf } from './address.ts'
import { NewContract } from '../contracts/NewContract.tsx'
import { texts as contractTexts } from '../contracts/words.ts'
import { Move } from '../contracts/moves/Move.tsx'
import { isNow } from './Sites.tsx'
import { texts } from './words.ts'

export const ProtectedSites = ({
  customer_id,
  because,
}: {
  readonly customer_id: CustomerId
  readonly because: string
}) => {
  const w = useWords(texts)
  const c = useWords(contractTexts)
  const language = useLanguage()
  const { day } = useFormats()
  const may = useMay()
  const [leaving, setLeaving] = useState<number>()
  const [joined, setJoined] = useState<number>()
  const [making, setMaking] = useState(false)
  const homes = useAsk(api.protectedSites, { params: { customer_id } }, { because })
  const stay = homes.data?.find(({ id }) => id === leaving)
  return (
    <>
      <div className="line-head">
        <h3>{w.sites}</h3>
        {may(makeContract) && homes.data?.some(({ during }) => isNow({ during })) && (
          <Button tone="quiet" onPress={() => setMaking(true)}>
            {c.newContract}
          </Button>
        )}
      </div>
      <Answer of={homes} lines={1}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="quiet">{w.none}</p>
          ) : (
            <ul className="lines">
              {rows.map(({ id, site, during }) => (
                <li key={id}>
                  <p className="line-head">
                    <span>
                      {streetOf(site, language)}, {placeOf(site, language)}
                      <small className="provenance">
                        {during.from && day(during.from)}–{during.to && day(during.to)}
                      </small>
                    </span>
                    {may(api.moveIn) && isNow({ during }) && (
                      <Button tone="quiet" onPress={() => setJoined(site.id)}>
                        {w.joins}
                      </Button>
                    )}
                    {may(api.moveOut) && isNow({ during }) && (
                      <Button tone="quiet" onPress={() => setLeaving(id)}>
                        {w.moveOut}
                      </Button>
                    )}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {joined !== undefined && (
        <Move site_id={joined} lives_with={customer_id} begins="enter" onClose={() => setJoined(undefined)} />
      )}
      {making && homes.data && (
        <NewContract customer_id={customer_id} stays={homes.data} onClose={() => setMaking(false)} />
      )}
      {stay && (
        <Move
          customer_id={stay.customer_id}
          stays={[{ id: stay.id, customer_id: stay.customer_id, label: streetOf(stay.site, language) }]}
          begins="leave"
          onClose={() => setLeaving(undefined)}
        />
      )}
    </>
  )
}
