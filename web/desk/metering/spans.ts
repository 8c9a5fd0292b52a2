// What a page of consumption shows: which days it asks for, how finely, and what is before and after it. Pure.

export const views = ['day', 'month', 'year', 'all'] as const
export type View = (typeof views)[number]
/** As it was measured (15 minutes or an hour), or sums. */
export const finenesses = ['values', 'hour', 'day', 'month', 'year'] as const
export type Fineness = (typeof finenesses)[number]

export const isView = (text: string | undefined): text is View => views.some((view) => view === text)

/** What a span can be shown by, the usual one first. */
export const finenessesOf = (view: View): readonly [Fineness, ...Fineness[]] =>
  (
    {
      day: ['values', 'hour'],
      month: ['day', 'hour', 'values'],
      year: ['month', 'day', 'hour', 'values'],
      all: ['year', 'month'],
    } as const
  )[view]

export const finenessOf = (view: View, asked: string | undefined): Fineness =>
  finenessesOf(view).find((each) => each === asked) ?? finenessesOf(view)[0]

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

/** The first days of the parts of a span, whether or not anything is known of them. */
export const partsBetween = ({ from, to }: Span, by: 'day' | 'month' | 'year'): readonly string[] => {
  const parts: string[] = []
  let [year, month, day] = partsOf(from)
  for (let at = from; at < to; at = written(year, month, day)) {
    parts.push(at)
    if (by === 'day') day += 1
    else if (by === 'month') month += 1
    else year += 1
  }
  return parts
}
