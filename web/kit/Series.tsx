// A row of values over time that one moves along and closer to: by mouse and finger, by keys, and by ear. Whoever uses it gives the same rows as a table.
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from './Button.tsx'
import { draw, type Ink, inks, plotOf, type Scene } from './series/draw.ts'
import { panned, showing, type Window, wholeOf, zoomed } from './series/window.ts'
import { useWords, words } from './words.ts'
import './Series.css'

const texts = words({
  fi: {
    closer: 'Lähennä',
    farther: 'Loitonna',
    whole: 'Koko jakso',
    keys: 'Nuolet siirtävät lukukohtaa, Page Up ja Page Down pidemmälle, Home ja End päihin; + ja − lähentävät ja loitontavat, 0 näyttää koko jakson.',
    mouse: 'Vedä siirtyäksesi, Ctrl ja rulla lähentävät.',
  },
  sv: {
    closer: 'Zooma in',
    farther: 'Zooma ut',
    whole: 'Hela tiden',
    keys: 'Pilarna flyttar läsmärket, Page Up och Page Down längre, Home och End till ändarna; + och − zoomar, 0 visar hela tiden.',
    mouse: 'Dra för att flytta, Ctrl och hjulet zoomar.',
  },
  en: {
    closer: 'Closer',
    farther: 'Farther',
    whole: 'The whole time',
    keys: 'Arrows move the reading mark, Page Up and Page Down farther, Home and End to the ends; + and − zoom, 0 shows the whole time.',
    mouse: 'Drag to move, Ctrl and the wheel zoom.',
  },
})

const height = 288

/** What the stylesheet calls a colour, as a canvas can use it: in the theme that is on. */
const inksOf = (canvas: HTMLCanvasElement): Readonly<Record<Ink, string>> => {
  const found = inks.map((ink) => {
    canvas.style.color = `var(--${ink})`
    return [ink, getComputedStyle(canvas).color] as const
  })
  canvas.style.color = ''
  return Object.fromEntries(found) as Record<Ink, string>
}

type Props = Scene & {
  /** What the picture shows, in a sentence. */
  readonly label: string
  /** What stands at a place, in words: spoken and written as the reading mark moves. */
  readonly say: (place: number) => string
  /** How far Page Up and Page Down go. */
  readonly leap: number
  readonly legend: {
    readonly now: string
    readonly former?: string | undefined
    readonly overlay?: string | undefined
    readonly doubtful?: string | undefined
    readonly missing?: string | undefined
  }
}

const Drawn = ({ label, say, leap, legend, ...scene }: Props) => {
  const w = useWords(texts)
  const id = useId()
  const count = scene.values.length
  const slider = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const reading = useRef<HTMLParagraphElement>(null)
  const [closer, setCloser] = useState(false)
  // What changes with every frame is no state of React's: drawing it is one call.
  const now = useRef({ view: wholeOf(count), cursor: undefined as number | undefined, width: 0, frame: 0 })
  const latest = useRef({ scene, say })
  const paint = useRef<() => void>(() => undefined)

  useEffect(() => {
    latest.current = { scene, say }
  })

  /** Drawn once a frame, however many times it was asked for. */
  const redraw = (): void => {
    cancelAnimationFrame(now.current.frame)
    now.current.frame = requestAnimationFrame(() => paint.current())
  }
  const show = (view: Window): void => {
    now.current.view = view
    setCloser(view.to - view.from < count - 1e-6)
    redraw()
  }
  const read = (place: number, follow: boolean): void => {
    const at = Math.min(Math.max(place, 0), count - 1)
    now.current.cursor = at
    const said = latest.current.say(at)
    if (reading.current) reading.current.textContent = said
    slider.current?.setAttribute('aria-valuenow', String(at))
    slider.current?.setAttribute('aria-valuetext', said)
    if (follow) show(showing(now.current.view, at, count))
    else redraw()
  }

  useEffect(() => {
    const { current: sheet } = canvas
    const context = sheet?.getContext('2d')
    if (!sheet || !context) return undefined
    const standing = now.current
    let ink = inksOf(sheet)
    let font = ''
    const measure = (): void => {
      const width = Math.max(240, sheet.parentElement?.clientWidth ?? 0)
      const sharp = globalThis.devicePixelRatio
      sheet.width = Math.round(width * sharp)
      sheet.height = Math.round(height * sharp)
      sheet.style.width = `${width}px`
      context.setTransform(sharp, 0, 0, sharp, 0, 0)
      const style = getComputedStyle(sheet)
      font = `${style.fontSize} ${style.fontFamily}`
      ink = inksOf(sheet)
      now.current.width = width
    }
    paint.current = () => {
      const { view, cursor, width } = now.current
      draw(context, { width, height }, latest.current.scene, view, cursor, ink, font)
    }
    const anew = (): void => {
      measure()
      paint.current()
    }
    const watch = new ResizeObserver(anew)
    if (sheet.parentElement) watch.observe(sheet.parentElement)
    const themes = new MutationObserver(anew)
    themes.observe(document.documentElement, { attributes: true })
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', anew)
    return () => {
      watch.disconnect()
      themes.disconnect()
      dark.removeEventListener('change', anew)
      cancelAnimationFrame(standing.frame)
    }
  }, [])

  // Other values, or another language, under the same picture.
  useEffect(() => {
    const { cursor } = now.current
    if (cursor !== undefined) {
      if (reading.current) reading.current.textContent = say(cursor)
      slider.current?.setAttribute('aria-valuenow', String(cursor))
      slider.current?.setAttribute('aria-valuetext', say(cursor))
    }
    paint.current()
  })

  const placeAt = (clientX: number): number => {
    const { view, width } = now.current
    const plot = plotOf({ width, height }, latest.current.scene)
    const x = clientX - (canvas.current?.getBoundingClientRect().left ?? 0) - plot.x
    return view.from + (x / plot.width) * (view.to - view.from)
  }
  const zoom = (times: number, at = now.current.cursor ?? (now.current.view.from + now.current.view.to) / 2): void =>
    show(zoomed(now.current.view, times, at, count))

  // A wheel over a page scrolls the page: with Ctrl it zooms, as everywhere, and sideways it pans. React listens to wheels without the power to stop them.
  useEffect(() => {
    const { current: box } = slider
    const turned = (event: WheelEvent): void => {
      const sideways = event.shiftKey ? event.deltaY : event.deltaX
      if (!event.ctrlKey && Math.abs(sideways) < Math.abs(event.deltaY)) return
      event.preventDefault()
      const { view, width } = now.current
      if (event.ctrlKey) zoom(event.deltaY > 0 ? 1.25 : 0.8, placeAt(event.clientX))
      else show(panned(view, (sideways / Math.max(1, width)) * (view.to - view.from), count))
    }
    box?.addEventListener('wheel', turned, { passive: false })
    return () => box?.removeEventListener('wheel', turned)
  })

  const held = useRef<{ readonly x: number; readonly view: Window; moved: boolean }>(undefined)
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = { x: event.clientX, view: now.current.view, moved: false }
  }
  const moved = (event: PointerEvent<HTMLDivElement>): void => {
    const { current: hold } = held
    if (hold === undefined) {
      if (event.pointerType === 'mouse') read(Math.floor(placeAt(event.clientX)), false)
      return
    }
    if (Math.abs(event.clientX - hold.x) > 3) hold.moved = true
    const plot = plotOf({ width: now.current.width, height }, latest.current.scene)
    const by = ((hold.x - event.clientX) / plot.width) * (hold.view.to - hold.view.from)
    if (hold.moved) show(panned(hold.view, by, count))
  }
  const up = (event: PointerEvent<HTMLDivElement>): void => {
    if (held.current?.moved === false) read(Math.floor(placeAt(event.clientX)), false)
    held.current = undefined
  }
  const pressed = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { view, cursor } = now.current
    const at = cursor ?? Math.floor(view.from)
    const far = event.shiftKey ? leap : 1
    const places: Readonly<Record<string, number>> = {
      ArrowRight: cursor === undefined ? at : at + far,
      ArrowUp: cursor === undefined ? at : at + far,
      ArrowLeft: at - far,
      ArrowDown: at - far,
      PageUp: at + leap,
      PageDown: at - leap,
      Home: 0,
      End: count - 1,
    }
    const place = places[event.key]
    if (place !== undefined) read(place, true)
    else if (event.key === '+' || event.key === '=') zoom(0.5)
    else if (event.key === '-' || event.key === '−') zoom(2)
    else if (event.key === '0') show(wholeOf(count))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const { former, overlay, quality } = scene
  let [doubtful, missing] = [false, false]
  for (let i = 0; quality !== undefined && i < quality.length; i++) {
    if (quality[i] === 1) doubtful = true
    if (quality[i] === 2) missing = true
  }
  return (
    <figure className="series">
      <div className="series-tools">
        {/* The mark says it aloud. */}
        <p ref={reading} className="series-reading" aria-hidden="true" />
        <IconButton label={w.closer} icon="plus" onPress={() => zoom(0.5)} disabled={count < 9} />
        <IconButton label={w.farther} icon="minus" onPress={() => zoom(2)} disabled={!closer} />
        <IconButton label={w.whole} icon="undo" onPress={() => show(wholeOf(count))} disabled={!closer} />
      </div>
      {/* A range input would take the mouse for itself. */}
      <div
        ref={slider}
        className="series-plot"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-describedby={`${id}-keys`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={0}
        aria-valuetext={count === 0 ? '' : say(0)}
        onKeyDown={pressed}
        onPointerDown={down}
        onPointerMove={moved}
        onPointerUp={up}
        onPointerCancel={() => (held.current = undefined)}
      >
        <canvas ref={canvas} />
      </div>
      <figcaption>
        <span>
          <span className="swatch" data-of="now" />
          {legend.now}
        </span>
        {former !== undefined && (
          <span>
            <span className="swatch" data-of="former" />
            {legend.former}
          </span>
        )}
        {overlay !== undefined && (
          <span>
            <span className="swatch" data-of="overlay" />
            {legend.overlay}
          </span>
        )}
        {doubtful && (
          <span>
            <span className="swatch" data-of="doubtful" />
            {legend.doubtful}
          </span>
        )}
        {missing && (
          <span>
            <span className="swatch" data-of="missing" />
            {legend.missing}
          </span>
        )}
        <span id={`${id}-keys`} className="unseen">
          {w.keys}
        </span>
        {count > 100 && <span className="series-how">{w.mouse}</span>}
      </figcaption>
    </figure>
  )
}

/** What was read, and where one stood, hold for a row of the same length. */
export const Series = (props: Props) => <Drawn key={props.values.length} {...props} />
