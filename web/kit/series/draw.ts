// Draws a row of values on a canvas: bars while there is room for them, a band from the least to the greatest of each column of pixels where there is not.
import { axisOf, columnsOf, rangeOf, type Ticks, ticksIn, type Window } from './window.ts'

export const inks = ['accent', 'accent-soft', 'edge', 'line', 'ink-faint', 'ink', 'care', 'stop', 'raised'] as const
export type Ink = (typeof inks)[number]

/** Another measure over the same places, with an axis of its own on the right. */
export type Overlay = { readonly values: ArrayLike<number>; readonly write: (value: number) => string }

export type Scene = {
  readonly values: ArrayLike<number>
  readonly former?: ArrayLike<number> | undefined
  /** 0 measured, 1 doubtful, 2 not there. */
  readonly quality?: ArrayLike<number> | undefined
  readonly overlay?: Overlay | undefined
  readonly ticks: readonly Ticks[]
  readonly write: (value: number) => string
}

export type Size = { readonly width: number; readonly height: number }

const [top, foot, strip, aside] = [10, 26, 4, 8]
const left = 68
/** Pixels that a label along the foot needs. */
const labelRoom = 76
/** Narrower than this, a bar is no bar. */
const barRoom = 3

export const plotOf = ({ width, height }: Size, { overlay }: Pick<Scene, 'overlay'>) => ({
  x: left,
  y: top,
  width: Math.max(1, width - left - (overlay === undefined ? aside : left)),
  height: Math.max(1, height - top - foot),
})

type Plot = ReturnType<typeof plotOf>

/** Steps through the middle of each column or value; a gap where nothing is known. */
const stepLine = (
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  view: Window,
  plot: Plot,
  yOf: (value: number) => number,
): void => {
  const each = plot.width / (view.to - view.from)
  context.beginPath()
  let down = false
  const to = (x0: number, x1: number, value: number): void => {
    if (Number.isNaN(value)) {
      down = false
      return
    }
    const y = yOf(value)
    if (down) context.lineTo(x0, y)
    else context.moveTo(x0, y)
    context.lineTo(x1, y)
    down = true
  }
  if (each >= 1) {
    const last = Math.min(values.length, Math.ceil(view.to))
    for (let i = Math.floor(view.from); i < last; i++)
      to(plot.x + (i - view.from) * each, plot.x + (i + 1 - view.from) * each, values[i] as number)
  } else {
    const columns = columnsOf(values, view, Math.round(plot.width))
    for (let x = 0; x * 3 < columns.length; x++) to(plot.x + x, plot.x + x + 1, columns[x * 3 + 2] as number)
  }
  context.stroke()
}

const axes = (
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: Window,
  plot: Plot,
  ends: readonly [number, number],
  yOf: (value: number) => number,
  ink: Readonly<Record<Ink, string>>,
): void => {
  const [low, high] = ends
  context.textBaseline = 'middle'
  const marks = low < 0 ? [low, 0, high / 2, high] : [0, high / 2, high]
  for (const value of new Set(marks)) {
    const y = Math.round(yOf(value)) + 0.5
    context.strokeStyle = value === 0 ? ink.edge : ink.line
    context.beginPath()
    context.moveTo(plot.x, y)
    context.lineTo(plot.x + plot.width, y)
    context.stroke()
    context.fillStyle = ink['ink-faint']
    context.textAlign = 'right'
    context.fillText(scene.write(value), plot.x - 8, y)
  }
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  const each = plot.width / (view.to - view.from)
  for (const { at, label } of ticksIn(scene.ticks, view, Math.max(1, Math.floor(plot.width / labelRoom)))) {
    // A label of one value stands below its middle, that of a longer time where it begins.
    const x = plot.x + (at - view.from) * each + (each >= barRoom * 4 ? each / 2 : 0)
    if (each < barRoom * 4) {
      context.strokeStyle = ink.line
      context.beginPath()
      context.moveTo(Math.round(x) + 0.5, plot.y)
      context.lineTo(Math.round(x) + 0.5, plot.y + plot.height + 4)
      context.stroke()
    }
    const half = context.measureText(label).width / 2
    const most = plot.x + plot.width + aside
    context.fillText(label, Math.min(Math.max(x, plot.x + half - 12), most - half), plot.y + plot.height + 19)
  }
}

/** Bars stand side by side from zero; closer together than pixels allow, they become a band with their mean in it. */
const amounts = (
  context: CanvasRenderingContext2D,
  { values, quality }: Scene,
  view: Window,
  plot: Plot,
  yOf: (value: number) => number,
  ink: Readonly<Record<Ink, string>>,
): void => {
  const each = plot.width / (view.to - view.from)
  const base = yOf(0)
  if (each >= barRoom) {
    const gap = each > 6 ? Math.min(8, each * 0.2) : 0
    const last = Math.min(values.length, Math.ceil(view.to))
    for (let i = Math.floor(view.from); i < last; i++) {
      const value = values[i] as number
      if (Number.isNaN(value)) continue
      const y = yOf(value)
      const [x, width] = [plot.x + (i - view.from) * each + gap / 2, Math.max(1, each - gap)]
      context.fillStyle = (quality?.[i] ?? 0) === 0 ? ink.accent : ink['accent-soft']
      context.fillRect(x, Math.min(y, base), width, Math.max(1, Math.abs(base - y)))
      if ((quality?.[i] ?? 0) !== 0 && width > 2) {
        context.strokeStyle = ink.accent
        context.strokeRect(x + 0.5, Math.min(y, base) + 0.5, width - 1, Math.max(0, Math.abs(base - y) - 1))
      }
    }
    return
  }
  const columns = columnsOf(values, view, Math.round(plot.width))
  for (const kind of ['band', 'mean'] as const) {
    context.fillStyle = kind === 'band' ? ink['accent-soft'] : ink.accent
    for (let x = 0; x * 3 < columns.length; x++) {
      const greatest = columns[x * 3 + 1] as number
      if (Number.isNaN(greatest)) continue
      const least = Math.min(0, columns[x * 3] as number)
      const [high, low] =
        kind === 'band' ? [yOf(Math.max(0, greatest)), yOf(least)] : [yOf(columns[x * 3 + 2] as number), base]
      context.fillRect(plot.x + x, Math.min(high, low), 1, Math.max(1, Math.abs(low - high)))
    }
  }
}

/** Along the foot: where values are doubtful a whole line, where they are not there a broken one. */
const qualities = (
  context: CanvasRenderingContext2D,
  quality: ArrayLike<number>,
  view: Window,
  plot: Plot,
  ink: Readonly<Record<Ink, string>>,
): void => {
  const each = (view.to - view.from) / plot.width
  const y = plot.y + plot.height + 1
  for (let x = 0; x < plot.width; x++) {
    const first = Math.max(0, Math.floor(view.from + x * each))
    const last = Math.min(quality.length, Math.max(first + 1, Math.floor(view.from + (x + 1) * each)))
    let worst = 0
    for (let i = first; i < last; i++) worst = Math.max(worst, quality[i] as number)
    if (worst === 0 || (worst === 2 && x % 6 > 3)) continue
    context.fillStyle = worst === 2 ? ink.stop : ink.care
    context.fillRect(plot.x + x, y, 1, strip)
  }
}

/** A line that is told from what it crosses. */
const haloed = (
  context: CanvasRenderingContext2D,
  colour: string,
  ink: Readonly<Record<Ink, string>>,
  line: () => void,
): void => {
  context.strokeStyle = ink.raised
  context.lineWidth = 4
  line()
  context.strokeStyle = colour
  context.lineWidth = 1.5
  line()
}

/** One picture. Nothing of it is kept: panning draws it anew for each frame. */
export const draw = (
  context: CanvasRenderingContext2D,
  size: Size,
  scene: Scene,
  view: Window,
  cursor: number | undefined,
  ink: Readonly<Record<Ink, string>>,
  font: string,
): void => {
  const plot = plotOf(size, scene)
  const { values, former, quality, overlay } = scene
  context.clearRect(0, 0, size.width, size.height)
  context.font = font
  context.lineWidth = 1
  const [own, theirs] = [rangeOf(values, view), former && rangeOf(former, view)]
  const both = [own, theirs].filter((range) => range !== undefined)
  const ends = axisOf(
    both.length === 0
      ? undefined
      : [Math.min(...both.map(([least]) => least)), Math.max(...both.map(([, most]) => most))],
  )
  const yOf = (value: number): number => plot.y + plot.height - ((value - ends[0]) / (ends[1] - ends[0])) * plot.height
  axes(context, scene, view, plot, ends, yOf, ink)
  context.save()
  context.beginPath()
  context.rect(plot.x, 0, plot.width, size.height)
  context.clip()
  amounts(context, scene, view, plot, yOf, ink)
  if (quality !== undefined) qualities(context, quality, view, plot, ink)
  if (former !== undefined) {
    haloed(context, ink['ink-faint'], ink, () => stepLine(context, former, view, plot, yOf))
  }
  if (overlay !== undefined) {
    const [low, high] = axisOf(rangeOf(overlay.values, view))
    const over = (value: number): number => plot.y + plot.height - ((value - low) / (high - low)) * plot.height
    haloed(context, ink.care, ink, () => stepLine(context, overlay.values, view, plot, over))
    context.restore()
    context.save()
    context.fillStyle = ink.care
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    for (const value of new Set([low, (low + high) / 2, high]))
      context.fillText(overlay.write(value), plot.x + plot.width + 8, over(value))
  }
  context.restore()
  if (cursor !== undefined && cursor + 1 > view.from && cursor < view.to) {
    const x = plot.x + ((cursor + 0.5 - view.from) / (view.to - view.from)) * plot.width
    context.strokeStyle = ink.ink
    context.lineWidth = 1
    context.beginPath()
    context.moveTo(Math.round(x) + 0.5, plot.y - 4)
    context.lineTo(Math.round(x) + 0.5, plot.y + plot.height + strip + 2)
    context.stroke()
    const value = values[cursor]
    if (value !== undefined && !Number.isNaN(value)) {
      context.fillStyle = ink.raised
      context.beginPath()
      context.arc(x, yOf(value), 4, 0, 2 * Math.PI)
      context.fill()
      context.stroke()
    }
  }
}
