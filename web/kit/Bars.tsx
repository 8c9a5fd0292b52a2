// Amounts over time as bars, with those of a former time behind them. A picture for the eye alone: whoever uses it gives the same rows as a table.
import { useEffect, useId, useRef, useState } from 'react'
import './Bars.css'

export type Bar = {
  readonly key: string
  readonly label: string
  readonly value: number
  /** The same of the former time; absent where there was none. */
  readonly former?: number | undefined
  /** Not wholly measured. */
  readonly doubtful?: boolean
}

const [height, foot, side] = [256, 24, 64]
/** Pixels that a label along the foot needs. */
const labelRoom = 72

/** A round number not far above: 1, 2 or 5 with zeros. */
const roundAbove = (value: number): number => {
  if (value <= 0) return 1
  const ten = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((times) => times * ten).find((round) => round >= value) ?? value
}

export const Bars = ({
  label,
  bars,
  write,
  words,
}: {
  /** What the picture shows, in a sentence. */
  readonly label: string
  readonly bars: readonly Bar[]
  readonly write: (value: number) => string
  readonly words: { readonly now: string; readonly former: string; readonly doubtful: string }
}) => {
  const id = useId()
  const box = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(960)
  useEffect(() => {
    const { current } = box
    if (current === null) return undefined
    // Drawn anew for the room that there is, so that letters keep their size.
    const watch = new ResizeObserver(() => setWidth(Math.max(240, current.clientWidth)))
    watch.observe(current)
    return () => watch.disconnect()
  }, [])
  const top = roundAbove(Math.max(...bars.flatMap(({ value, former = 0 }) => [value, former]), 0))
  const room = height - foot
  const y = (value: number): number => room - (Math.max(0, value) / top) * (room - 8)
  const each = (width - side) / Math.max(1, bars.length)
  const gap = each > 6 ? Math.min(8, each * 0.2) : 0
  // As many labels as have room; the others are in the table.
  const often = Math.ceil(bars.length / Math.max(1, Math.floor((width - side) / labelRoom)))
  const hasFormer = bars.some(({ former }) => former !== undefined)
  return (
    <figure className="bars" ref={box}>
      {/* An img element would need a file. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <defs>
          <pattern
            id={`${id}-doubtful`}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line className="stripe" x1="1" y1="0" x2="1" y2="5" />
          </pattern>
        </defs>
        {[top / 2, top].map((value) => (
          <g key={value}>
            <line className="rule" x1={side} x2={width} y1={y(value)} y2={y(value)} />
            <text x={side - 8} y={y(value) + 4} textAnchor="end">
              {write(value)}
            </text>
          </g>
        ))}
        {bars.map(({ key, label: name, value, former, doubtful }, i) => {
          const x = side + i * each
          return (
            <g key={key}>
              <title>{`${name}: ${write(value)}${former === undefined ? '' : ` (${words.former} ${write(former)})`}`}</title>
              {former !== undefined && (
                <rect
                  className="former"
                  x={x}
                  width={Math.max(1, each - gap)}
                  y={y(former)}
                  height={room - y(former)}
                />
              )}
              <rect
                className="bar"
                data-doubtful={doubtful || undefined}
                style={doubtful ? { fill: `url(#${id}-doubtful)` } : undefined}
                x={x + (former === undefined ? 0 : each * 0.2)}
                width={Math.max(1, (each - gap) * (former === undefined ? 1 : 0.6))}
                y={y(value)}
                height={room - y(value)}
              />
              {i % often === 0 && (
                <text x={x + (each - gap) / 2} y={height - 6} textAnchor="middle">
                  {name}
                </text>
              )}
            </g>
          )
        })}
        <line className="base" x1={side} x2={width} y1={room} y2={room} />
      </svg>
      <figcaption>
        <span>
          <span className="swatch" data-of="now" />
          {words.now}
        </span>
        {hasFormer && (
          <span>
            <span className="swatch" data-of="former" />
            {words.former}
          </span>
        )}
        {bars.some(({ doubtful }) => doubtful) && (
          <span>
            <span className="swatch" data-of="doubtful" />
            {words.doubtful}
          </span>
        )}
      </figcaption>
    </figure>
  )
}
