// What people are found by. Each category has a table of its own, so that nobody is found by what the searcher may not read; numbers and the
// blind index of the identity code are searched where they stand.
import { key, marketableColumn, owns, protectedColumn, type Tables, wallColumns } from './table.ts'

const rebuilt = {
  owner: owns('customer_id'),
  onAccess: { withhold: 'made of rows that are given themselves' },
  onErase: 'delete',
  anchors: {},
} as const

export const customersSearch = {
  search_name: {
    holds: 'a name as it may be typed, to find the person by',
    walls: { controllers: 'shared', restricted: true, marketable: true },
    columns: { customer_id: key(), key: 'name', former: 'name', ...wallColumns, ...marketableColumn },
    madeOf: ['name'],
    projection: `
      select n.customer_id, made.key, n.kind = 'former' or not upper_inf(n.during), n.restricted, n.controllers, n.marketable
        from customer_name n, name_keys(n.given, n.call_name, n.family, n.organisation) as made (key)
       where n.customer_id {people} and made.key <> ''`,
    ...rebuilt,
  },
  search_contact: {
    holds: 'a telephone number or e-mail address as it may be typed, to find the person by; none of a protected person',
    walls: {
      controllers: 'shared',
      restricted: true,
      marketable: true,
      protected: { openedBy: 'customer', column: 'customer_id' },
    },
    columns: {
      customer_id: key(),
      key: 'contact-details',
      former: 'contact-details',
      ...wallColumns,
      ...protectedColumn,
      ...marketableColumn,
    },
    madeOf: ['contact-details'],
    projection: `
      select customer_id, lower(value), not upper_inf(during), restricted, controllers, protected, marketable
        from contact_point where customer_id {people} and not protected`,
    ...rebuilt,
  },
  search_address: {
    holds: 'a postal address as it may be typed, to find the person by; none of a protected person',
    walls: {
      controllers: 'shared',
      restricted: true,
      marketable: true,
      protected: { openedBy: 'customer', column: 'customer_id' },
    },
    columns: {
      customer_id: key(),
      key: 'postal-address',
      post_office: 'postal-address',
      postcode: 'postal-address',
      former: 'postal-address',
      ...wallColumns,
      ...protectedColumn,
      ...marketableColumn,
    },
    // Not even the contact address of a protected person: a hit by an address is a hint.
    madeOf: ['postal-address'],
    projection: `
      select a.customer_id, fold_text(a.street), fold_text(a.post_office), a.postcode, not upper_inf(a.during),
             a.restricted, a.controllers, a.protected, a.marketable
        from postal_address a join customer c on c.id = a.customer_id
       where a.customer_id {people} and not a.protected and not c.protected`,
    ...rebuilt,
  },
  search_site: {
    holds: 'the address of a site where the person lives or lived, as it may be typed; none of a protected person',
    // Only the refreshing opens a row to another entity: it comes to serve the person at one site, not at all of them.
    walls: { controllers: 'own', restricted: true, protected: { openedBy: 'customer', column: 'customer_id' } },
    columns: {
      customer_id: key(),
      key: 'site-address',
      post_office: 'site-address',
      postcode: 'site-address',
      former: 'site-address',
      ...wallColumns,
      ...protectedColumn,
    },
    madeOf: ['site-address', 'occupancy'],
    projection: `
      select o.customer_id, fold_text(concat_ws(' ', street, s.number, s.staircase, s.apartment)), fold_text(p.post_office_fi), s.postcode,
             not upper_inf(o.during), o.restricted, o.controllers & s.controllers, o.protected
        from occupancy o join site s on s.id = o.site_id join postcode p on p.code = s.postcode,
             unnest(array[s.street_fi, nullif(s.street_sv, s.street_fi)]) as street
       where o.customer_id {people} and street is not null and not o.protected and not s.protected and o.controllers & s.controllers > 0`,
    ...rebuilt,
  },
} as const satisfies Tables
