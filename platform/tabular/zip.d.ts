// The part of yauzl and yazl that tables use; neither brings types of its own.
declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export type Entry = {
    readonly fileName: string
    readonly compressedSize: number
    readonly uncompressedSize: number
    readonly crc32: number
    readonly isEncrypted: () => boolean
  }
  export type ZipFile = {
    readonly eachEntry: () => AsyncIterable<Entry>
    readonly openReadStreamPromise: (entry: Entry) => Promise<Readable>
    readonly on: (event: 'error', listener: (error: Error) => void) => unknown
    readonly close: () => void
  }
  type Options = { readonly autoClose: boolean }
  export function openPromise(path: string, options: Options): Promise<ZipFile>
  export function fromBufferPromise(bytes: Buffer, options: Options): Promise<ZipFile>
  export class RandomAccessReader {
    _readStreamForRange(start: number, end: number): Readable
    close(done: (error?: Error) => void): void
  }
  export function fromRandomAccessReaderPromise(
    reader: RandomAccessReader,
    size: number,
    options: Options,
  ): Promise<ZipFile>
}

declare module 'yazl' {
  import type { Readable } from 'node:stream'

  type Options = { readonly mtime: Date; readonly forceDosTimestamp: boolean; readonly compressionLevel?: number }
  export class ZipFile {
    readonly outputStream: Readable
    on(event: 'error', listener: (error: Error) => void): unknown
    addReadStream(content: Readable, name: string, options: Options): void
    addBuffer(content: Buffer, name: string, options: Options): void
    end(): void
  }
}
