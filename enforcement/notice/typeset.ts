// The thread that sets one document by notice.typ and hands back its PDF. pdf.ts alone starts it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const { document, made } = workerData as { readonly document: string; readonly made: number }
const template = readFileSync(join(import.meta.dirname, 'notice.typ'), 'utf8')

const compiler = NodeCompiler.create()
const compiled = compiler.compile({ mainFileContent: template, inputs: { document } })
const set = compiled.result
if (set === null)
  throw new Error(`notice.typ: ${JSON.stringify(compiled.takeError()?.shortDiagnostics ?? 'cannot be set')}`)
parentPort?.postMessage(compiler.pdf(set, { pdfStandard: 'ua-1', creationTimestamp: made }))
