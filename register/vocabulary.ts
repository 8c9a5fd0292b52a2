// The words that the declaration is written in. Everything may rely on them; register.yaml must define each one exactly.

/** What the register holds, in the order of the chapters. `dpv` is the W3C Data Privacy Vocabulary term; strict data is read one person at a time. */
export const categories = {
  'customer-number': { chapter: 'customers', dpv: 'pd:AccountIdentifier', strict: false },
  'customer-status': { chapter: 'customers', dpv: 'pd:Profile', strict: false },
  name: { chapter: 'customers', dpv: 'pd:Name', strict: false },
  'identity-code': { chapter: 'customers', dpv: 'pd:OfficialID', strict: true },
  'birth-date': { chapter: 'customers', dpv: 'pd:BirthDate', strict: false },
  'business-id': { chapter: 'customers', dpv: 'pd:Company', strict: false },
  'contact-details': { chapter: 'customers', dpv: 'pd:Contact', strict: false },
  'postal-address': { chapter: 'customers', dpv: 'pd:PhysicalAddress', strict: false },
  representation: { chapter: 'customers', dpv: 'pd:Relationship', strict: false },
  'protection-order': { chapter: 'customers', dpv: 'pd:PersonalPossession', strict: true },
  // Told by the customer and not confirmed yet: who may write it closes, and opens nothing.
  'protection-lock': { chapter: 'customers', dpv: 'pd:PrivacyPreference', strict: false },
  death: { chapter: 'customers', dpv: 'pd:LifeHistory', strict: false },
  restriction: { chapter: 'customers', dpv: 'pd:PrivacyPreference', strict: false },
  // The sealed key of one person: who cannot read it cannot read what it seals.
  'subject-key': { chapter: 'customers', dpv: 'pd:Authenticating', strict: false },
  'site-address': { chapter: 'sites', dpv: 'pd:HouseOwned', strict: false },
  'accounting-point': { chapter: 'sites', dpv: 'pd:DeviceBased', strict: false },
  consumption: { chapter: 'metering', dpv: 'pd:ServiceConsumptionBehavior', strict: false },
  occupancy: { chapter: 'sites', dpv: 'pd:Location', strict: false },
  contract: { chapter: 'contracts', dpv: 'pd:Transactional', strict: false },
  // To whom a change of price was told: written by who tells it, who may not write contracts.
  'price-notice': { chapter: 'contracts', dpv: 'pd:CommunicationsMetadata', strict: false },
  meter: { chapter: 'metering', dpv: 'pd:DeviceBased', strict: false },
  'bank-account': { chapter: 'billing', dpv: 'pd:BankAccount', strict: true },
  'contact-event': { chapter: 'contacts', dpv: 'pd:CommunicationsMetadata', strict: false },
  'contact-content': { chapter: 'contacts', dpv: 'pd:Communication', strict: false },
  'incoming-call': { chapter: 'contacts', dpv: 'pd:TelephoneNumber', strict: false },
  'caller-verification': { chapter: 'contacts', dpv: 'pd:Authenticating', strict: false },
  'marketing-permission': { chapter: 'marketing', dpv: 'pd:PrivacyPreference', strict: false },
  'import-row': { chapter: 'exchange', dpv: 'pd:Profile', strict: false },
  disclosure: { chapter: 'exchange', dpv: 'pd:Transactional', strict: false },
  'staff-identity': { chapter: 'access', dpv: 'pd:ProfessionalContact', strict: false },
  'staff-credentials': { chapter: 'access', dpv: 'pd:Authenticating', strict: true },
  // What a request answered, for the one who may have to send it again.
  'request-receipt': { chapter: 'access', dpv: 'pd:ServiceUse', strict: false },
  'access-log': { chapter: 'access', dpv: 'pd:ServiceUse', strict: false },
} as const

export type Category = keyof typeof categories

export const chapters = [
  'customers',
  'sites',
  'contracts',
  'metering',
  'billing',
  'contacts',
  'feedback',
  'marketing',
  'exchange',
  'rights',
  'access',
] as const

/** Why data is used. Each has its legal bases in register.yaml; an endpoint that names none of them does not compile. */
export const purposes = [
  'customer-care',
  'supply',
  'market-exchange',
  'payment',
  'claims',
  'marketing',
  'development',
  'rights',
  'security',
] as const

export type Purpose = (typeof purposes)[number]

/** What tells of nobody and is written by those alone who publish it. */
export const published = ['prices', 'spot-prices', 'weather', 'statistics'] as const
export type Published = (typeof published)[number]

/** A legal entity's part in the energy market: the wall between them is the unbundling rule of the Electricity Market Act. */
export const markets = ['retailer', 'network'] as const
export type Market = (typeof markets)[number]

export const languages = ['fi', 'sv', 'en'] as const
export type Language = (typeof languages)[number]
export type Words = Readonly<Record<Language, string>>
