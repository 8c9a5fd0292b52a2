// The notice as a tagged PDF (PDF/UA-1). Setting it takes some hundredths of a second, and is done in a thread of its own.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Language } from '../../register/vocabulary.ts'
import type { Document } from './document.ts'
import { noticeDocument } from './notice.ts'
import type { Notice } from './speaker.ts'

/** @throws Error with the place in notice.typ, or what PDF/UA-1 misses. */
export const noticePdf = (notice: Notice, language: Language): Promise<Buffer> =>
  typeset(noticeDocument(notice, language), notice.appliedAt)

const typeset = async (document: Document, made: Date): Promise<Buffer> => {
  const worker = new Worker(new URL('./typeset.ts', import.meta.url), {
    workerData: { document: JSON.stringify(document), made: Math.floor(made.getTime() / 1000) },
  })
  try {
    const [pdf] = (await once(worker, 'message')) as [Uint8Array]
    return Buffer.from(pdf)
  } finally {
    await worker.terminate()
  }
}
