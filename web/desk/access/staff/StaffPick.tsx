// One of the staff, picked by typing part of a name, user name or unit.
import { useState } from 'react'
import { listStaff } from '../../../../chapters/access/staff/api.ts'
import { call } from '../../../kit/client.ts'
import { PickField } from '../../../kit/PickField.tsx'

export type PickedStaff = {
  /** As the access log names them: `staff:12`. */
  readonly id: string
  readonly staff_id: number
  readonly label: string
  readonly hint?: string
}

export const StaffPick = ({
  value,
  onChange,
  ...field
}: {
  readonly label: string
  readonly hint?: string
  readonly fault?: string | undefined
  readonly value: PickedStaff | undefined
  readonly onChange: (staff: PickedStaff | undefined) => void
  readonly required?: boolean
}) => {
  const [search] = useState(() => async (text: string, signal: AbortSignal): Promise<readonly PickedStaff[]> => {
    const { staff } = await call(listStaff, { query: { text, limit: 40 } }, { signal })
    return staff.map(({ id, name, login, unit }) => ({
      id: `staff:${id}`,
      staff_id: id,
      label: name,
      hint: `${login} · ${unit}`,
    }))
  })
  return <PickField value={value} search={search} onChange={onChange} {...field} />
}
