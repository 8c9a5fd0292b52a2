// What must hold of names before the database is asked. Pure: refusals are values.
import type { Fault } from '../../../platform/errors.ts'
import { fault, type NamedParty, type PartyKind } from '../rules.ts'

export type NameKind = 'official' | 'former' | 'trade'

/** `Anna-Maija Kristiina`: Anna-Maija, Anna, Maija and Kristiina may be gone by. */
const goesBy = (given: string, call: string): boolean =>
  given
    .toLowerCase()
    .split(' ')
    .flatMap((one) => [one, ...one.split('-')])
    .includes(call.toLowerCase())

/** A sole trader may have a trade name; else a person has a person's name, and what is no person has one name of its own. */
export const nameFaults = (party: PartyKind, kind: NameKind, named: NamedParty): readonly Fault[] => {
  const { given, call_name, family, organisation } = named
  if (party !== 'natural' || kind === 'trade')
    return [
      ...(organisation === null ? [fault('organisation', 'name.missing', 'give the name')] : []),
      ...(given !== null || call_name !== null || family !== null
        ? [fault('family', 'name.of-a-person', 'this name has no given and family names')]
        : []),
    ]
  return [
    ...(family === null ? [fault('family', 'name.missing', 'give the family name')] : []),
    ...(organisation === null ? [] : [fault('organisation', 'name.of-a-company', 'a person has no company name')]),
    ...(call_name !== null && !goesBy(given ?? '', call_name)
      ? [fault('call_name', 'name.not-given', 'a person goes by one of the given names')]
      : []),
  ]
}
