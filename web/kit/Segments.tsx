// A choice of one of a few that are all in sight.
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import './Segments.css'

export const Segments = ({
  label,
  options,
  chosen,
  onChoose,
}: {
  readonly label: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
}) => (
  <ToggleButtonGroup
    className="segments"
    aria-label={label}
    selectionMode="single"
    disallowEmptySelection
    selectedKeys={[chosen]}
    onSelectionChange={(keys) => {
      const [key] = keys
      if (key !== undefined && key !== chosen) onChoose(String(key))
    }}
  >
    {options.map(({ id, label: name }) => (
      <ToggleButton className="segment" key={id} id={id}>
        {name}
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
)
