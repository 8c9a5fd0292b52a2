// What holds of a made-up point and which meters it had. It follows from the number of the point, so that the people stay the same for the same seed.
import { eicCheck } from '../../chapters/sites/index.ts'
import type { Cell } from './copy.ts'
import { dayAt, dayNumber } from './people.ts'

type Point = { readonly id: number; readonly energy: 'electricity' | 'heat'; readonly kilowatts: string | null }
type Home = { readonly id: number; readonly built: number; readonly apartment: string | null }

/** A code that no grid area has. */
const area = `44Y-DEMO-000001`
const gridArea = area + eicCheck(area)
/** The settlement of 15 minutes began; meters were changed some years before it. */
const [quarters, renewal] = [dayNumber('2023-05-22'), dayNumber('2019-06-01')]

const period = (from: number, to: number | null) => `[${dayAt(from)},${to === null ? '' : dayAt(to)})`

/** `put` adds the walls of the home and where it came from. */
export const measuredAt = (
  { id, energy, kilowatts }: Point,
  home: Home,
  today: number,
  put: (table: string, ...cells: readonly Cell[]) => void,
): void => {
  const electric = energy === 'electricity'
  const heated = electric && home.apartment === null && id % 5 < 2
  const facts = (from: number, to: number | null, minutes: number) => {
    const ofElectricity = electric
      ? ['normal', gridArea, true, heated, heated ? 'BE02' : 'BE01', 1, home.apartment === null]
      : [null, null, null, null, null, null, null]
    const ofHeat = electric ? [null, null] : id % 3 === 0 ? [null, kilowatts] : ['0.400', null]
    put('point_facts', id, home.id, energy, period(from, to), 'continuous', minutes, ...ofElectricity, ...ofHeat)
  }
  if (electric) {
    facts(home.built, quarters, 60)
    // Some of the meters will give quarters only from next year on.
    const later = id % 4 === 0 ? dayNumber(`${Number(dayAt(today).slice(0, 4)) + 1}-01-01`) : null
    if (later === null) facts(quarters, null, 15)
    else {
      facts(quarters, later, 60)
      facts(later, null, 15)
    }
  } else facts(home.built, null, 60)

  const yearly = electric ? (heated ? 16_000 : home.apartment === null ? 5_000 : 2_000) + (id % 90) * 10 : 18_000
  const bands: readonly (readonly [string, number])[] =
    heated && id % 2 === 0
      ? [
          ['day', 0.55],
          ['night', 0.45],
        ]
      : [['whole', 1]]
  for (const [band, share] of bands)
    put('annual_estimate', id, home.id, energy, band, Math.round(yearly * share) * 1000, period(home.built, null))

  const registers = electric ? ['energy'] : ['energy', 'volume']
  const read = (meter: number, kind: string, day: number, wh: number) => {
    for (const register of registers)
      put(
        'meter_reading',
        meter,
        home.id,
        register,
        `${dayAt(day)}T09:00:00Z`,
        register === 'energy' ? wh : Math.round(wh / 40),
        kind,
      )
  }
  const stood = (meter: number, from: number, to: number | null) => {
    const letter = electric ? 'S' : 'L'
    put('meter', meter, id, home.id, energy, 'main', `${letter}${4_000_000 + meter}`, 1, registers, period(from, to))
    read(meter, 'first', from, 0)
    const used = (until: number) => Math.round((yearly * 1000 * (until - from)) / 365)
    if (to !== null) read(meter, 'last', to, used(to))
    else if (today - 30 > from) read(meter, 'periodic', today - 30, used(today - 30))
  }
  const renewed = home.built < renewal ? renewal + (id % 400) : null
  if (renewed !== null) stood(id * 2 - 1, home.built, renewed)
  stood(id * 2, renewed ?? home.built, null)
}
