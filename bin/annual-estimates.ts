// npm run annual-estimates: computes what each point will use in a year from what it used, and keeps it from today on.
import { parseArgs } from 'node:util'
import type { computeEstimates } from '../chapters/metering/annual/api.ts'
import { annualBatch } from '../chapters/metering/annual/routes.ts'
import { answer } from '../enforcement/serve.ts'
import { RegisterError } from '../platform/errors.ts'
import { readSettings } from '../platform/settings.ts'
import type { Output } from '../register/endpoint.ts'
import { openOn } from '../server/program.ts'

const help = `npm run annual-estimates -- [--dry-run]

Computes the yearly estimate of every accounting point at which something is used, from its last twelve whole months: by time band where the point has bands. Days that
are lacking are filled in the shape of a load profile (electricity), of the degree days of the place (heat) or evenly (gas and steam). A point with fewer than four weeks
of measured days is left as it is, and so is an estimate that somebody told within those months. What is computed holds from today on; what held before stays.

  --dry-run   computes and counts, and changes nothing

The register is the one of DATA_DIR or DATABASE_URL; it may be running meanwhile. Run again it goes on: what holds already is not written anew.
Exit code: 0 done, 2 nothing could be done.`

const values = (() => {
  try {
    return parseArgs({
      options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    }).values
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`)
    process.exit(2)
  }
})()
if (values.help) {
  console.log(help)
  process.exit(0)
}

const most = 200
const estimator = { handle: 'system:annual-estimate', staff_id: null, role: 'importer', hat: 'group' } as const
const session = { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined }

try {
  const opened = await openOn(readSettings())
  try {
    const sum = { points: 0, computed: 0, same: 0, told: 0, too_little: 0 }
    const by: Record<string, number> = {}
    for (let after: number | null = 0; after !== null;) {
      const part = (await answer(opened, annualBatch, estimator, {
        params: {},
        query: {},
        body: { after, most, keep: !values['dry-run'] },
        because: undefined,
        session,
      })) as Output<typeof computeEstimates>
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += part[name]
      for (const [method, count] of Object.entries(part.by)) by[method] = (by[method] ?? 0) + count
      after = part.last
      if (process.stderr.isTTY) process.stderr.write(`\r${sum.points} points, ${sum.computed} computed `)
    }
    if (process.stderr.isTTY) process.stderr.write('\n')
    const how = Object.entries(by).map(([method, count]) => `${count} ${method}`)
    console.log(
      `${sum.points} points: ${sum.computed} ${values['dry-run'] ? 'would be computed' : 'computed'} (${how.join(', ')}), ${sum.same} the same, ${sum.told} told by somebody since, ${sum.too_little} with too little`,
    )
  } finally {
    await opened.stop()
  }
} catch (error) {
  console.error(error instanceof RegisterError ? (error.detail ?? error.code) : String((error as Error).message))
  process.exitCode = 2
}
