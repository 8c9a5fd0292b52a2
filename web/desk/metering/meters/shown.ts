// How readings are said: they are kept in watt-hours and litres, and said in kilowatt-hours and cubic metres.
import type { z } from 'zod'
import type * as api from '../../../../chapters/metering/meters/api.ts'
import { useFormats } from '../../../kit/format.ts'

export type Meter = z.output<typeof api.metersOfSite.gives>[number]
type Register = Meter['registers'][number]

export const unitOf = (register: Register): string => (register === 'volume' ? 'm³' : 'kWh')

export const useShown = (): ((register: Register, value: number) => string) => {
  const { number } = useFormats()
  return (register, value) => `${number(value / 1000, value % 1000 === 0 ? 0 : 3)} ${unitOf(register)}`
}
