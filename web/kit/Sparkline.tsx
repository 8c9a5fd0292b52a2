// A year in a line of small bars beside what they tell of. Whoever uses it says the same in words.
import './Sparkline.css'

const [width, height, gap] = [156, 32, 2]

export const Sparkline = ({
  label,
  values,
  doubtful = [],
}: {
  /** All that it shows, in words. */
  readonly label: string
  /** NaN where nothing is known. */
  readonly values: readonly number[]
  readonly doubtful?: readonly boolean[]
}) => {
  const most = Math.max(...values.filter((value) => !Number.isNaN(value)), 0)
  const each = width / Math.max(1, values.length)
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      // An img element would need a file.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="img"
      aria-label={label}
    >
      {values.map((value, i) => {
        const tall = Number.isNaN(value) || most === 0 ? 0 : Math.max(1, (Math.max(0, value) / most) * (height - 3))
        return (
          <rect
            // The place in the row is what a bar is.
            key={i}
            data-doubtful={doubtful[i] || undefined}
            x={i * each + gap / 2}
            width={each - gap}
            y={height - 2 - tall}
            height={tall}
          />
        )
      })}
      <line x1={0} x2={width} y1={height - 1} y2={height - 1} />
    </svg>
  )
}
