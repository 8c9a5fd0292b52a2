// Decisions about calls: pure.
import { topics } from '../api.ts'

type Topic = (typeof topics)[number]

/** Every topic once, the most frequent of late first; those that nobody used keep their own order after them. */
export const byFrequency = (
  counts: readonly { readonly topic: string; readonly times: number }[],
): readonly Topic[] => {
  const times = new Map(counts.map((one) => [one.topic, one.times]))
  return topics.toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
}

/** Whether the ids are others than those that were seen. */
export const areOthers = (known: string, ids: readonly number[]): boolean => known !== ids.join(',')
