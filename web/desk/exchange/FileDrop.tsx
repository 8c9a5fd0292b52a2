// Where a file is dropped or chosen. It is sent at once, and leads to its own page; nothing comes in by that.
import { useState } from 'react'
import { DropZone, FileTrigger, Text } from 'react-aria-components'
import { useQueryClient } from '@tanstack/react-query'
import * as api from '../../../chapters/exchange/api.ts'
import { Button } from '../../kit/Button.tsx'
import { Refusal, sendFile } from '../../kit/client.ts'
import { ErrorView } from '../../kit/ErrorView.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { useWords } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import { Progress } from './Progress.tsx'
import { texts } from './words.ts'

/** Which columns the header row fails at. */
const HeaderFaults = ({ error }: { readonly error: unknown }) => {
  const w = useWords(texts)
  const faults = error instanceof Refusal ? (error.problem.faults ?? []) : []
  const lines = faults.flatMap(({ path, code }) => {
    const column = Number(/^header\[(\d+)\]$/.exec(path)?.[1] ?? Number.NaN) + 1
    if (Number.isNaN(column)) return []
    return [code === 'table.column-twice' ? w.columnTwice(column) : w.columnUnnamed(column)]
  })
  return (
    lines.length > 0 && (
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )
  )
}

export const FileDrop = ({ mends }: { readonly mends?: number }) => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const client = useQueryClient()
  const [state, setState] = useState<{ readonly name?: string; readonly share?: number; readonly refused?: unknown }>(
    {},
  )
  const send = (file: File): void => {
    setState({ name: file.name, share: 0 })
    if (file.size > api.largestFile) {
      const code = 'file.too-large'
      setState({ refused: new Refusal({ type: 'about:blank', title: code, status: 413, code }) })
      return
    }
    sendFile(api.deliverFile, file, { mends }, (share) => setState({ name: file.name, share })).then(
      ({ id }) => {
        void client.invalidateQueries({ queryKey: [api.imports.action] })
        go(paths.import({ import: String(id) }))
      },
      (refused: unknown) => setState({ refused }),
    )
  }
  return (
    <>
      <DropZone
        className="drop"
        onDrop={({ items }) => {
          const file = items.find((item) => item.kind === 'file')
          if (file !== undefined) void file.getFile().then(send)
        }}
      >
        {state.share === undefined ? (
          <>
            <Text slot="label" className="drop-label">
              {w.drop}
            </Text>
            <FileTrigger
              acceptedFileTypes={['.csv', '.txt', '.tsv', '.xlsx']}
              onSelect={(files) => {
                const file = files?.item(0)
                if (file) send(file)
              }}
            >
              <Button icon="plus" tone={mends === undefined ? 'strong' : 'plain'}>
                {w.choose}
              </Button>
            </FileTrigger>
            <p className="drop-hint">{mends === undefined ? w.limit('1 GB') : w.againHow}</p>
          </>
        ) : (
          <Progress label={`${w.sending}: ${state.name ?? ''}`} share={state.share} />
        )}
      </DropZone>
      {state.refused !== undefined && (
        <div role="alert">
          <ErrorView error={state.refused} />
          <HeaderFaults error={state.refused} />
        </div>
      )}
    </>
  )
}
