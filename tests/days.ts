// Days that are ahead whenever a journey is walked, as PostgreSQL and as people write them.

/** Some days away, never so few that midnight matters. */
export const inDays = (days: number): { readonly iso: string; readonly typed: string } => {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const [year, month, day] = iso.split('-').map(Number)
  return { iso, typed: `${day}.${month}.${year}` }
}
