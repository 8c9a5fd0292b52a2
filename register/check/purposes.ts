// Legal bases of the purposes, and the roles that work for them.
import type { Declared } from '../shape.ts'
import { categories } from '../vocabulary.ts'
import { type Finding, named, repeated } from './finding.ts'

export const checkBases = (declared: Declared): Finding[] =>
  Object.entries(declared.purposes).flatMap(([id, purpose]): Finding[] => {
    const found: Finding[] = []
    const served = new Set(
      Object.values(declared.roles).flatMap((role) =>
        Object.hasOwn(role.purposes, id) ? Object.values(role.hats).flat() : [],
      ),
    )
    for (const controller of served)
      if (
        Object.hasOwn(declared.controllers, controller) &&
        !purpose.bases.some((basis) => basis.controllers.length === 0 || basis.controllers.includes(controller))
      )
        found.push({
          path: ['purposes', id, 'bases'],
          key: true,
          code: 'basis.missing',
          message: `${controller} works for ${id} without a legal basis; add a basis that names it, or take its hat from the roles that hold ${id}`,
        })
    for (const [i, basis] of purpose.bases.entries()) {
      const path = ['purposes', id, 'bases', i]
      const balanced = basis.article === '6(1)(f)'
      if (balanced && basis.interest === undefined)
        found.push({
          path,
          code: 'basis.interest',
          message: '6(1)(f) without the interest; give interest in words (art. 13(1)(d))',
        })
      if (balanced && basis.balancingTest === undefined)
        found.push({
          path,
          code: 'basis.balancing-test',
          message: '6(1)(f) without a balancing test on file; give balancingTest with its id and date',
        })
      // A duty is laid down by some act: article 6(3). The duties to answer and to protect are the regulation's own.
      if (/[ce]\)$/.test(basis.article) && basis.law === 'gdpr' && id !== 'rights' && id !== 'security')
        found.push({
          path: [...path, 'law'],
          code: 'basis.duty',
          message: `${basis.article} rests on a duty of an act, not on the regulation itself; name the act, for example accounting-act`,
        })
    }
    return found
  })

export const checkRoles = (declared: Declared): Finding[] =>
  Object.entries(declared.roles).flatMap(([id, role]): Finding[] => {
    const found: Finding[] = []
    const path = ['roles', id]
    if (Object.keys(role.hats).length === 0)
      found.push({
        path: [...path, 'hats'],
        key: true,
        code: 'role.no-hat',
        message: `${id} has no hat; give at least one with its controllers`,
      })
    if (Object.keys(role.purposes).length === 0)
      found.push({
        path: [...path, 'purposes'],
        key: true,
        code: 'role.no-purpose',
        message: `${id} has no purpose; give at least one`,
      })
    const apart = ['rights', 'security']
    const trades = Object.keys(role.purposes).some((purpose) => !apart.includes(purpose))
    for (const [hat, worn] of Object.entries(role.hats)) {
      const sides = new Set(worn.flatMap((one) => declared.controllers[one]?.market ?? []))
      if (sides.size > 1 && trades && !role.system)
        found.push({
          path: [...path, 'hats', hat],
          key: true,
          code: 'role.unbundling',
          message: `the hat ${hat} of ${id} sees a network company and a retailer together; give a hat to each (unbundling, Electricity Market Act)`,
        })
    }
    if (Object.hasOwn(role.purposes, 'marketing') && !role.rows.marketable)
      found.push({
        path: [...path, 'rows', 'marketable'],
        code: 'role.marketable',
        message: `${id} works for marketing but sees people who may not be approached; give true`,
      })
    for (const [purpose, may] of Object.entries(role.purposes)) {
      for (const how of ['reads', 'writes', 'deletes', 'exports'] as const)
        found.push(...repeated(named(may?.[how] ?? [], [...path, 'purposes', purpose, how])))
      const read = new Set(may?.reads.flat())
      for (const { category, path: place } of named(may?.exports ?? [], [...path, 'purposes', purpose, 'exports']))
        if (!read.has(category))
          found.push({
            path: place,
            code: 'exports.unread',
            message: `${id} takes out ${category}, which it does not read for ${purpose}; take it away, or declare that it reads it`,
          })
        else if (categories[category].strict || category === 'subject-key')
          found.push({
            path: place,
            code: 'exports.strict',
            message: `${category} is read one person at a time and never leaves in a list; take it away`,
          })
      if (role.system && may?.exports !== undefined)
        found.push({
          path: [...path, 'purposes', purpose, 'exports'],
          key: true,
          code: 'exports.machinery',
          message: `${id} is machinery and has no device to take a list to; take exports away`,
        })
    }
    return found
  })
