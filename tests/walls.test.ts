import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type pg from 'pg'
import { type Bundle, openedCustomers, openedSites, privilegesOn } from '../enforcement/bundles.ts'
import { ownerColumn, tables } from '../register/tables.ts'
import type { Table } from '../register/table.ts'
import { everythingMaker, type Making } from './everything.ts'
import { emptied, type TestRegister, testRegister } from './database.ts'
import { network, person, retailer } from './people.ts'

let opened: TestRegister
let owner: pg.Pool
before(async () => {
  opened = await testRegister()
  owner = opened.owner
})
after(() => opened.drop())
beforeEach(() => emptied(owner))

const both = retailer | network
const told = `'test', '2026-01-01Z', 'system:test'`

const idOf = async (text: string, values: unknown[]): Promise<number> => {
  const { rows } = await owner.query<{ id: string }>(text, values)
  return Number(rows[0]?.id)
}

/** A home with a point where electricity is measured. */
const home = async (controllers = both): Promise<number> => {
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  const site = await idOf(
    `insert into site (street_fi, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Mallikatu', '15140', 'permanent-dwelling', $1, ${told}) returning id`,
    [controllers],
  )
  await owner.query(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', $3, ${told})`,
    [site, String(640_000_000_000_000_000n + BigInt(site)), controllers],
  )
  return site
}

const livesAt = (customer: number, site: number, controllers = both, during = '[2020-01-01,)') =>
  owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', $3, $4, ${told})`,
    [customer, site, during, controllers],
  )

const permits = (customer: number, state = 'granted') =>
  owner.query(
    `insert into marketing_permission (customer_id, controller, channel, state, source, recorded_at, recorded_by)
     values ($1, ${retailer}, 'email', $2, ${told})`,
    [customer, state],
  )

const protect = (customer: number, up = true) =>
  owner.query('select wall_protected(array[$1::bigint], $2)', [customer, up])
const restrict = (customer: number, up = true) =>
  owner.query('select wall_restricted(array[$1::bigint], $2)', [customer, up])
const approach = (customer: number) => owner.query('select wall_marketable(array[$1::bigint])', [customer])

/** Runs as the login in a transaction that is undone; `opening` is the person opened for it. */
const as = async <T>(
  login: string,
  work: (query: (text: string, values?: unknown[]) => Promise<pg.QueryResult>) => Promise<T>,
  opening?: { readonly customer?: number; readonly sites?: readonly number[] },
): Promise<T> => {
  const connection = await opened.register.pool(login).connect()
  try {
    await connection.query('begin')
    if (opening?.customer !== undefined)
      await connection.query('select set_config($1, $2, true)', [openedCustomers, `{${opening.customer}}`])
    if (opening?.sites !== undefined)
      await connection.query('select set_config($1, $2, true)', [openedSites, `{${opening.sites.join(',')}}`])
    return await work((text, values) => connection.query(text, values))
  } finally {
    await connection.query('rollback')
    connection.release()
  }
}

const idsOf = ({ rows }: pg.QueryResult): readonly number[] =>
  [...new Set(rows.map((row: { id: unknown }) => Number(row.id)))].toSorted((a, b) => a - b)

const seen = (login: string, text: string, opening?: Parameters<typeof as>[2]): Promise<readonly number[]> =>
  as(login, async (query) => idsOf(await query(text)), opening)

const maskOf: Readonly<Record<string, number>> = { retail: retailer, network, group: both }

type Fixture = {
  readonly id: number
  readonly controllers: number
  readonly protected?: true
  readonly restricted?: true
  readonly marketable?: true
}

const population = async (): Promise<readonly Fixture[]> => {
  const make = async (made: Omit<Fixture, 'id'>): Promise<Fixture> => {
    const id = await person(owner, { controllers: made.controllers })
    const site = await home(made.controllers)
    await livesAt(id, site, made.controllers)
    await owner.query(
      `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
       values ($1, '2026-01-01Z', 'in', 'call', '{}', $2, ${told})`,
      [id, made.controllers],
    )
    if (made.marketable || made.protected || made.restricted) await permits(id)
    await approach(id)
    if (made.protected) await protect(id)
    if (made.restricted) await restrict(id)
    return { id, ...made }
  }
  const made: Fixture[] = []
  for (const one of [
    { controllers: retailer },
    { controllers: retailer, marketable: true },
    { controllers: network },
    { controllers: both },
    { controllers: both, marketable: true },
    { controllers: both, protected: true },
    { controllers: retailer, protected: true },
    { controllers: both, restricted: true },
    { controllers: network, restricted: true },
    { controllers: both, protected: true, restricted: true },
  ] as const)
    made.push(await make(one))
  return made
}

/** Written by what the roles of register.yaml mean, not by the policies. */
const maySee = ({ hat, rows }: Bundle, table: Table, one: Fixture): boolean =>
  (one.controllers & (maskOf[hat] ?? 0)) !== 0 &&
  (one.restricted === undefined || rows.restricted === 'seen') &&
  (table.walls.protected === undefined || one.protected === undefined || rows.protected === 'seen') &&
  (!rows.marketable || table.walls.marketable === undefined || one.marketable === true)

const owned = ['customer', 'customer_name', 'contact_point', 'postal_address', 'occupancy', 'contact'] as const

describe('a row behind a wall', () => {
  test('is neither seen nor counted nor changed, by any role in any hat', async () => {
    const people = await population()
    let looked = 0
    for (const bundle of opened.register.bundles.values())
      for (const name of owned) {
        const table = tables[name] as Table
        const column = ownerColumn(table) ?? ''
        const may = privilegesOn(bundle, table)
        const expected = people.filter((one) => maySee(bundle, table, one)).map(({ id }) => id)
        if (may.select.length === 0) continue
        looked += 1
        const where = `${bundle.login} ${name}`
        assert.deepEqual(await seen(bundle.login, `select ${column} as id from ${name}`), expected, where)
        await as(bundle.login, async (query) => {
          const { rows } = await query(`select count(distinct ${column})::int as n from ${name}`)
          assert.deepEqual(rows, [{ n: expected.length }], where)
          const [change] = may.update
          if (change === undefined) return
          assert.deepEqual(
            idsOf(await query(`update ${name} set "${change}" = "${change}" returning ${column} as id`)),
            expected,
            `${where} changes`,
          )
        })
      }
    assert.ok(looked > 60, 'hardly a table was looked at')
  })

  test('cannot be reached by the key of the person, nor by a join', async () => {
    const people = await population()
    const hidden = people.filter(({ controllers }) => controllers === network).map(({ id }) => id)
    for (const id of hidden) {
      const found = await seen(
        'customer-service.customer-care.retail',
        `select n.customer_id as id from customer c full join customer_name n on n.customer_id = c.id
          where n.customer_id = ${id} or c.id = ${id}`,
      )
      assert.deepEqual(found, [])
    }
  })

  test('cannot be written by those whom it would shut out', async () => {
    const id = await person(owner, { controllers: both })
    const insert = (walls: string) =>
      as('customer-service.customer-care.retail', (query) =>
        query(
          `insert into contact_point (customer_id, channel, value, use, during, restricted, protected, controllers, source, recorded_at, recorded_by)
           values ($1, 'phone', '+358501234567', 'main', '[2026-01-01,)', ${walls}, ${told}) returning id`,
          [id],
        ),
      )
    await assert.doesNotReject(insert(`false, false, ${retailer}`))
    for (const walls of [`false, false, ${network}`, `true, false, ${retailer}`, `false, true, ${retailer}`])
      await assert.rejects(insert(walls), { code: '42501' }, walls)
  })

  test('is not moved over a wall by hand', async () => {
    const id = await person(owner, { controllers: both })
    for (const wall of ['protected = false', 'restricted = false', `controllers = ${both}`, 'marketable = 1'])
      await assert.rejects(
        as('customer-service.customer-care.retail', (query) =>
          query(`update contact_point set ${wall} where customer_id = $1`, [id]),
        ),
        { code: '42501' },
        wall,
      )
    await assert.rejects(
      as('marketing.marketing.retail', (query) => query(`select wall_protected(array[$1::bigint], false)`, [id])),
      { code: '42501' },
    )
  })
})

describe('a row cannot be written outside the walls of its person', () => {
  const written = (table: Table) => table.projection === undefined && table.owner.is !== 'nobody'
  const standing = (wall: keyof Table['walls']) =>
    Object.entries(tables).filter(([, table]) => written(table) && table.walls[wall] !== undefined)
  // A home and a contract stand before anybody is led to them; the link raises their walls.
  const first = (name: string) => name === 'customer' || name === 'site' || name === 'contract'

  const lied = async (making: Making): Promise<string | undefined> => {
    const make = await everythingMaker(owner)
    try {
      await make(making)
      return undefined
    } catch (error) {
      const { code, table } = (error as Error).cause as { code: string; table: string }
      return `${code} ${table}`
    }
  }

  test('of any table', async () => {
    const tried = {
      protected: [{ protected: true, controllers: both }, { protected: false }],
      restricted: [{ restricted: true, controllers: both }, { restricted: false }],
      controllers: [{ controllers: retailer }, { controllers: both }],
      marketable: [{ controllers: both }, { marketable: retailer }],
    } as const satisfies Partial<Record<keyof Table['walls'], readonly [Making, object]>>
    let lies = 0
    for (const [wall, [making, lie]] of Object.entries(tried) as [keyof typeof tried, readonly [Making, object]][]) {
      assert.equal(await lied(making), undefined, 'a row that tells the truth is written')
      for (const [name, table] of standing(wall)) {
        if (first(name)) continue
        if (wall === 'controllers' && table.walls.controllers === 'own') continue
        lies += 1
        assert.equal(await lied({ ...making, lie: { table: name, ...lie } }), `WALLS ${name}`, `${wall} of ${name}`)
      }
    }
    assert.ok(lies > 30, 'hardly a table was tried')
  })

  test('by a bundle that does not see the wall', async () => {
    const [shut, free] = [await person(owner, { restricted: true }), await person(owner)]
    const note = (customer: number, controllers: number) =>
      as('customer-service.customer-care.retail', (query) =>
        query(
          `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
           values ($1, '2026-01-01Z', 'in', 'call', '{}', $2, ${told})`,
          [customer, controllers],
        ),
      )
    await assert.doesNotReject(note(free, retailer))
    await assert.rejects(note(shut, retailer), { code: 'WALLS' })
    await assert.rejects(note(free, both), { code: '42501' }, 'what one company noted is opened to the other')
    const born = (marketable: number) =>
      as('customer-service.customer-care.retail', (query) =>
        query(
          `insert into customer (number, kind, stage, language, controllers, marketable, source, recorded_at, recorded_by)
           values ('newborn', 'natural', 'prospect', 'fi', $1, $2, ${told})`,
          [retailer, marketable],
        ),
      )
    await assert.doesNotReject(born(0))
    await assert.rejects(born(retailer), { code: '42501' }, 'somebody is marketable before any permission')
  })

  test('nor moved there: an address that was given as safe, a home that somebody comes back to', async () => {
    const id = await person(owner)
    const site = await home()
    await livesAt(id, site, both, '[2020-01-01,2021-01-01)')
    await owner.query(
      `insert into postal_address (customer_id, kind, street, postcode, post_office, during, controllers, source, recorded_at, recorded_by)
       values ($1, 'contact', 'PL 1', '15140', 'LAHTI', '[2026-01-01,)', $2, ${told})`,
      [id, both],
    )
    await protect(id)
    await assert.rejects(owner.query(`update postal_address set kind = 'mailing' where kind = 'contact'`), {
      code: 'WALLS',
    })
    const shut = async () => (await owner.query('select protected from site')).rows
    assert.deepEqual(await shut(), [{ protected: false }])
    await owner.query(`update occupancy set during = '[2020-01-01,)'`)
    assert.deepEqual(await shut(), [{ protected: true }])
  })

  test('whoever moves in or signs takes the walls along', async () => {
    const id = await person(owner, { protected: true })
    const site = await home()
    await owner.query(
      `insert into occupancy (customer_id, site_id, role, during, protected, controllers, source, recorded_at, recorded_by)
       values ($1, $2, 'holder', '[2020-01-01,)', true, $3, ${told})`,
      [id, site, both],
    )
    const { rows } = await owner.query(
      'select s.protected, p.protected as point from site s join accounting_point p on p.site_id = s.id',
    )
    assert.deepEqual(rows, [{ protected: true, point: true }])
  })

  test('while the wall is being raised', async () => {
    const id = await person(owner)
    const [writer, keeper] = [await owner.connect(), await owner.connect()]
    try {
      await writer.query('begin')
      await writer.query(
        `insert into contact_point (customer_id, channel, value, use, during, controllers, source, recorded_at, recorded_by)
         values ($1, 'email', 'a@example.fi', 'main', '[2026-01-01,)', $2, ${told})`,
        [id, both],
      )
      const raised = keeper.query('select wall_protected(array[$1::bigint], true)', [id])
      await writer.query('select pg_sleep(0.2)')
      await writer.query('commit')
      await raised
    } finally {
      writer.release()
      keeper.release()
    }
    const { rows } = await owner.query('select distinct protected from contact_point')
    assert.deepEqual(rows, [{ protected: true }])
  })
})

describe('a protected person', () => {
  const desk = 'identity-desk.customer-care.retail'

  test('is opened alone, to the named role, until the end of the transaction', async () => {
    const one = await person(owner)
    const other = await person(owner)
    const free = await person(owner)
    const [site, elsewhere] = [await home(), await home()]
    await livesAt(one, site)
    await livesAt(other, elsewhere)
    await protect(one)
    await protect(other)
    for (const name of ['contact_point', 'postal_address']) {
      const text = `select customer_id as id from ${name}`
      assert.deepEqual(await seen(desk, text), [free])
      assert.deepEqual(await seen(desk, text, { customer: one }), [one, free])
      assert.deepEqual(await seen(desk, text), [free])
      assert.deepEqual(await seen('customer-service.customer-care.retail', text, { customer: one }), [free])
    }
    assert.deepEqual(await seen(desk, 'select customer_id as id from occupancy', { customer: one }), [one])
    assert.deepEqual(await seen(desk, 'select id from site', { customer: one }), [])
    assert.deepEqual(await seen(desk, 'select id from site', { sites: [site] }), [site])
    assert.deepEqual(await seen(desk, 'select site_id as id from accounting_point', { sites: [site] }), [site])
    assert.deepEqual(
      await seen('customer-service.customer-care.retail', 'select id from site', { sites: [site, elsewhere] }),
      [],
    )
  })

  test('closes the home, its points and who lives there; an address given as safe stays', async () => {
    const one = await person(owner)
    const site = await home()
    await livesAt(one, site)
    await owner.query(
      `insert into postal_address (customer_id, kind, street, postcode, post_office, during, controllers, source, recorded_at, recorded_by)
       values ($1, 'contact', 'PL 1', '15140', 'LAHTI', '[2026-01-01,)', $2, ${told})`,
      [one, both],
    )
    const closed = async () => {
      const { rows } = await owner.query(
        `select (select protected from customer) as person, (select bool_and(protected) from site) as site,
                (select bool_and(protected) from accounting_point) as point, (select bool_and(protected) from occupancy) as lives,
                (select bool_and(protected) from contact_point) as contact,
                (select protected from postal_address where kind = 'home') as home,
                (select protected from postal_address where kind = 'contact') as safe`,
      )
      return rows[0] as Record<string, boolean>
    }
    const all = (up: boolean) => ({ person: up, site: up, point: up, lives: up, contact: up, home: up, safe: false })
    assert.deepEqual(await closed(), all(false))
    await protect(one)
    assert.deepEqual(await closed(), all(true))
    await protect(one, false)
    assert.deepEqual(await closed(), all(false))
  })

  const siteClosed = async (site: number): Promise<readonly unknown[]> => {
    const { rows } = await owner.query(
      `select s.protected, p.protected as point from site s join accounting_point p on p.site_id = s.id where s.id = $1`,
      [site],
    )
    return rows
  }
  const shut = [{ protected: true, point: true }]
  const wide = [{ protected: false, point: false }]

  test('of a couple keeps the home closed until the last one is free', async () => {
    const [one, other] = [await person(owner), await person(owner)]
    const site = await home()
    await livesAt(one, site)
    await livesAt(other, site)
    await protect(one)
    assert.deepEqual(await siteClosed(site), shut)
    assert.deepEqual(await seen('customer-service.customer-care.retail', 'select customer_id as id from occupancy'), [
      other,
    ])
    await protect(other)
    await protect(one, false)
    assert.deepEqual(await siteClosed(site), shut)
    await protect(other, false)
    assert.deepEqual(await siteClosed(site), wide)
  })

  test('who is to move out next month still lives there; who has moved out does not', async () => {
    const [leaving, gone] = [await person(owner), await person(owner)]
    const [site, former] = [await home(), await home()]
    await livesAt(leaving, site, both, '[2020-01-01,2999-01-01)')
    await livesAt(gone, former, both, '[2020-01-01,2021-01-01)')
    await protect(leaving)
    await protect(gone)
    assert.deepEqual(await siteClosed(site), shut)
    assert.deepEqual(await siteClosed(former), wide)
  })
})

describe('a restricted person', () => {
  test('takes the contracts along, those that have ended as well', async () => {
    const id = await person(owner)
    const site = await home()
    const product = await idOf(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values (${retailer}, 'malli', 'electricity', 'sales', 'Malli', 'Modell', 'Model', '[2020-01-01,)') returning id`,
      [],
    )
    const contract = await idOf(
      `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
       select 'S1', ${retailer}, 'sales', 'electricity', $1, p.id, $2, '[2020-01-01,2021-01-01)', '1', ${told}
         from accounting_point p where p.site_id = $1 returning id`,
      [site, product],
    )
    await owner.query(
      `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
       values ($1, $2, 'holder', '[2020-01-01,2021-01-01)', ${retailer}, ${told})`,
      [contract, id],
    )
    const text = 'select id from contract'
    assert.deepEqual(await seen('customer-service.supply.retail', text), [contract])
    await restrict(id)
    assert.deepEqual(await seen('customer-service.supply.retail', text), [])
    assert.deepEqual(await seen('collection.claims.retail', text), [contract])
    await restrict(id, false)
    assert.deepEqual(await seen('customer-service.supply.retail', text), [contract])
  })
})

describe('marketing', () => {
  const text = 'select customer_id as id from customer_name'
  const seller = 'marketing.marketing.retail'

  test('sees a person while the newest line of a channel permits it, and no wall stands before it', async () => {
    const id = await person(owner)
    await approach(id)
    assert.deepEqual(await seen(seller, text), [])
    await permits(id)
    await approach(id)
    assert.deepEqual(await seen(seller, text), [id])
    await protect(id)
    assert.deepEqual(await seen(seller, text), [])
    await protect(id, false)
    assert.deepEqual(await seen(seller, text), [id])
    await restrict(id)
    assert.deepEqual(await seen(seller, text), [])
    await restrict(id, false)
    await permits(id, 'withdrawn')
    await approach(id)
    assert.deepEqual(await seen(seller, text), [])
  })

  test('never sees the dead', async () => {
    const id = await person(owner)
    await permits(id)
    await owner.query(`update customer set deceased_on = '2026-01-01' where id = $1`, [id])
    await approach(id)
    assert.deepEqual(await seen(seller, text), [])
  })
})

describe('a company that comes to serve a person', () => {
  test('sees the person and the site of the contract, and no other home', async () => {
    const id = await person(owner, { controllers: network })
    const [site, cottage] = [await home(network), await home(network)]
    await livesAt(id, site, network)
    await livesAt(id, cottage, network)
    const clerk = 'customer-service.supply.retail'
    assert.deepEqual(await seen(clerk, 'select id from customer'), [])
    await owner.query('select wall_serves(array[$1::bigint], array[$2::bigint], $3::smallint)', [id, site, retailer])
    assert.deepEqual(await seen(clerk, 'select id from customer'), [id])
    assert.deepEqual(await seen(clerk, 'select id from site'), [site])
    assert.deepEqual(await seen(clerk, 'select site_id as id from accounting_point'), [site])
    assert.deepEqual(await seen(clerk, 'select site_id as id from occupancy'), [site])
  })

  test('does not get what the other keeps as its own', async () => {
    const id = await person(owner, { controllers: network })
    await owner.query(
      `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
       values ($1, '2026-01-01Z', 'in', 'call', '{}', ${network}, ${told})`,
      [id],
    )
    await owner.query(`select wall_serves(array[$1::bigint], '{}', $2::smallint)`, [id, retailer])
    assert.deepEqual(await seen('customer-service.customer-care.retail', 'select customer_id as id from contact'), [])
    assert.deepEqual(await seen('customer-service.customer-care.network', 'select customer_id as id from contact'), [
      id,
    ])
  })
})
