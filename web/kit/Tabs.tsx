// Several views of one thing, of which one is open. What is not open is not asked for.
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as Group } from 'react-aria-components'
import './Tabs.css'

export type TabItem = { readonly id: string; readonly label: string; readonly count?: number; readonly body: ReactNode }

export const Tabs = ({
  label,
  tabs,
  open,
  onOpen,
}: {
  readonly label: string
  readonly tabs: readonly TabItem[]
  /** With `onOpen`, kept by the caller, for instance in the address. */
  readonly open?: string
  readonly onOpen?: (id: string) => void
}) => (
  <Group
    className="tabs"
    {...(open !== undefined && { selectedKey: open })}
    {...(onOpen && { onSelectionChange: (key) => onOpen(String(key)) })}
  >
    <TabList className="tab-list" aria-label={label}>
      {tabs.map(({ id, label: name, count }) => (
        <Tab className="tab" key={id} id={id}>
          {name}
          {count !== undefined && <span className="tab-count">{count}</span>}
        </Tab>
      ))}
    </TabList>
    {tabs.map(({ id, body }) => (
      <TabPanel className="tab-panel" key={id} id={id}>
        {body}
      </TabPanel>
    ))}
  </Group>
)
