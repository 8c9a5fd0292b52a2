// What a page of consumption shows: which days it asks for, what is before and after it. Pure.

export const views = ['day', 'month', 'year', 'all'] as const
export type View = (typeof views)[number]

export const isView = (text: string | undefined): text is View => views.some((view) => view === text)

/** Half-open, in days. */
export type Span = { readonly from: string; readonly to: string }

const [firstYear, lastYear] = [2010, 2041]
const written = (year: number, month = 1, day = 1): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
const partsOf = (day: string): readonly [year: number, month: number, day: number] => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return [year, month, date]
}

export const spanOf = (view: View, at: string): Span => {
  const [year, month, day] = partsOf(at)
  switch (view) {
    case 'day':
      return { from: at, to: written(year, month, day + 1) }
    case 'month':
      return { from: written(year, month), to: written(year, month + 1) }
    case 'year':
      return { from: written(year), to: written(year + 1) }
    case 'all':
      return { from: written(firstYear), to: written(lastYear) }
  }
}

/** The same a year earlier: the last day of February of a leap year has none, and is left out. */
export const yearBefore = (day: string): string => {
  const [year, month, date] = partsOf(day)
  return written(year - 1, month, date)
}

/** A day of the span that lies before (-1) or after (1). */
export const stepped = (view: View, at: string, by: -1 | 1): string => {
  const [year, month, day] = partsOf(at)
  if (view === 'day') return written(year, month, day + by)
  if (view === 'month') return written(year, month + by)
  return written(year + by)
}

/** The day of the month before one that begins a month. */
const lastDay = (to: string): number => {
  const [year, month] = partsOf(to)
  return partsOf(written(year, month, 0))[2]
}

/** The first days of the months of a year, or the days of a month: each has its place in the picture, whether or not anything is known of it. */
export const partsOfSpan = (view: 'month' | 'year', at: string): readonly string[] => {
  const { from, to } = spanOf(view, at)
  const [year, month] = partsOf(from)
  return view === 'year'
    ? Array.from({ length: 12 }, (_, i) => written(year, i + 1))
    : Array.from({ length: lastDay(to) }, (_, i) => written(year, month, i + 1))
}
