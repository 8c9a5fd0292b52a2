// A home picked by typing its address, its postcode or the code of its point; one that is not known yet is added beside.
import { useState } from 'react'
import * as api from '../../../chapters/sites/api.ts'
import { Button } from '../../kit/Button.tsx'
import { call } from '../../kit/client.ts'
import { PickField } from '../../kit/PickField.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords } from '../../kit/words.ts'
import { useMay } from '../shell/session.ts'
import { placeOf, streetOf } from './address.ts'
import { NewSite } from './NewSite.tsx'
import { texts } from './words.ts'

export type PickedSite = {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly site_id: number
}

export const SitePick = ({
  value,
  onChange,
  fault,
}: {
  readonly value: PickedSite | undefined
  readonly onChange: (site: PickedSite | undefined) => void
  readonly fault?: string | undefined
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const [search] = useState(() => async (text: string, signal: AbortSignal): Promise<readonly PickedSite[]> => {
    const sites = await call(api.findSites, { query: { text } }, { signal })
    return sites.map((site) => ({
      id: String(site.id),
      site_id: site.id,
      label: streetOf(site, language),
      hint: [placeOf(site, language), ...site.points.map(({ code }) => code)].join(' · '),
    }))
  })
  return (
    <>
      {/* A site that was added just now stands in the field as one that was found. */}
      <PickField
        key={value?.id}
        label={w.site}
        hint={w.siteHint}
        value={value}
        search={search}
        onChange={onChange}
        fault={fault}
        takesFocus
        required
      />
      {may(api.addSite) && (
        <p>
          <Button tone="quiet" icon="plus" onPress={() => setAdding(true)}>
            {w.newSiteMissing}
          </Button>
        </p>
      )}
      {adding && (
        <NewSite
          onClose={() => setAdding(false)}
          onAdded={(site) =>
            onChange({
              id: String(site.id),
              site_id: site.id,
              label: streetOf(site, language),
              hint: placeOf(site, language),
            })
          }
        />
      )}
    </>
  )
}
