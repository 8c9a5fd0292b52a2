// Text that PostgreSQL cannot keep, or would keep as something else: found in every input before anyone is asked.

/** Surrogates that have lost their other half become a replacement character on their way out, and NUL ends the statement. */
const unstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed()

/** The paths of what cannot be kept; names of fields as well as texts. */
export const unstorablePaths = (value: unknown, path: string): readonly string[] => {
  if (typeof value === 'string') return unstorable(value) ? [path] : []
  if (Array.isArray(value)) return value.flatMap((each, i) => unstorablePaths(each, `${path}.${i}`))
  // Bytes and numbers hold no text, and may be millions.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  return Object.entries(value).flatMap(([name, each]) =>
    unstorable(name) ? [path] : unstorablePaths(each, `${path}.${name}`),
  )
}
