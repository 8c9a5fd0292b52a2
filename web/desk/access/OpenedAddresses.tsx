// What the data protection officer sees where the desk opens: which protected addresses were opened of late, by whom, and why.
import { useState } from 'react'
import { searchAccessLog } from '../../../chapters/access/log/api.ts'
import { openProtected } from '../../../chapters/customers/api.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { useFormats } from '../../kit/format.ts'
import { Link } from '../../kit/Link.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useWords, words } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import { useBecause } from './log/say.ts'

const texts = words({
  fi: {
    title: 'Suojattujen osoitteiden avaukset, 7 päivää',
    none: 'Yhtään suojattua osoitetta ei ole avattu.',
    all: 'Kaikki lokissa',
  },
  sv: {
    title: 'Öppnade skyddade adresser, 7 dagar',
    none: 'Ingen skyddad adress har öppnats.',
    all: 'Alla i loggen',
  },
  en: {
    title: 'Protected addresses opened, 7 days',
    none: 'No protected address was opened.',
    all: 'All in the log',
  },
})

const week = 7 * 24 * 3_600_000
const endpoint = openProtected.action

export const OpenedAddresses = () => {
  const w = useWords(texts)
  const { instant } = useFormats()
  const becauseOf = useBecause()
  // The same question as long as the page stands, or it would be asked anew at each drawing.
  const [from] = useState(() => new Date(Date.now() - week).toISOString())
  const lines = useAsk(searchAccessLog, { query: { endpoint, about: 'people', from, limit: 10 } })
  return (
    <Panel title={w.title}>
      <Answer of={lines}>
        {(found) =>
          found.lines.length === 0 ? (
            <p className="quiet">{w.none}</p>
          ) : (
            <ul className="lines">
              {found.lines.map((line) => (
                <li key={line.id}>
                  {instant(new Date(line.at))} · {line.actor_name ?? line.actor} ·{' '}
                  {line.subject_name ?? line.subject_id} {line.subject_number}
                  <small className="provenance">{becauseOf(line.because)}</small>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <p>
        <Link to={paths.accessLog({}, { endpoint })}>{w.all}</Link>
      </p>
    </Panel>
  )
}
