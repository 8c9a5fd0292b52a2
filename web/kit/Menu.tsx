// A menu on a button: things to do, places to go, and choices of which one holds.
import { Fragment, type ReactElement } from 'react'
import {
  Header,
  Menu as List,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components'
import type { Keys } from './chords.ts'
import { Icon, type IconName } from './Icon.tsx'
import { Caps } from './Keys.tsx'
import './Menu.css'

export type Item = {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly icon?: IconName
  readonly keys?: Keys | undefined
  readonly tone?: 'stop'
  /** Where it leads, or what it does. */
  readonly to?: string
  readonly run?: () => void
}

export type Section =
  | { readonly title?: string; readonly items: readonly Item[] }
  | {
      readonly title: string
      readonly items: readonly Item[]
      readonly chosen: string
      readonly choose: (id: string) => void
    }

const Row = ({ item }: { readonly item: Item }) => (
  <MenuItem
    className="menu-item"
    id={item.id}
    textValue={item.label}
    data-tone={item.tone}
    {...(item.to !== undefined && { href: item.to })}
    {...(item.run && { onAction: item.run })}
  >
    {({ isSelected, selectionMode }) => (
      <>
        {(selectionMode !== 'none' || item.icon) && (
          <span className="menu-mark">
            {selectionMode === 'none' ? item.icon && <Icon name={item.icon} /> : isSelected && <Icon name="check" />}
          </span>
        )}
        <Text slot="label">{item.label}</Text>
        {item.hint !== undefined && (
          <Text slot="description" className="menu-hint">
            {item.hint}
          </Text>
        )}
        {item.keys !== undefined && <Caps keys={item.keys} />}
      </>
    )}
  </MenuItem>
)

export const Menu = ({
  label,
  sections,
  children,
}: {
  readonly label: string
  readonly sections: readonly Section[]
  /** The button that opens it. */
  readonly children: ReactElement
}) => (
  <MenuTrigger>
    {children}
    <Popover className="menu-popover" offset={4}>
      <List className="menu" aria-label={label}>
        {sections.map((section, index) => (
          <Fragment key={section.title ?? index}>
            {index > 0 && <Separator className="menu-line" />}
            <MenuSection
              {...('chosen' in section
                ? {
                    selectionMode: 'single',
                    disallowEmptySelection: true,
                    selectedKeys: [section.chosen],
                    onSelectionChange: (keys) => {
                      const [key] = keys
                      if (key !== undefined) section.choose(String(key))
                    },
                  }
                : undefined)}
              {...(section.title === undefined && { 'aria-label': label })}
            >
              {section.title !== undefined && <Header className="menu-title">{section.title}</Header>}
              {section.items.map((item) => (
                <Row key={item.id} item={item} />
              ))}
            </MenuSection>
          </Fragment>
        ))}
      </List>
    </Popover>
  </MenuTrigger>
)
