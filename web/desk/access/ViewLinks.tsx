// The saved views on the start page: one press to each.
import { listViews } from '../../../chapters/access/views/api.ts'
import { useAsk } from '../../kit/ask.ts'
import { Link } from '../../kit/Link.tsx'
import { useWords, words } from '../../kit/words.ts'
import './Views.css'

const texts = words({ fi: { views: 'Näkymät' }, sv: { views: 'Vyer' }, en: { views: 'Views' } })

export const ViewLinks = () => {
  const w = useWords(texts)
  const views = useAsk(listViews, {}).data ?? []
  return (
    views.length > 0 && (
      <nav className="views-links" aria-label={w.views}>
        <h2>{w.views}</h2>
        <ul>
          {views.map(({ id, name, address, own, by }) => (
            <li key={id}>
              <Link to={address}>{name}</Link> {!own && <span className="quiet">{by}</span>}
            </li>
          ))}
        </ul>
      </nav>
    )
  )
}
