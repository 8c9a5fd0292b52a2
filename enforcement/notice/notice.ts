// What the notice says, in its order: each sentence and each name comes from the declaration that the database enforces.
import type { Description, Role } from '../../register/description.ts'
import type { Category, Language, Purpose } from '../../register/vocabulary.ts'
import {
  type Block,
  type Document,
  heading,
  type Item,
  type Line,
  list,
  listed,
  mail,
  mark,
  quiet,
  type Section,
  strong,
  table,
  text,
} from './document.ts'
import { countryIn, inSentence, namesIn, reasonIn, spanIn } from './phrases.ts'
import {
  footOf,
  idOfRetention,
  measuresTold,
  type Notice,
  retentionOf,
  type Speaker,
  speaker,
  transferred,
} from './speaker.ts'

export const noticeDocument = (notice: Notice, language: Language): Document => {
  const { description, laws, noticeHash } = notice
  const speaks = speaker(description, laws, language)
  return {
    language,
    title: speaks.say(description.name),
    lead: [[speaks.w.lead]],
    sections: [
      short(description, speaks),
      objection(description, speaks),
      controllers(description, speaks),
      purposes(description, speaks),
      categories(description, speaks),
      sources(description, speaks),
      recipients(description, speaks),
      retention(notice, speaks),
      roles(description, speaks),
      rights(description, speaks),
      {
        id: 'automated',
        title: speaks.w.automated,
        blocks: [text(speaks.say(description.automatedDecisions), mark('automated', 'decisions'))],
      },
      {
        id: 'measures',
        title: speaks.w.measures,
        blocks: measuresTold(description, speaks),
      },
      authority(description, speaks),
    ],
    foot: footOf(notice, language),
    digest: noticeHash,
  }
}

const short = (description: Description, { w, say, language }: Speaker): Section => {
  const outside = transferred(description).map(({ label, country }) => `${say(label)}, ${countryIn(country, language)}`)
  const items: readonly Line[] = [
    [
      w.short.controllers(
        namesIn(
          description.controllers.map(({ name }) => name),
          language,
        ),
      ),
    ],
    [
      { text: w.short.purposes, href: '#purposes' },
      `: ${namesIn(
        Object.values(description.purposes).map(({ label }) => inSentence(say(label))),
        language,
      )}.`,
    ],
    [outside.length === 0 ? w.short.inside : w.short.outside(outside.join('; '))],
    [{ text: w.short.periods, href: '#retention' }, '.'],
    [
      `${w.short.may} `,
      {
        text: namesIn(
          description.rights.filter(({ apart }) => apart).map(({ label }) => inSentence(say(label))),
          language,
        ),
        href: '#objection',
      },
      '.',
    ],
    [{ text: w.short.ask, href: '#rights' }, ': ', mail(description.dpo.email)],
  ]
  return { id: 'short', title: w.short.title, blocks: [list(items.map((line) => ({ line })))] }
}

const rightsWhere = (description: Description, { w, say }: Speaker, apart: boolean): readonly Block[] =>
  description.rights
    .filter((right) => right.apart === apart)
    .flatMap((right) => [
      heading(say(right.label), mark('right', right.article)),
      text([`${say(right.text)} `, quiet(`(${w.purposes.article(right.article)})`)]),
    ])

const objection = (description: Description, speaks: Speaker): Section => ({
  id: 'objection',
  title: speaks.w.objection,
  apart: true,
  blocks: rightsWhere(description, speaks, true),
})

const controllers = ({ controllers: all, jointArrangement, dpo }: Description, { w, say }: Speaker): Section => ({
  id: 'controllers',
  title: w.controllers.title,
  blocks: [
    list(
      all.map(({ id, name, businessId, address, contact }) => ({
        mark: mark('controller', id),
        line: [
          strong(name),
          businessId === undefined ? '' : `, ${inSentence(w.controllers.businessId)} ${businessId}`,
          `, ${address}. ${say(contact.role)}: `,
          mail(contact.email),
          contact.phone === undefined ? '' : `, ${contact.phone}`,
        ],
      })),
    ),
    heading(w.controllers.joint),
    text(say(jointArrangement), mark('joint', 'arrangement')),
    heading(w.controllers.dpo),
    text([`${say(dpo.role)}, `, mail(dpo.email), `, ${dpo.address}`], mark('dpo', 'contact')),
  ],
})

const purposes = (description: Description, { w, say, basis, article, controllers: names }: Speaker): Section => ({
  id: 'purposes',
  title: w.purposes.title,
  blocks: Object.values(description.purposes).flatMap(({ id, label, description: what, bases }) => [
    heading(say(label), mark('purpose', id)),
    text(say(what)),
    list(
      bases.map((one) => ({
        mark: mark('basis', `${id}/${one.article}/${one.law}`),
        line: [
          strong(basis(one)),
          ` ${say(one.text)}`,
          one.interest === undefined ? '' : ` ${w.purposes.interest}: ${inSentence(say(one.interest))}`,
          one.controllers.length === 0 ? '' : ` ${w.purposes.only(names(one.controllers))}`,
          quiet(` ${article(one)}`),
        ],
      })),
    ),
  ]),
})

const categories = (description: Description, { w, say }: Speaker): Section => {
  const sourceOf = new Map(description.sources.map((source) => [source.id, say(source.label)]))
  return {
    id: 'categories',
    title: w.categories.title,
    blocks: [
      text(w.categories.people),
      list(
        Object.entries(description.subjects).map(([id, words]) => ({ line: [say(words)], mark: mark('people', id) })),
      ),
      table(
        w.categories.title,
        w.categories.head,
        Object.values(description.categories).map(
          ({ id, label, description: what, subjects, sources: from, required }) => ({
            mark: mark('category', id),
            cells: [
              [
                [strong(say(label))],
                [say(what)],
                ...(required === undefined ? [] : [[quiet(`${w.categories.required}? `), say(required)]]),
              ],
              subjects.map((subject): Line => {
                const words = description.subjects[subject]
                return [{ text: words === undefined ? subject : say(words), mark: mark('subject', `${id}/${subject}`) }]
              }),
              from.map((source): Line => [
                { text: sourceOf.get(source) ?? source, mark: mark('from', `${id}/${source}`) },
              ]),
            ],
          }),
        ),
      ),
    ],
  }
}

const sources = (description: Description, { w, say, cite }: Speaker): Section => ({
  id: 'sources',
  title: w.sources.title,
  blocks: [
    list(
      description.sources.map((source) => ({
        mark: mark('source', source.id),
        line: [
          `${say(source.label)}.${source.public ? ` ${w.sources.public}` : ''}`,
          source.law === undefined ? '' : quiet(` ${cite(source.law)}.`),
        ],
      })),
    ),
    ...(description.sources.some((source) => source.public) ? [] : [text(w.sources.noPublic)]),
  ],
})

const recipients = (description: Description, { w, say, cite, data, purposes: why, language }: Speaker): Section => {
  const outside = transferred(description)
  return {
    id: 'recipients',
    title: w.recipients.title,
    blocks: [
      table(
        w.recipients.title,
        w.recipients.head,
        description.recipients.map(({ id, label, kind, country, law, purposes: uses, categories: given }) => ({
          mark: mark('recipient', id),
          cells: [
            [
              [strong(say(label))],
              [`${w.recipients.kinds[kind]}, ${countryIn(country, language)}`],
              ...(law === undefined ? [] : [[quiet(cite(law))]]),
            ],
            [why(uses, 'use', (purpose) => `${id}/${purpose}`)],
            [data(given, 'given', (category) => `${id}/${category}`)],
          ],
        })),
      ),
      heading(w.recipients.transfers),
      outside.length === 0
        ? text(w.recipients.none)
        : table(
            w.recipients.transfers,
            w.recipients.transferHead,
            outside.map(({ id, label, country, transfer }) => ({
              mark: mark('transfer', `${id}/${country}/${transfer.tool}`),
              cells: [
                [[strong(say(label))]],
                [[countryIn(country, language)]],
                [[cite(transfer.tool)]],
                [[say(transfer.copyAt)]],
              ],
            })),
          ),
    ],
  }
}

const retention = ({ description, laws }: Notice, { w, cite, data, purpose, language }: Speaker): Section => ({
  id: 'retention',
  title: w.retention.title,
  blocks: [
    text(w.retention.lead),
    ...Object.values(description.purposes).flatMap(({ id }) => {
      const groups = retentionOf(description, id)
      return groups.length === 0
        ? []
        : [
            heading(purpose(id)),
            table(
              `${w.retention.title}: ${inSentence(purpose(id))}`,
              w.retention.head,
              groups.map(({ rule, categories: kept }) => ({
                cells: [
                  [data(kept, 'retention', (category) => idOfRetention({ ...rule, category }))],
                  [[spanIn(rule, language)]],
                  [[w.retention.actions[rule.action]]],
                  [[`${reasonIn(rule, laws, language)} `, quiet(`${cite(rule.law)}.`)]],
                ],
              })),
            ),
          ]
    }),
  ],
})

const roles = (description: Description, speaks: Speaker): Section => {
  const { w, say } = speaks
  const told = (system: boolean): readonly Block[] =>
    description.roles
      .filter((role) => role.system === system)
      .flatMap((role) => [
        heading(say(role.label), mark('role', role.id)),
        text([quiet(`${say(role.unit)}. `), ...walls(description, role, speaks)]),
        list(grants(role, speaks)),
      ])
  return {
    id: 'roles',
    title: w.roles.title,
    blocks: [
      text(w.roles.lead),
      ...told(false),
      text([strong(`${w.roles.system}. `), w.roles.systemLead]),
      ...told(true),
    ],
  }
}

/** Which rows the role sees: whose companies, and what of people who are guarded. */
const walls = (description: Description, { id, rows, hats }: Role, { w, controllers: names }: Speaker): Line => {
  const worn = Object.values(hats)
  const seen = description.controllers.map((one) => one.id).filter((one) => worn.flat().includes(one))
  const companies = worn.some((hat) => hat.length > 1)
    ? w.roles.group(names(seen))
    : worn.length > 1
      ? w.roles.oneCompany(names(seen, 'or'))
      : w.roles.onlyCompany(names(seen))
  const told: readonly (readonly [words: string, what: string])[] = [
    [companies, `hats/${worn.map((hat) => hat.join('+')).join('|')}`],
    [w.roles.protected[rows.protected], `protected/${rows.protected}`],
    [w.roles.restricted[rows.restricted], `restricted/${rows.restricted}`],
    ...(rows.marketable ? [[w.roles.marketable, 'marketable/true'] as const] : []),
  ]
  return listed(
    told.map(([words, what]) => ({ text: words, mark: mark('wall', `${id}/${what}`) })),
    ' ',
  )
}

/** For each purpose: what is seen, what may be changed, what may be written without being seen, and what may leave as a file. */
const grants = ({ id, purposes: uses }: Role, { w, purpose, data }: Speaker): readonly Item[] =>
  Object.entries(uses).map(([use, { reads, writes, deletes, exports }]) => {
    const one = (words: string, of: string, categories: readonly Category[]): Line =>
      categories.length === 0
        ? []
        : [` ${words}: `, ...data(categories, of, (category) => `${id}/${use}/${category}`), '.']
    const both = reads.filter((category) => writes.includes(category))
    return {
      mark: mark('grant', `${id}/${use}`),
      line: [
        strong(`${purpose(use as Purpose)}.`),
        ...one(w.roles.both, 'reads-writes', both),
        ...one(
          w.roles.sees,
          'reads',
          reads.filter((category) => !writes.includes(category)),
        ),
        ...one(
          w.roles.blind,
          'writes',
          writes.filter((category) => !reads.includes(category)),
        ),
        ...one(w.roles.deletes, 'deletes', deletes),
        ...one(w.roles.exports, 'exports', exports),
      ],
    }
  })

const rights = (description: Description, speaks: Speaker): Section => ({
  id: 'rights',
  title: speaks.w.rights.title,
  blocks: [
    heading(speaks.w.rights.exercise),
    text(speaks.say(description.exercise), mark('exercise', 'how')),
    ...rightsWhere(description, speaks, false),
  ],
})

const authority = ({ authority: { name, address, web } }: Description, { w, say }: Speaker): Section => ({
  id: 'authority',
  title: w.authority.title,
  blocks: [
    text(
      [`${w.authority.lead} `, strong(say(name)), `, ${address}, `, { text: web, href: web }, '.'],
      mark('authority', 'contact'),
    ),
  ],
})
