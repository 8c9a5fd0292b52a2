// The notice for machines: terms of the W3C Data Privacy Vocabulary 2 (dpv, pd, eu-gdpr) over the same declaration. What the vocabulary
// has no term for is told under names of our own, which stand beside it.
import type { LawId, LegalBasis } from '../../register/description.ts'
import { categories as known, type Purpose, type Words } from '../../register/vocabulary.ts'
import { idOfRetention, type Notice } from './speaker.ts'

const purposeTerms: Readonly<Record<Purpose, string>> = {
  'customer-care': 'dpv:CustomerCare',
  supply: 'dpv:ServiceProvision',
  'market-exchange': 'dpv:LegalCompliance',
  payment: 'dpv:PaymentManagement',
  claims: 'dpv:PaymentManagement',
  marketing: 'dpv:Marketing',
  development: 'dpv:ServiceOptimisation',
  rights: 'dpv:RightsFulfilment',
  security: 'dpv:EnforceSecurity',
}

/** `6(1)(b)` is eu-gdpr:A6-1-b. */
const articleTerm = (article: string): string => `eu-gdpr:A${article.replaceAll(')', '').replaceAll('(', '-')}`

/** Rights have a term for the whole article, but for the withdrawal of consent. */
const rightTerm = (article: string): string => articleTerm(article === '7(3)' ? article : article.replace(/\(.*/, ''))

const named = (words: Words) =>
  Object.entries(words).map(([language, value]) => ({ '@language': language, '@value': value }))

const to = (kind: string, ids: readonly string[]) => ids.map((id) => ({ '@id': `#${kind}-${id}` }))

export const noticeJsonLd = ({ description, laws, noticeHash, appliedAt }: Notice): object => {
  const kindOf = new Map(laws.map((law) => [law.id, law.kind]))
  const transferTerm = (tool: LawId): string =>
    kindOf.get(tool) === 'adequacy'
      ? 'eu-gdpr:A45-3'
      : tool === 'binding-corporate-rules'
        ? 'eu-gdpr:A46-2-b'
        : 'eu-gdpr:A46-2-c'
  const basis = ({ article, controllers, interest, text }: LegalBasis) => ({
    '@type': articleTerm(article),
    'dct:description': named(text),
    ...(interest === undefined ? {} : { 'dpv:hasJustification': named(interest) }),
    'dpv:hasDataController': to(
      'controller',
      controllers.length > 0 ? controllers : description.controllers.map(({ id }) => id),
    ),
  })

  return {
    '@context': {
      dpv: 'https://w3id.org/dpv#',
      pd: 'https://w3id.org/dpv/pd#',
      'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
      dct: 'http://purl.org/dc/terms/',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': `urn:sha256:${noticeHash}`,
    '@type': ['dpv:PrivacyNotice', 'eu-gdpr:DirectDataCollectionNotice', 'eu-gdpr:IndirectDataCollectionNotice'],
    'dct:title': named(description.name),
    'dct:hasVersion': description.version,
    'dct:modified': { '@type': 'xsd:date', '@value': description.updated },
    'dct:valid': { '@type': 'xsd:dateTime', '@value': appliedAt.toISOString() },
    'dpv:hasDataController': description.controllers.map(({ id, name, address, contact }) => ({
      '@id': `#controller-${id}`,
      '@type': 'dpv:JointDataControllers',
      'dpv:hasName': name,
      'dpv:hasAddress': address,
      'dpv:hasContact': contact.email,
    })),
    'dpv:hasDataProtectionOfficer': {
      '@type': 'dpv:DataProtectionOfficer',
      'dpv:hasContact': description.dpo.email,
      'dpv:hasAddress': description.dpo.address,
    },
    'dpv:hasDataSubject': Object.entries(description.subjects).map(([id, words]) => ({
      '@id': `#subject-${id}`,
      '@type': 'dpv:DataSubject',
      'dct:title': named(words),
    })),
    'dpv:hasDataSource': description.sources.map(({ id, label, public: open }) => ({
      '@id': `#source-${id}`,
      '@type': open ? 'dpv:PublicDataSource' : 'dpv:DataSource',
      'dct:title': named(label),
    })),
    'dpv:hasPersonalData': Object.values(description.categories).map(({ id, label, subjects, sources }) => ({
      '@id': `#category-${id}`,
      '@type': known[id].dpv,
      'dct:title': named(label),
      'dpv:hasDataSubject': to('subject', subjects),
      'dpv:hasDataSource': to('source', sources),
    })),
    'dpv:hasRecipient': description.recipients.map(({ id, label, kind, country, purposes, categories, transfer }) => ({
      '@id': `#recipient-${id}`,
      '@type': kind === 'processor' ? 'dpv:DataProcessor' : kind === 'authority' ? 'dpv:Authority' : 'dpv:ThirdParty',
      'dct:title': named(label),
      [transfer === undefined ? 'dpv:hasCountry' : 'dpv:hasThirdCountry']: country,
      'dpv:hasPurpose': to('purpose', purposes),
      'dpv:hasPersonalData': to('category', categories),
      ...(transfer === undefined
        ? {}
        : { 'dpv:hasLegalBasis': { '@type': transferTerm(transfer.tool), 'dct:description': named(transfer.copyAt) } }),
    })),
    'dpv:hasProcess': Object.values(description.purposes).map((purpose) => {
      const rules = description.retention.filter((rule) => rule.purpose === purpose.id)
      return {
        '@id': `#process-${purpose.id}`,
        '@type': 'dpv:Process',
        'dpv:hasPurpose': {
          '@id': `#purpose-${purpose.id}`,
          '@type': purposeTerms[purpose.id],
          'dct:title': named(purpose.label),
          'dct:description': named(purpose.description),
        },
        'dpv:hasLegalBasis': purpose.bases.map(basis),
        'dpv:hasPersonalData': to(
          'category',
          rules.map(({ category }) => category),
        ),
        'dpv:hasRecipient': to(
          'recipient',
          description.recipients.filter(({ purposes }) => purposes.includes(purpose.id)).map(({ id }) => id),
        ),
        'dpv:hasStorageCondition': rules.map((rule) => ({
          '@id': `#retention-${idOfRetention(rule)}`,
          '@type': 'dpv:StorageDuration',
          'dpv:hasPersonalData': { '@id': `#category-${rule.category}` },
          'dpv:hasDuration': { '@type': 'xsd:duration', '@value': rule.period },
          'dct:description': `from ${rule.anchor}, rounding ${rule.rounding}, then ${rule.action}`,
        })),
      }
    }),
    'dpv:hasTechnicalOrganisationalMeasure': description.measures.map(({ id, text }) => ({
      '@id': `#measure-${id}`,
      '@type': 'dpv:TechnicalOrganisationalMeasure',
      'dct:description': named(text),
    })),
    'dpv:hasRight': description.rights.map(({ article, label, text }) => ({
      '@id': `#right-${article}`,
      '@type': rightTerm(article),
      'dct:title': named(label),
      'dct:description': named(text),
    })),
  }
}
