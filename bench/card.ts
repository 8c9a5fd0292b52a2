// What the controls cost: the customer card with all of them on against the same card with none.
import { cardOf, openLog, opened, poolSize, unlogged } from './kit/card.ts'
import { clockOf, inTurns, rowOf } from './kit/measure.ts'
import { population } from './kit/population.ts'
import { topic } from './kit/topic.ts'

export const bench = topic({
  what: 'the compliance tax: a customer card with every control on against all off',
  options: {
    customers: { default: 20_000, tiny: 300, what: 'people in the register' },
    cards: { default: 300, tiny: 5, what: 'cards opened in each run' },
    flight: { default: 4, tiny: 2, what: 'cards that are being opened at a time, of eight requests each' },
    pairs: { default: 9, tiny: 1, what: 'pairs of runs' },
  },
  run: async ({ customers, cards, flight, pairs }, say) => {
    const people = await population(customers, say, poolSize)
    try {
      const card = await cardOf(people, cards)
      const clock = await clockOf(people.owner)
      const { log, close } = await openLog(people)
      try {
        const withLog = card.controlled(log)
        const withoutLog = card.controlled(unlogged)
        const n = card.customers.length
        say(`${n} cards say the same both ways`)
        const run = (open: (customer: number) => Promise<unknown>) => () => opened(card.customers, flight, open)
        const all = await inTurns(pairs, clock, run(withLog), run(card.bare))
        const walls = await inTurns(pairs, clock, run(withoutLog), run(card.bare))
        const base = { unit: 'ms', is: 'dearer' } as const
        const owner = 'the same SQL by the owner: no policy, no witness, no log'
        return [
          rowOf(
            {
              ...base,
              what: 'card, every control on',
              baseline: owner,
              mark: { name: 'compliance tax', ratio: 1.25, moonshot: 1.1 },
            },
            all,
            n,
          ),
          rowOf(
            {
              ...base,
              what: 'card with policies, log and decryption',
              baseline: owner,
              mark: { name: 'M17', ratio: 1.8, moonshot: 1.25 },
            },
            all,
            n,
          ),
          rowOf({ ...base, what: 'card, login, policies and witness alone', baseline: owner }, walls, n),
        ]
      } finally {
        await close()
        await card.close()
      }
    } finally {
      await people.close()
    }
  },
})
