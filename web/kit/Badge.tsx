// A state in one or two words. The words carry it; the colour only helps the eye.
import { Icon, type IconName } from './Icon.tsx'
import './Badge.css'

export type BadgeTone = 'plain' | 'stop' | 'care' | 'note' | 'well'

export const Badge = ({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: BadgeTone
  readonly icon?: IconName
  readonly children: string
}) => (
  <span className="badge" data-tone={tone}>
    {icon && <Icon name={icon} />}
    {children}
  </span>
)
