// Permissions and prohibitions by channel.
import {
  controllerColumn,
  key,
  marketableColumn,
  owns,
  provenance,
  recorded,
  type Tables,
  wallColumn,
} from './table.ts'

export const marketing = {
  marketing_permission: {
    holds: 'a line of the ledger: a permission given, withdrawn or a prohibition, for one channel of one legal entity',
    owner: owns('customer_id'),
    walls: { controller: true, restricted: true, marketable: true },
    columns: {
      id: key(),
      customer_id: key(),
      channel: 'marketing-permission',
      state: 'marketing-permission',
      text_version: 'marketing-permission',
      evidence: 'marketing-permission',
      restricted: wallColumn,
      ...marketableColumn,
      ...controllerColumn,
      ...provenance('marketing-permission'),
    },
    appendOnly: true,
    onAccess: 'give',
    onErase: { keep: 'a prohibition outlives the person’s data as a keyed hash, for that sole purpose' },
    anchors: { recorded, 'permission-withdrawn': "case when state = 'granted' then null else recorded_at end" },
  },
} as const satisfies Tables
