// The record of processing activities, art. 30(1): one table for each purpose, with every slot that the article names.
import type { Recipient } from '../../register/description.ts'
import type { Language } from '../../register/vocabulary.ts'
import { type Cell, type Document, type Line, list, mail, mark, type Section, strong, table, text } from './document.ts'
import { countryIn, dayIn, inSentence, spanIn } from './phrases.ts'
import { footOf, idOfRetention, type Notice, retentionOf, speaker, measuresTold } from './speaker.ts'

export const recordDocument = (notice: Notice, language: Language): Document => {
  const { description, laws, noticeHash } = notice
  const speaks = speaker(description, laws, language)
  const { w, say, cite, basis, article, controllers, data, category } = speaks

  const recipient = ({ id, label, kind, country, law, contract }: Recipient, purpose: string): Line => [
    { text: say(label), as: 'strong', mark: mark('use', `${id}/${purpose}`) },
    ` (${w.recipients.kinds[kind]}, ${countryIn(country, language)}).`,
    law === undefined ? '' : ` ${cite(law)}.`,
    contract === undefined ? '' : ` ${w.record.contract(contract.id, dayIn(contract.from, language))}`,
  ]

  const transfer = ({ label, country, transfer: sent }: Recipient): Cell =>
    sent === undefined
      ? []
      : [[`${say(label)}: ${countryIn(country, language)}, ${cite(sent.tool)}. ${say(sent.copyAt)}`]]

  const sections = Object.values(description.purposes).map((purpose): Section => {
    const groups = retentionOf(description, purpose.id)
    const kept = groups.flatMap(({ categories }) => categories)
    const subjects = [...new Set(kept.flatMap((id) => description.categories[id].subjects))]
    const served = description.recipients.filter(({ purposes }) => purposes.includes(purpose.id))
    const sent = served.flatMap(transfer)
    const rows: readonly (readonly [slot: string, cell: Cell])[] = [
      [
        w.record.why,
        [
          [say(purpose.description)],
          ...purpose.bases.map((one): Line => [
            {
              text: `${basis(one)} ${article(one)}.`,
              mark: mark('basis', `${purpose.id}/${one.article}/${one.law}`),
            },
            one.interest === undefined ? '' : ` ${say(one.interest)}`,
            one.balancingTest === undefined
              ? ''
              : ` ${w.record.balancingTest(one.balancingTest.id, dayIn(one.balancingTest.date, language))}`,
            one.controllers.length === 0 ? '' : ` ${w.purposes.only(controllers(one.controllers))}`,
          ]),
          ...(purpose.dpia === undefined ? [] : [[w.record.dpia(purpose.dpia.id, dayIn(purpose.dpia.date, language))]]),
        ],
      ],
      [
        w.record.subjects,
        subjects.map((id): Line => {
          const words = description.subjects[id]
          return [words === undefined ? id : say(words)]
        }),
      ],
      [w.record.data, [[`${kept.map((id, i) => (i === 0 ? category(id) : inSentence(category(id)))).join(', ')}.`]]],
      [w.record.recipients, served.map((one) => recipient(one, purpose.id))],
      [w.record.transfers, sent.length === 0 ? [[w.record.noTransfers]] : sent],
      [
        w.record.erasure,
        groups.map(({ rule, categories }): Line => [
          ...data(categories, 'retention', (id) => idOfRetention({ ...rule, category: id })),
          `: ${spanIn(rule, language)}, ${w.retention.actions[rule.action]}.`,
        ]),
      ],
    ]
    return {
      id: purpose.id,
      title: say(purpose.label),
      blocks: [
        table(
          say(purpose.label),
          w.record.head,
          rows.map(([slot, cell]) => ({ cells: [[[strong(slot)]], cell] })),
        ),
      ],
    }
  })

  return {
    language,
    title: w.record.title(say(description.name)),
    lead: [[w.record.lead]],
    sections: [
      {
        id: 'controllers',
        title: w.record.controllers,
        blocks: [
          list([
            ...description.controllers.map(({ id, name, businessId, address, contact }) => ({
              mark: mark('controller', id),
              line: [
                strong(name),
                `${businessId === undefined ? '' : `, ${businessId}`}, ${address}. ${say(contact.role)}: `,
                mail(contact.email),
              ],
            })),
            {
              line: [strong(w.controllers.dpo), ', ', mail(description.dpo.email), `, ${description.dpo.address}`],
            },
          ]),
          text(say(description.jointArrangement)),
        ],
      },
      ...sections,
      {
        id: 'measures',
        title: w.record.measures,
        blocks: measuresTold(description, speaks),
      },
    ],
    foot: footOf(notice, language),
    digest: noticeHash,
  }
}
