// How a login that writes remembers, in its own transaction, that it has done a request: by functions, since it may read and write no receipt.
import type { WallFunction } from './walls.ts'

/** The login that owns them, and that alone sees receipts. */
export const receiptKeeper = 'request-keeper.security.group'

/** Whose receipt it is: the login that really asks, which no caller can say otherwise, and who asks through it. */
const whose = `session_user || ' ' || who`

export const receiptFunctions: readonly WallFunction[] = [
  {
    // Null: the request is new, and is now taken. One byte 0: the key belongs to another request. Byte 1 and the answer: it was done.
    // Whoever sends the same at the same time waits here until the first is done, or takes it over when that one fails.
    name: 'receipt_taken',
    owner: receiptKeeper,
    signature:
      'who text, its_key bytea, its_request bytea, at timestamp with time zone, since timestamp with time zone',
    returns: 'bytea',
    body: `insert into idempotency_key as done (caller, key, request, recorded_at) values (${whose}, its_key, its_request, at)
    on conflict (caller, key) do update set request = excluded.request, answer = null, recorded_at = excluded.recorded_at
    where done.recorded_at <= since;
if found then return null; end if;
return (select case when request = its_request then '\\x01'::bytea || answer else '\\x00'::bytea end
          from idempotency_key where caller = ${whose} and key = its_key);`,
    calledBy: 'writing',
  },
  {
    name: 'receipt_kept',
    owner: receiptKeeper,
    signature: 'who text, its_key bytea, its_answer bytea',
    body: `update idempotency_key set answer = its_answer where caller = ${whose} and key = its_key;`,
    calledBy: 'writing',
  },
]
