// The homes that the one box finds, when what was typed looks like an address, a postcode or the code of a point.
import { findSites } from '../../../chapters/sites/api.ts'
import { call } from '../../kit/client.ts'
import type { Search } from '../../kit/Palette.tsx'
import { paths } from '../paths.ts'
import { placeOf, streetOf } from './address.ts'

const label = { fi: 'Käyttöpaikat', sv: 'Driftställen', en: 'Usage sites' } as const

/** Each home that is listed is a line in the log of those who live there, so names and phone numbers ask for none. */
const homely = (text: string): boolean => {
  const packed = text.replaceAll(' ', '')
  return /\p{L}{3,}.*\d/u.test(text) || /^\d{5}$/.test(packed) || /^64\d{6,16}$/.test(packed)
}

export const searchSites: Search = async (text, signal, language) => {
  if (!homely(text)) return { groups: [] }
  const sites = await call(findSites, { query: { text } }, { signal })
  const items = sites.slice(0, 8).map((site) => ({
    id: `site-${site.id}`,
    to: paths.site({ site: String(site.id) }),
    icon: 'sites' as const,
    title: streetOf(site, language),
    facts: [placeOf(site, language), ...site.points.map(({ code }) => code)],
  }))
  return { groups: items.length === 0 ? [] : [{ label: label[language], items }] }
}
