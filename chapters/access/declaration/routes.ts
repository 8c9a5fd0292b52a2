// The declaration, out of the values that the database was compiled from.
import { actionsOf } from '../../../enforcement/names.ts'
import type { Register } from '../../../enforcement/register.ts'
import { type Route, route } from '../../../enforcement/serve.ts'
import type { Retention } from '../../../register/description.ts'
import { categoryOf, tables } from '../../../register/tables.ts'
import { categories, type Category } from '../../../register/vocabulary.ts'
import * as api from './api.ts'

/** The columns of each table that the category means. */
const tablesOf = (category: Category) =>
  Object.entries(tables).flatMap(([table, { holds, columns, walls }]) => {
    const own = Object.keys(columns).filter((column) => {
      const rule = columns[column]
      return rule !== undefined && categoryOf(rule) === category
    })
    return own.length === 0 ? [] : [{ table, holds, columns: own, walls: Object.keys(walls) }]
  })

const keptFor = ({ category: _, ...rule }: Retention) => rule

export const declarationRoutes = (
  { description, laws, noticeHash }: Register,
  all: () => readonly Route[],
): readonly Route[] => {
  const cited = new Set([
    ...Object.values(description.purposes).flatMap(({ bases }) => bases.map(({ law }) => law)),
    ...description.retention.map(({ law }) => law),
  ])
  const declared = {
    version: description.version,
    noticeHash,
    controllers: description.controllers.map(({ id, name, market }) => ({ id, name, market })),
    purposes: Object.values(description.purposes).map(({ id, label, description: told, bases }) => ({
      id,
      label,
      description: told,
      bases: bases.map(({ article, law, controllers, text, interest }) => ({
        article,
        law,
        controllers,
        text,
        ...(interest && { interest }),
      })),
    })),
    categories: Object.values(description.categories).map(({ id, label, description: told }) => ({
      id,
      label,
      description: told,
      chapter: categories[id].chapter,
      strict: categories[id].strict,
      tables: tablesOf(id),
      retention: description.retention.filter(({ category }) => category === id).map(keptFor),
    })),
    roles: description.roles.map(({ id, label, unit, system, programs, hats, rows, purposes }) => ({
      id,
      label,
      unit,
      system,
      programs: programs === true,
      hats,
      rows,
      access: accessOf(purposes),
    })),
    recipients: description.recipients.map(({ id, label, country, purposes, categories: given }) => ({
      id,
      label,
      country,
      purposes,
      categories: given,
    })),
    laws: Object.fromEntries(
      laws
        .filter(({ id }) => cited.has(id))
        .map(({ id, title, cite, url }) => [id, { title, cite, ...(url !== undefined && { url }) }]),
    ),
  }
  return [
    route(api.readDeclaration, async () => ({
      ...declared,
      actions: actionsOf(all().map(({ endpoint }) => endpoint)),
    })),
  ]
}

const accessOf = (purposes: Register['description']['roles'][number]['purposes']) =>
  (Object.keys(purposes) as (keyof typeof purposes)[]).flatMap((purpose) => {
    const may = purposes[purpose]
    return may === undefined ? [] : [{ purpose, ...may }]
  })
