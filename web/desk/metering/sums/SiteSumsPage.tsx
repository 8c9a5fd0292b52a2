// A year of all that was used at a site, by whoever lived there.
import * as api from '../../../../chapters/metering/sums/api.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { asking, useAsk } from '../../../kit/ask.ts'
import { ButtonLink } from '../../../kit/Button.tsx'
import { today } from '../../../kit/days.ts'
import { Page as Frame } from '../../../kit/Page.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At, Loading } from '../../page.ts'
import { paths } from '../../paths.ts'
import { TakeOut } from '../../shell/TakeOut.tsx'
import { spanOfYear, SumsTable, yearOf } from './SumsTable.tsx'
import { texts } from './words.ts'

type Here = At<typeof paths.siteSums>

const askedOf = ({ params, query }: Here, per: 'point' | 'energy') => ({
  params: { site_id: Number(params.site) },
  query: { ...spanOfYear(yearOf(query, today())), per },
})

export const title = (language: Language): string => texts[language].title

export const loader = (here: Here & Loading): Promise<unknown> =>
  here.client.ensureQueryData(asking(api.sumsOfSite, askedOf(here, 'energy')))

export const Page = (here: Here) => {
  const w = useWords(texts)
  const { site } = here.params
  const year = yearOf(here.query, today())
  return (
    <Frame title={w.title} actions={<ButtonLink to={paths.site({ site })}>{w.site}</ButtonLink>}>
      <SumsTable
        year={year}
        energies={useAsk(api.sumsOfSite, askedOf(here, 'energy'))}
        points={useAsk(api.sumsOfSite, askedOf(here, 'point'))}
        toYear={(to) => paths.siteSums({ site }, { year: String(to) })}
        more={() => undefined}
        actions={<TakeOut of={api.sumsOfSite} asked={askedOf(here, 'point')} keys="D" />}
      />
    </Frame>
  )
}
