// A meter installed, or exchanged for another: the last readings of one and the first of the other, at one moment.
import { useState } from 'react'
import * as api from '../../../../chapters/metering/meters/api.ts'
import { useChange } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { CheckboxField, DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { type Meter, unitOf, useShown } from './shown.ts'
import { texts } from './words.ts'

type Register = (typeof api.registers)[number]
type Written = Readonly<Partial<Record<Register, string>>>

const sets = { energy: ['energy'], 'day-night': ['day', 'night'], 'energy-volume': ['energy', 'volume'] } as const
type SetName = keyof typeof sets
const setOf = (registers: readonly Register[] | undefined): SetName => {
  if (registers?.includes('volume')) return 'energy-volume'
  return registers?.includes('night') ? 'day-night' : 'energy'
}

/** Kilowatt-hours or cubic metres as they are read, in the smallest unit of the register. */
const read = (written: string | undefined): number | undefined => {
  const value = written?.replaceAll(/\s/g, '').replace(',', '.') ?? ''
  return /^\d{1,12}(\.\d{1,3})?$/.test(value) ? Math.round(Number(value) * 1000) : undefined
}

const readings = (registers: readonly Register[], written: Written) =>
  registers.flatMap((register) => {
    const value = read(written[register])
    return value === undefined ? [] : [{ register, value }]
  })

export const ExchangeMeter = ({
  point_id,
  former,
  onClose,
}: {
  readonly point_id: number
  readonly former: Meter | undefined
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const shown = useShown()
  const faultAt = useFaults()
  const change = useChange(api.changeMeter, { stale: [api.metersOfSite] })
  const [on, setOn] = useState<string | undefined>(today())
  const [time, setTime] = useState('12:00')
  const [last, setLast] = useState<Written>({})
  const [round, setRound] = useState<readonly Register[]>([])
  const [first, setFirst] = useState<Written>({})
  const [serial, setSerial] = useState('')
  const [multiplier, setMultiplier] = useState(String(former?.multiplier ?? 1))
  const [digits, setDigits] = useState(String(former?.digits ?? ''))
  const [set, setSet] = useState<SetName>(setOf(former?.registers))
  const registers: readonly Register[] = sets[set]
  const [lasts, firsts] = [readings(former?.registers ?? [], last), readings(registers, first)]
  const ready =
    on !== undefined &&
    /^([01]\d|2[0-3]):[0-5]\d$/.test(time) &&
    serial.trim() !== '' &&
    /^[1-9]\d{0,5}$/.test(multiplier) &&
    /^([3-9]|1[0-2])?$/.test(digits.trim()) &&
    lasts.length === (former?.registers.length ?? 0) &&
    firsts.length === registers.length
  return (
    <FormDialog
      title={former === undefined ? w.install : w.exchange}
      act={former === undefined ? w.actNew : w.act}
      ready={ready}
      onClose={onClose}
      onAct={async () => {
        if (on === undefined) return
        await change.mutateAsync({
          params: { point_id },
          body: {
            on,
            time,
            former:
              former === undefined
                ? null
                : {
                    id: former.id,
                    version: former.version,
                    readings: lasts.map((one) => ({ ...one, rolled_over: round.includes(one.register) })),
                  },
            serial: serial.trim(),
            multiplier: Number(multiplier),
            digits: digits.trim() === '' ? null : Number(digits),
            registers: [...registers],
            readings: firsts,
          },
        })
        tell({ text: w.done })
      }}
    >
      {(refused) => (
        <>
          <div className="field-row">
            <DayField
              label={w.on}
              value={on}
              onChange={setOn}
              fault={faultAt(refused, 'body.on')}
              required
              takesFocus
            />
            <TextField
              label={w.time}
              hint={w.timeHint}
              value={time}
              onChange={setTime}
              maxLength={5}
              fault={faultAt(refused, 'body.time')}
              required
            />
          </div>
          {former && (
            <fieldset className="field-group">
              <legend>{w.going(former.serial)}</legend>
              {former.registers.map((register, i) => {
                const before = former.readings.find((one) => one.register === register)
                return (
                  <div key={register}>
                    <TextField
                      label={w.lastOf(w[register], unitOf(register))}
                      hint={before && w.before(shown(register, before.value))}
                      value={last[register] ?? ''}
                      onChange={(value) => setLast({ ...last, [register]: value })}
                      inputMode="decimal"
                      fault={faultAt(refused, `body.former.readings.${i}.value`)}
                      required
                    />
                    <CheckboxField
                      value={round.includes(register)}
                      onChange={(is) => setRound(is ? [...round, register] : round.filter((one) => one !== register))}
                    >
                      {w.wentRound}
                    </CheckboxField>
                  </div>
                )
              })}
            </fieldset>
          )}
          <fieldset className="field-group">
            <legend>{w.coming}</legend>
            <div className="field-row">
              <TextField
                label={w.serial}
                value={serial}
                onChange={setSerial}
                maxLength={50}
                fault={faultAt(refused, 'body.serial')}
                required
              />
              <TextField
                label={w.multiplierField}
                value={multiplier}
                onChange={setMultiplier}
                inputMode="numeric"
                fault={faultAt(refused, 'body.multiplier')}
                required
              />
              <TextField
                label={w.digits}
                hint={w.digitsHint}
                value={digits}
                onChange={setDigits}
                inputMode="numeric"
                maxLength={2}
                fault={faultAt(refused, 'body.digits')}
              />
            </div>
            <SelectField
              label={w.registers}
              value={set}
              options={[
                { id: 'energy', label: w.energy },
                { id: 'day-night', label: w.dayNight },
                { id: 'energy-volume', label: w.energyVolume },
              ]}
              onChange={(id) => setSet(id === 'day-night' || id === 'energy-volume' ? id : 'energy')}
            />
            {registers.map((register) => (
              <TextField
                key={register}
                label={w.firstOf(w[register], unitOf(register))}
                value={first[register] ?? ''}
                onChange={(value) => setFirst({ ...first, [register]: value })}
                inputMode="decimal"
                required
              />
            ))}
          </fieldset>
        </>
      )}
    </FormDialog>
  )
}
