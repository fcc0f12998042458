import { useEffect, useRef, useState } from 'react'
import type { PanelViewProps } from '../contract.ts'
import { bringRow } from './bringRow.ts'
import type { ActivationsExperiment } from './experiment.ts'
import type { ActivationsResult } from './result.ts'

export interface DataDialogProps extends Pick<
  PanelViewProps<ActivationsExperiment, ActivationsResult>,
  'readTable' | 'keepData'
> {
  /** A file or text that was dropped or pasted on the panel, to be read at once; null to ask for one. */
  readonly dropped: { readonly file: Blob; readonly name: string } | null
  readonly take: (patch: Partial<ActivationsExperiment>) => void
  readonly close: () => void
}

/** Asks for numbers, reads them, and says what is wrong with them; until they are right the old logits stay. */
export function DataDialog({ dropped, take, close, readTable, keepData }: DataDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  // By the browser, which gives the focus back and then tells `onClose`.
  const leave = () => dialog.current?.close()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [reading, setReading] = useState<string | null>(dropped?.name ?? null)

  const read = (file: Blob, name: string) => {
    setReading(name)
    setProblem(null)
    bringRow(file, name, { readTable, keepData }).then(
      (patch) => {
        // Whoever has left no longer wants them.
        if (!dialog.current?.open) return
        take(patch)
        leave()
      },
      (error: unknown) => {
        setReading(null)
        setProblem(error instanceof Error ? error.message : String(error))
      },
    )
  }
  useEffect(() => {
    if (dialog.current) showBeside(dialog.current)
    if (dropped) read(dropped.file, dropped.name)
    // Once, as it opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  return (
    <dialog ref={dialog} className="data-dialog" aria-labelledby="data-dialog-title" onClose={close}>
      <h2 id="data-dialog-title">Your own logits</h2>
      <p className="soft">
        Paste a row or a table, or choose a file: text, CSV, JSON or NPY, up to 1,000,000 entries a row and 64 MiB. It
        stays in this browser.
      </p>
      <div>
        <textarea
          aria-label="Numbers"
          rows={6}
          spellCheck={false}
          placeholder={'2.1, 1.6, 0.9, 0.2\nor [2.1, 1.6, 0.9, 0.2]'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {problem !== null && (
          <p className="data-problem" role="alert">
            {problem} The old logits stay.
          </p>
        )}
        <div className="details-buttons">
          <button
            type="button"
            className="tool-button is-main"
            disabled={text.trim() === '' || reading !== null}
            // No form: a sandboxed frame submits none.
            onClick={() => read(new Blob([text]), 'pasted')}
          >
            {reading === null ? 'Use these numbers' : `Reading ${reading}`}
          </button>
          <label className="tool-button file-button">
            Choose a file
            <input
              type="file"
              className="visually-hidden"
              accept=".txt,.csv,.tsv,.json,.npy,text/*,application/json"
              onChange={(event) => {
                const file = event.target.files?.[0]
                if (file) read(file, file.name)
              }}
            />
          </label>
          <button type="button" className="tool-button" onClick={leave}>
            Cancel
          </button>
        </div>
      </div>
    </dialog>
  )
}

/** Room around the dialog; pixels. */
const around = 16

/** Opens at the panel's top, as far as the window lets it: the middle of a tall frame in a page may be out of sight. */
function showBeside(dialog: HTMLDialogElement): void {
  const top = dialog.parentElement?.getBoundingClientRect().top ?? 0
  dialog.showModal()
  const room = window.innerHeight - dialog.offsetHeight - around
  dialog.style.marginTop = `${Math.max(around, Math.min(top, room))}px`
}
