// The desk in a real Chromium on the loopback: what its first view weighs, and when each page can be worked with.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../tests/browser.ts'
import { population } from './kit/population.ts'
import { servedOn } from './kit/served.ts'
import { against, type Row, type Spent, topic } from './kit/topic.ts'

const dist = join(import.meta.dirname, '../web/dist/desk')

/** Nothing on the page is still on its way. */
const whole = 'main:not(:has(.skeleton))'
const card = `${whole}:has(.columns) h1`

const waited = (wall: number): Spent => ({ cpu: Number.NaN, wall })

/** `bytes`: of scripts and styles as they travelled. */
type Visit = { readonly wall: number; readonly scripts: readonly string[]; readonly bytes: number }

type Place = {
  readonly what: string
  readonly path: string
  readonly cookie: string
  readonly ready: string
  /** The customer whose card is open for a reason already. */
  readonly open?: string | undefined
  /** What is pressed on the page; the time runs from then until `until` is there. */
  readonly press?: (page: Page) => Promise<void>
  readonly until?: string
}

// As text: what runs in the page knows no Node, and this file no page.
const drawn = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))))'

let asked: readonly number[] = []

/** The register turns away who asks for more than 1,200 things a minute, and we are many people at one address. */
const unhurried = async (): Promise<void> => {
  asked = asked.filter((at) => performance.now() - at < 60_000)
  if (asked.length < 900) return
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  await unhurried()
}

/** Milliseconds from the navigation, or from a press, until the page stands there and waits for nothing more. */
const visit = async (browser: Browser, url: string, place: Place): Promise<Visit> => {
  const { path, cookie, ready, open, press, until = ready } = place
  await unhurried()
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'fi-FI', baseURL: url })
  try {
    const [name = '', value = ''] = cookie.split('=')
    if (name !== '') await context.addCookies([{ name, value, url }])
    if (open !== undefined) {
      const why = JSON.stringify(JSON.stringify({ [open]: 'reason:written' }))
      await context.addInitScript(`sessionStorage.setItem('asiakasrekisteri.why', ${why})`)
    }
    const page = await context.newPage()
    const scripts: string[] = []
    const sent: Promise<number>[] = []
    page.on('request', () => {
      asked = [...asked, performance.now()]
    })
    page.on('requestfinished', (request) => {
      const file = new URL(request.url()).pathname.split('/').at(-1) ?? ''
      if (file.endsWith('.js')) scripts.push(file)
      // What is fetched ahead may still be on its way when the page closes: it is no part of this view.
      if (/\.(js|css)$/.test(file))
        sent.push(
          request.sizes().then(
            ({ responseBodySize }) => responseBodySize,
            () => 0,
          ),
        )
    })
    await page.goto(path, { waitUntil: 'commit' })
    await page.locator(ready).first().waitFor({ timeout: 20_000 })
    let wall = await page.evaluate<number>(drawn)
    if (press) {
      // A person reads before they press.
      await page.waitForTimeout(1_500)
      const pressed = await page.evaluate<number>('performance.now()')
      await press(page)
      await page.locator(until).first().waitFor({ timeout: 20_000 })
      wall = (await page.evaluate<number>(drawn)) - pressed
    }
    return { wall, scripts, bytes: (await Promise.all(sent)).reduce((sum, bytes) => sum + bytes, 0) }
  } finally {
    await context.close()
  }
}

/** Starts to note when each picture of the page comes; `noted` gives the milliseconds between them. */
const noting = `(() => {
  const at = []
  const note = (now) => { at.push(now); window.benchFrame = requestAnimationFrame(note) }
  window.benchFrame = requestAnimationFrame(note)
  window.benchFrames = () => { cancelAnimationFrame(window.benchFrame); return at.slice(1).map((now, i) => now - at[i]) }
})()`
const noted = 'window.benchFrames()'

/** A year of quarters, dragged to and fro by a real mouse at three closenesses: the milliseconds between pictures. */
const panned = async (browser: Browser, url: string, cookie: string, path: string): Promise<readonly number[]> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fi-FI', baseURL: url })
  try {
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url }])
    const page = await context.newPage()
    await page.goto(path)
    const plot = page.getByRole('slider')
    await plot.waitFor({ timeout: 20_000 })
    await page.locator(whole).first().waitFor()
    const box = await plot.boundingBox()
    if (box === null) throw new Error('the picture is not on the page')
    const frames: number[] = []
    for (const closer of [1, 2, 4]) {
      for (let press = 0; press < closer; press++) await plot.press('+')
      await page.evaluate(noting)
      await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2, { steps: 60 })
      await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 60 })
      await page.mouse.up()
      frames.push(...(await page.evaluate<number[]>(noted)))
    }
    return frames
  } finally {
    await context.close()
  }
}

const kilobytes = (files: Iterable<string>, compress: (content: Buffer) => Buffer): number =>
  [...new Set(files)].reduce((sum, file) => sum + compress(readFileSync(join(dist, 'assets', file))).length, 0) / 1_000

export const bench = topic({
  what: 'the desk in Chromium: weight of the first view, and when pages can be worked with',
  options: {
    customers: { default: 2_000, tiny: 300, what: 'people in the register' },
    visits: { default: 7, tiny: 1, what: 'visits of each page, each by a browser that knows nothing' },
  },
  run: async ({ customers, visits }, say) => {
    if (!readdirSync(dist).includes('index.html')) throw new Error('the desk is not built: node bin/setup.js')
    const people = await population(customers, say)
    const { owner } = people
    const served = await servedOn(people)
    const browser = await openBrowser()
    try {
      const { rows } = await owner.query<{ id: string }>(
        `select id from customer where not protected and not restricted and controllers & 1 > 0 and kind = 'natural'
            and exists (select from contract_party where customer_id = customer.id) order by id limit 1`,
      )
      const customer = rows[0]?.id ?? ''
      const { cookie } = served
      const pages: readonly Place[] = [
        { what: 'sign-in', path: '/desk', cookie: '', ready: 'form input' },
        { what: 'start page', path: '/desk', cookie, ready: 'h1' },
        { what: 'queue of promises', path: '/desk/queue', cookie, ready: whole },
        { what: 'customer card', path: `/desk/customers/${customer}`, cookie, ready: card, open: customer },
        {
          what: 'queue, from the press of its place',
          path: '/desk',
          cookie,
          ready: whole,
          press: (page) => page.keyboard.press('g').then(() => page.keyboard.press('q')),
          until: `${whole}:has(.filters) h1`,
        },
        {
          what: 'customer card, from the press of its reason',
          path: `/desk/customers/${customer}`,
          cookie,
          ready: 'main button',
          press: (page) => page.keyboard.press('1'),
          until: card,
        },
      ]
      const told: Row[] = []
      for (const place of pages) {
        const { what } = place
        // The first visit of all starts the browser's own processes.
        await visit(browser, served.url, place)
        const seen: Visit[] = []
        for (let i = 0; i < visits; i++) seen.push(await visit(browser, served.url, place))
        const { scripts = [], bytes = Number.NaN } = seen.at(-1) ?? {}
        say(
          `${what}: ${new Set(scripts).size} scripts, ${kilobytes(scripts, (all) => all).toFixed(0)} kB plain, ${kilobytes(scripts, (all) => gzipSync(all)).toFixed(0)} kB gzip`,
        )
        if (what === 'sign-in' || what === 'start page')
          told.push(
            against(250, {
              what: `${what}: scripts and styles of the first view, as they travel`,
              unit: 'kB',
              is: 'below',
              values: [waited(bytes / 1_000)],
              mark: 'first view',
            }),
          )
        told.push(
          against(1_000, {
            what: `${what}: can be worked with`,
            unit: 'ms',
            is: 'below',
            values: seen.map(({ wall }) => waited(wall)),
            mark: 'page interactive',
          }),
        )
      }
      const { rows: read } = await owner.query<{ customer: string; point: number }>(
        `select o.customer_id as customer, r.point_id as point from reading_day r join occupancy o on o.site_id = r.site_id and o.during @> r.day
          where r.step = 15 and r.controllers & 1 > 0 and not r.protected and not r.restricted and not o.protected and not o.restricted
            and r.day >= '2025-11-01' and r.day < '2026-11-01'
          group by 1, 2 having count(*) >= 300 order by 2 limit 1`,
      )
      const [point] = read
      if (point !== undefined) {
        const path = `/desk/customers/${point.customer}/points/${point.point}?by=year&in=values&at=2026-06-01`
        const frames = (await panned(browser, served.url, cookie, path)).toSorted((a, b) => a - b)
        const share = (of: number) => frames[Math.min(frames.length - 1, Math.floor(frames.length * of))] ?? Number.NaN
        say(
          `${frames.length} pictures while a year of quarters was dragged: ${share(0.5).toFixed(1)} ms between them at the median, ${share(0.95).toFixed(1)} at the 95th, ${share(1).toFixed(1)} at most`,
        )
        told.push(
          against(34, {
            what: 'a year of quarters, dragged: between two pictures, 95th percentile',
            unit: 'ms',
            is: 'below',
            values: [waited(share(0.95))],
            mark: 'no stutter',
          }),
        )
      }
      return told
    } finally {
      await browser.close()
      await served.stop()
      await people.close()
    }
  },
})
