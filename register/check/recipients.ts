// Contracts of processors, and transfers out of the European Economic Area.
import type { Day, Law } from '../description.ts'
import { holds } from '../law.ts'
import type { Declared } from '../shape.ts'
import { type Finding, named, pair, repeated, type Use } from './finding.ts'

export const checkRecipients = (
  declared: Declared,
  laws: readonly Law[],
  today: Day,
  uses: readonly Use[],
): Finding[] => {
  const known = new Map(laws.map((law) => [law.id, law]))
  const within = new Set(
    laws.filter((law) => law.kind === 'area' && holds(law, today)).flatMap((law) => law.countries ?? []),
  )
  const used = new Set(uses.map((use) => pair(use.category, use.purpose)))
  return Object.entries(declared.recipients).flatMap(([id, recipient]): Finding[] => {
    const found: Finding[] = []
    const path = ['recipients', id]
    if (recipient.kind === 'processor' && recipient.contract === undefined)
      found.push({
        path,
        key: true,
        code: 'recipient.contract',
        message: `${id} works on our behalf without a contract (art. 28); give contract with its id and from`,
      })
    const { contract, transfer } = recipient
    if (contract && (contract.from > today || (contract.to ?? today) < today))
      found.push({
        path: [...path, 'contract'],
        key: true,
        code: 'recipient.contract-dates',
        message: `the contract of ${id} does not hold on ${today}; renew it, or take the recipient away`,
      })
    const told = named(recipient.categories, [...path, 'categories'])
    found.push(...repeated(told))
    for (const { category, path: place } of told)
      if (!recipient.purposes.some((purpose) => used.has(pair(category, purpose))))
        found.push({
          path: place,
          code: 'recipient.idle',
          message: `no role uses ${category} for ${recipient.purposes.join(' or ')}, so it cannot go to ${id}; take it away, or name its purpose`,
        })
    if (within.has(recipient.country)) return found
    if (transfer === undefined)
      return [
        ...found,
        {
          path: [...path, 'country'],
          code: 'transfer.missing',
          message: `${id} is in ${recipient.country}, outside the EEA, without a transfer tool (art. 44 to 46); give transfer with tool, from and copyAt, for example scc-2021`,
        },
      ]
    const tool = known.get(transfer.tool)
    if (tool && !['adequacy', 'clauses'].includes(tool.kind))
      found.push({
        path: [...path, 'transfer', 'tool'],
        code: 'transfer.tool',
        message: `${tool.id} is no transfer tool; give an adequacy decision or clauses, for example scc-2021`,
      })
    if (tool?.kind === 'adequacy' && !tool.countries?.includes(recipient.country))
      found.push({
        path: [...path, 'transfer', 'tool'],
        code: 'transfer.country',
        message: `${tool.id} does not cover ${recipient.country}; give a decision that does, or clauses, for example scc-2021`,
      })
    if (transfer.from > today || (transfer.to ?? today) < today)
      found.push({
        path: [...path, 'transfer', transfer.from > today ? 'from' : 'to'],
        code: 'transfer.dates',
        message: `the transfer tool of ${id} does not hold on ${today}; renew it, or take the recipient away`,
      })
    return found
  })
}
