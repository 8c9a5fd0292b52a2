// Accounts for refunds; invoices come with billing.
import { key, owns, provenance, recorded, superseded, type Tables, wallColumns } from './table.ts'

export const billing = {
  bank_account: {
    holds: 'an account for refunds, sealed',
    owner: owns('customer_id'),
    walls: { controllers: 'own', restricted: true },
    columns: {
      id: key(),
      customer_id: key(),
      iban: 'bank-account',
      blind: 'bank-account',
      blind_even: 'bank-account',
      last4: 'bank-account',
      during: 'bank-account',
      ...wallColumns,
      ...provenance('bank-account'),
    },
    onAccess: 'give',
    onErase: 'shred',
    anchors: { recorded, superseded },
    sealed: ['iban'],
    indexed: { sealed: 'iban', as: 'bank-account' },
  },
} as const satisfies Tables
