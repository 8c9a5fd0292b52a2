// The meters of accounting points, what their registers showed, and what was used day by day, with every version that a value has had.
import {
  key,
  mark,
  type Owner,
  protectedColumn,
  provenance,
  recorded,
  superseded,
  type Tables,
  versionColumn,
  wallColumns,
} from './table.ts'

const ofSite = { is: 'through', column: 'site_id', table: 'occupancy', theirs: 'site_id', vacant: true } as const
const walls = {
  controllers: 'shared',
  restricted: true,
  protected: { openedBy: 'site', column: 'site_id' },
} as const

/** A day of consumption tells of whoever lived there that day: a new tenant's walls are not the last one's. */
const byDay: Owner = {
  is: 'through',
  column: 'site_id',
  table: 'occupancy',
  theirs: 'site_id',
  vacant: true,
  on: { day: 'day', point: 'point_id' },
}

const wallsOfTheDay = {
  controllers: 'of-the-day',
  restricted: true,
  protected: { openedBy: 'site', column: 'site_id' },
} as const

const day = {
  point_id: key(),
  site_id: key('where the point was on that day'),
  day: 'consumption',
  step: 'consumption',
  total: 'consumption',
  lacking: 'consumption',
  vals: 'consumption',
  quality: 'consumption',
  ...wallColumns,
  ...protectedColumn,
  version: mark('which version of the day this is'),
  ...provenance('consumption'),
} as const

const itself = 'day'

export const metering = {
  meter: {
    holds: 'a meter at a point during a period, with its registers',
    owner: ofSite,
    walls,
    columns: {
      id: key(),
      point_id: key(),
      site_id: key(),
      energy: 'meter',
      kind: 'meter',
      serial: 'meter',
      multiplier: 'meter',
      registers: 'meter',
      digits: 'meter',
      during: 'meter',
      ...wallColumns,
      ...protectedColumn,
      ...versionColumn,
      ...provenance('meter'),
    },
    onAccess: 'give',
    onErase: 'unlink',
    anchors: { recorded, superseded },
  },
  meter_reading: {
    holds: 'what a register of a meter showed at a moment: when it came, when it went, or between',
    owner: ofSite,
    walls,
    columns: {
      id: key(),
      meter_id: key(),
      site_id: key(),
      register: 'meter',
      at: 'meter',
      value: 'meter',
      kind: 'meter',
      rolled_over: 'meter',
      ...wallColumns,
      ...protectedColumn,
      ...provenance('meter'),
    },
    onAccess: 'give',
    onErase: 'unlink',
    anchors: { recorded },
    appendOnly: true,
  },
  reading_day: {
    holds: 'the values of a point on one local day, as they are known now',
    owner: byDay,
    walls: wallsOfTheDay,
    columns: day,
    onAccess: 'give',
    onErase: 'delete',
    anchors: { recorded: 'recorded_at', event: itself },
  },
  reading_day_past: {
    holds: 'the values of a point on one local day, as they were known until they were corrected',
    owner: byDay,
    walls: wallsOfTheDay,
    columns: { ...day, replaced_at: 'consumption' },
    onAccess: 'give',
    onErase: 'delete',
    appendOnly: true,
    anchors: { recorded: 'recorded_at', event: itself },
  },
  heat_day: {
    holds:
      'what the registers of a heat meter showed on one local day and how much water of what warmth went through, and what it was before a correction',
    owner: byDay,
    walls: wallsOfTheDay,
    columns: {
      point_id: key(),
      site_id: key('where the point was on that day'),
      day: 'consumption',
      shown: 'consumption',
      flow: 'consumption',
      volume: 'consumption',
      supply: 'consumption',
      back: 'consumption',
      ...wallColumns,
      ...protectedColumn,
      version: mark('which version of the day this is'),
      ...provenance('consumption'),
      replaced_at: mark('when a correction came'),
    },
    onAccess: 'give',
    onErase: 'delete',
    anchors: { recorded: 'recorded_at', event: itself },
  },
} as const satisfies Tables
