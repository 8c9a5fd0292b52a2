// What is pressed. `strong` is the one thing a view is for, `stop` what cannot be taken back, `quiet` what must not draw the eye.
import type { ReactNode, Ref } from 'react'
import { Button as Press, type ButtonProps } from 'react-aria-components'
import { Icon, type IconName } from './Icon.tsx'
import { useLink } from './navigation.tsx'
import './Button.css'

export type ButtonTone = 'plain' | 'strong' | 'quiet' | 'stop'

type Looks = { readonly tone?: ButtonTone; readonly icon?: IconName }
type Pressed = Pick<ButtonProps, 'onPress' | 'type' | 'form'> & {
  readonly disabled?: boolean
  /** What it does is under way: it keeps the focus, says so, and takes no second press. */
  readonly busy?: boolean
  /** For the safe answer of what has just been opened by the person. */
  readonly takesFocus?: boolean
}

const stateOf = ({ disabled = false, busy = false, takesFocus = false, ...pressed }: Pressed) => ({
  isDisabled: disabled,
  isPending: busy,
  autoFocus: takesFocus,
  ...pressed,
})

export const Button = ({
  tone = 'plain',
  icon,
  children,
  ...pressed
}: Looks & Pressed & { readonly children: ReactNode }) => (
  <Press className="button" data-tone={tone} {...stateOf(pressed)}>
    {icon && <Icon name={icon} />}
    {children}
  </Press>
)

/** A button of which one sees the icon alone; its label is spoken, and shown when it is pointed at. */
export const IconButton = ({
  label,
  icon,
  tone = 'quiet',
  ref,
  ...pressed
}: Pressed & {
  readonly label: string
  readonly icon: IconName
  readonly tone?: ButtonTone
  readonly ref?: Ref<HTMLButtonElement>
}) => (
  // React Aria leaves `title` out; the box around the icon carries it.
  <Press className="button" data-tone={tone} data-square aria-label={label} {...(ref && { ref })} {...stateOf(pressed)}>
    <span title={label}>
      <Icon name={icon} />
    </span>
  </Press>
)

/** A link that looks like a button: it leads somewhere, it does nothing. */
export const ButtonLink = ({
  to,
  tone = 'plain',
  icon,
  children,
}: Looks & { readonly to: string; readonly children: ReactNode }) => (
  <a className="button" data-tone={tone} {...useLink(to)}>
    {icon && <Icon name={icon} />}
    {children}
  </a>
)
