// A new accounting point or connection of a site.
import { useState } from 'react'
import * as api from '../../../chapters/sites/api.ts'
import { useChange } from '../../kit/ask.ts'
import { today } from '../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../kit/Field.tsx'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useFaults } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { texts } from './words.ts'

type Props = { readonly site_id: number; readonly onClose: () => void }
type Energy = (typeof api.energies)[number]

const stale = [api.openSite, api.sitesOfCustomer]

const EnergyField = ({ value, onChange }: { readonly value: Energy; readonly onChange: (energy: Energy) => void }) => {
  const w = useWords(texts)
  return (
    <SelectField
      label={w.energy}
      value={value}
      options={api.energies.map((id) => ({ id, label: w[id] }))}
      onChange={(id) => onChange(api.energies.find((each) => each === id) ?? 'electricity')}
      takesFocus
    />
  )
}

export const NewPoint = ({ site_id, onClose }: Props) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const add = useChange(api.addPoint, { stale })
  const [energy, setEnergy] = useState<Energy>('electricity')
  const [code, setCode] = useState('')
  const [kind, setKind] = useState<'consumption' | 'production'>('consumption')
  return (
    <FormDialog
      title={w.addPoint}
      act={w.add}
      ready={code.trim() !== ''}
      onClose={onClose}
      onAct={async () => {
        await add.mutateAsync({ params: { site_id }, body: { energy, code: code.trim(), kind } })
        tell({ text: w.added })
      }}
    >
      {(refused) => (
        <>
          <EnergyField value={energy} onChange={setEnergy} />
          <TextField
            label={w.point}
            hint={w.pointHint}
            value={code}
            onChange={setCode}
            maxLength={40}
            fault={faultAt(refused, 'body.code')}
            required
          />
          <SelectField
            label={w.use}
            value={kind}
            options={(['consumption', 'production'] as const).map((id) => ({ id, label: w[id] }))}
            onChange={(id) => setKind(id === 'production' ? 'production' : 'consumption')}
          />
        </>
      )}
    </FormDialog>
  )
}

export const NewConnection = ({ site_id, onClose }: Props) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const add = useChange(api.addConnection, { stale })
  const [energy, setEnergy] = useState<Energy>('electricity')
  const [main_fuse, setFuse] = useState<(typeof api.fuses)[number] | null>('3x25A')
  const [kw, setKw] = useState('')
  const [from, setFrom] = useState<string | undefined>(today())
  const capacity = kw.trim() === '' ? null : Number(kw.trim().replace(',', '.'))
  const electric = energy === 'electricity'
  return (
    <FormDialog
      title={w.addConnection}
      act={w.add}
      ready={from !== undefined && (electric || (capacity !== null && capacity > 0))}
      onClose={onClose}
      onAct={async () => {
        if (from === undefined) return
        const size = electric ? { main_fuse, capacity_kw: null } : { main_fuse: null, capacity_kw: capacity }
        await add.mutateAsync({ params: { site_id }, body: { energy, from, ...size } })
        tell({ text: w.added })
      }}
    >
      {(refused) => (
        <>
          <EnergyField value={energy} onChange={setEnergy} />
          <div className="field-row">
            {electric ? (
              <SelectField
                label={w.size}
                value={main_fuse ?? undefined}
                options={api.fuses.map((id) => ({ id, label: id }))}
                onChange={(id) => setFuse(api.fuses.find((each) => each === id) ?? null)}
                fault={faultAt(refused, 'body.main_fuse')}
              />
            ) : (
              <TextField
                label={w.kw}
                value={kw}
                onChange={setKw}
                inputMode="decimal"
                fault={faultAt(refused, 'body.capacity_kw')}
                required
              />
            )}
            <DayField
              label={w.firstDay}
              value={from}
              onChange={setFrom}
              fault={faultAt(refused, 'body.from')}
              required
            />
          </div>
        </>
      )}
    </FormDialog>
  )
}
