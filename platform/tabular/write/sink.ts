// Text into a stream no faster than it goes on. For the writers of this folder.
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'

export type Sink = {
  /** A promise only when the writer must wait; it rejects when the stream has failed or gone away. */
  readonly write: (text: string) => Promise<void> | undefined
  readonly end: () => Promise<void>
}

/** Small texts are gathered, since a stream takes as long for ten bytes as for ten thousand. */
const enough = 65_536

const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (): void => {
      stream.off('drain', settle).off('close', settle)
      if (stream.destroyed) reject(stream.errored ?? new Error('the stream was closed before the table was written'))
      else resolve()
    }
    stream.on('drain', settle).on('close', settle)
    if (stream.destroyed) settle()
  })

export const sinkTo = (stream: Writable): Sink => {
  let gathered = ''
  // The writer is told at its next call; an event that nobody hears would end the program.
  stream.on('error', () => undefined)
  const flush = async (): Promise<void> => {
    const text = gathered
    gathered = ''
    if (stream.destroyed || !stream.write(text)) await drained(stream)
  }
  return {
    write: (text) => {
      gathered += text
      return gathered.length < enough ? undefined : flush()
    },
    end: async () => {
      await flush()
      stream.end()
      await finished(stream, { readable: false })
    },
  }
}
