// The desk's own icons, drawn on a grid of 20 with one line width, so that none is downloaded and all look alike.
import './Icon.css'

const shapes = {
  'arrow-right': 'M4 10h12M11 5l5 5-5 5',
  billing: 'M5 2.5h10v15l-2.5-1.5L10 17.5 7.5 16 5 17.5zM8 7h4M8 10.5h4',
  bolt: 'M11 2.5 4.5 11.5H10L9 17.5 15.5 8.5H10z',
  building: 'M4 17.5v-13L11.5 2.5v15M11.5 7.5h4.5v10M2.5 17.5h15M7 7h1.5M7 10h1.5M7 13h1.5',
  campaigns: 'M3 8.5v3l3 .5 9 4V4L6 8zM6 12l1 4.5h2l-1-4M17 8.5v3',
  check: 'M4 10.5 8 14.5 16 5.5',
  'chevron-down': 'M5 7.5l5 5 5-5',
  'chevron-right': 'M7.5 5l5 5-5 5',
  clock: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 6v4.5l3 1.5',
  close: 'M5 5l10 10M15 5L5 15',
  collections: 'M3 17h14M4 8.5h12L10 3zM5.5 8.5V14M10 8.5V14M14.5 8.5V14M3.5 14.5h13',
  company: 'M3 17.5V7l5-3.5V17.5M8 8h9v9.5M2 17.5h16M11 11h1M14 11h1M11 14h1M14 14h1',
  consumption: 'M3 17h14M5.5 17v-5M10 17V5M14.5 17V9',
  contacts: 'M3 4.5h14v9H9.5L6 16.5v-3H3zM6.5 7.5h7M6.5 10.5h4.5',
  contracts: 'M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 9.5h5M7.5 12h5M7.5 14.5h3',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  customers:
    'M7.5 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M2 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5M13 4a3 3 0 0 1 0 5.5M15 12.5c1.8.7 3 2 3 4',
  dark: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z',
  density: 'M3 4.5h14M3 8.2h14M3 11.8h14M3 15.5h14',
  desk: 'M3 9.5 10 3.5l7 6M5 8v9h10V8M8.5 17v-4.5h3V17',
  download: 'M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13',
  edit: 'M4 16l.8-3.5L13 4.3a1.5 1.5 0 0 1 2.2 0l.5.5a1.5 1.5 0 0 1 0 2.2L7.5 15.2z',
  external: 'M8.5 4.5H4v11.5h11.5V11.5M11.5 3.5h5v5M16.5 3.5 9.5 10.5',
  filter: 'M3 5h14M5.5 10h9M8.5 15h3',
  flame: 'M10 2.5c.5 3 4.5 5 4.5 9a4.5 4.5 0 0 1-9 0c0-2 1-3 2-4 .2 1.5.8 2 1.5 2.5 0-3 .2-5 1-7.5z',
  help: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M7.8 8a2.3 2.3 0 1 1 3.5 2c-.9.5-1.3 1-1.3 1.8M10 14.2v.1',
  history: 'M3.5 6V10H7.5M3.7 10a6.5 6.5 0 1 0 2-4.7L3.5 7.3M10 6.5V10l2.5 1.5',
  info: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 9v5M10 6.2v.1',
  keyboard: 'M2 5.5h16v9H2zM5 8.5h.1M8.3 8.5h.1M11.6 8.5h.1M15 8.5h.1M6.5 11.8h7',
  language: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M2.5 10h15M10 2.5c4 4.5 4 10.5 0 15-4-4.5-4-10.5 0-15',
  light:
    'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  lock: 'M4.5 9h11v8.5h-11zM7 9V6a3 3 0 0 1 6 0v3M10 12.5v1.5',
  mail: 'M2.5 4.5h15v11h-15zM2.5 5.5 10 11l7.5-5.5',
  minus: 'M4 10h12',
  more: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
  note: 'M4 3.5h12v9L12 16.5H4zM16 12.5h-4v4M7 7.5h6M7 10.5h3',
  outages: 'M2.5 14.5a10 10 0 0 1 15 0M5.5 16.5a6 6 0 0 1 9 0M10 2.5 8 7h3.5L9.5 11.5',
  person: 'M10 3a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3.5 17c0-3.3 2.9-5 6.5-5s6.5 1.7 6.5 5',
  phone:
    'M6.5 3 8 6.5 6.2 8.3c1 2.3 3.2 4.5 5.5 5.5l1.8-1.8L17 13.5v2.2c0 .8-.7 1.4-1.5 1.3C8.8 16.3 3.7 11.2 3 4.5 3 3.7 3.5 3 4.3 3z',
  plus: 'M10 4v12M4 10h12',
  print: 'M6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8v5.5H6z',
  queue: 'M3 4.5h14v11H3zM3 11h4l1 2h4l1-2h4',
  reports: 'M3 3.5V17h14M6 13l3.5-4 3 2.5L17 6',
  rights: 'M10 2.5 16.5 5v4.5c0 4-2.7 6.8-6.5 8-3.8-1.2-6.5-4-6.5-8V5zM7 10l2 2 4-4.5',
  search: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M12.5 12.5 17 17',
  settings:
    'M3 5.5h8M15 5.5h2M3 10h2M9 10h8M3 14.5h6M13 14.5h4M13 3.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M7 8.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M11 12.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4',
  shield: 'M10 2.5 16.5 5v4.5c0 4-2.7 6.8-6.5 8-3.8-1.2-6.5-4-6.5-8V5z',
  'sign-out': 'M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M16 10H8',
  sites: 'M10 17.5c3.7-3.8 5.5-6.6 5.5-9a5.5 5.5 0 0 0-11 0c0 2.4 1.8 5.2 5.5 9M10 6.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  'sort-down': 'M10 4v12M5.5 11.5 10 16l4.5-4.5',
  'sort-up': 'M10 16V4M5.5 8.5 10 4l4.5 4.5',
  stop: 'M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9zM10 6v5M10 13.7v.1',
  system: 'M3 4h14v9.5H3zM7.5 16.5h5M10 13.5v3',
  undo: 'M7.5 4 3.5 8l4 4M4 8h7.5a4.5 4.5 0 0 1 0 9H8',
  warning: 'M10 3 18 16.5H2zM10 8v4M10 14.2v.1',
} as const

export type IconName = keyof typeof shapes

export const iconNames = Object.keys(shapes) as IconName[]

/** Decoration: what it means is said by the text beside it, or by the label of the button that holds it. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d={shapes[name]} />
  </svg>
)
