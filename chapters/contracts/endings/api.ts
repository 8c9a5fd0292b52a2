// What can be asked when a contract is to end: how and when it can, that the customer withdrew from it, that notice was given, that the end of a fixed term was told.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day } from '../../customers/api.ts'
import { contract, party } from '../api.ts'
import { step, ways } from '../offers/api.ts'

const ofContract = z.object({ contract_id: z.coerce.number().int().positive() })
const opened = contract.extend({ parties: z.array(party) })
const shared = { purposes: ['customer-care', 'supply'], caller: { level: 2, scope: 'contracts' } } as const
const stepped = {
  version: z.number().int().positive(),
  /** The day on which it was said: what came in time may be recorded later. */
  on_day: day,
  how: z.enum(ways),
  /** Where the proof lies. */
  reference: z.string().trim().max(300).default(''),
}

export const waysToEnd = endpoint({
  ...shared,
  method: 'GET',
  path: '/api/contracts/:contract_id/ending',
  action: 'see how a contract can end',
  label: { fi: 'sopimuksen päättämistapojen katselu', sv: 'se hur ett avtal kan avslutas' },
  reads: ['contract', 'customer-status'],
  takes: { params: ofContract },
  gives: z.object({
    consumer: z.boolean(),
    /** May be withdrawn from today. */
    withdrawable: z.boolean(),
    withdrawal_until: day.nullable(),
    /** ISO 8601, of the customer and of the seller. */
    customer_notice: z.string(),
    seller_notice: z.string(),
    /** The first day without the contract, if notice is given today. */
    customer_earliest: day,
    seller_earliest: day,
    /** Of a fixed term that has not ended: by when its end must be told, and when it was; what becomes of it then. */
    tell_by: day.nullable(),
    told_on: day.nullable(),
    steps: z.array(step),
  }),
})

/** A contract that had not begun never was; one that had ends on the day. What it had replaced goes on, if nothing was delivered yet. */
export const withdrawFromContract = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/contracts/:contract_id/withdrawal',
  action: 'record that a customer withdrew from a contract',
  label: { fi: 'sopimuksen peruuttamisen kirjaaminen', sv: 'anteckna att en kund har frånträtt ett avtal' },
  reads: ['contract', 'customer-status'],
  writes: ['contract'],
  takes: { params: ofContract, body: z.strictObject(stepped) },
  gives: opened.extend({
    /** Whether the customer pays for what was delivered until then: only where they had expressly asked for it. */
    owes: z.boolean(),
    /** The contract that goes on instead. */
    goes_on: z.string().nullable(),
  }),
})

export const giveNotice = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/contracts/:contract_id/notice',
  action: 'record notice of a contract',
  label: { fi: 'sopimuksen irtisanomisen kirjaaminen', sv: 'anteckna uppsägning av ett avtal' },
  reads: ['contract', 'customer-status'],
  writes: ['contract'],
  takes: {
    params: ofContract,
    body: z.strictObject({
      ...stepped,
      by: z.enum(['customer', 'seller']),
      /** The first day without the contract; null: as early as the period of notice allows. */
      to: day.nullable().default(null),
    }),
  },
  gives: opened,
})

export const tellTermEnd = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/contracts/:contract_id/term-end-notice',
  action: 'record that the end of a fixed term was told',
  label: {
    fi: 'määräajan päättymisestä kertomisen kirjaaminen',
    sv: 'anteckna att slutet på en bunden tid har meddelats',
  },
  reads: ['contract', 'customer-status'],
  writes: ['contract'],
  takes: { params: ofContract, body: z.strictObject(stepped) },
  gives: opened,
})
