import { useEffect, useRef, useState, type ReactNode } from 'react'
import './numbersDialog.css'
import { pastedName } from './pastedName.ts'

export interface NumbersDialogProps<T> {
  /** `Your own logits`. */
  readonly title: string
  /** What can be brought, and where it stays. */
  readonly children: ReactNode
  /** An example, where text goes. */
  readonly placeholder: string
  /** File endings and types, as an input takes them. */
  readonly accept: string
  /** True if several files may be chosen together. */
  readonly multiple?: boolean
  /** What a problem leaves as it was: `The old logits stay.` */
  readonly stays: string
  /** Files that were dropped on the panel, to be read at once; null to ask for some. */
  readonly dropped: readonly File[] | null
  /** @throws an error that says what is wrong, and where */
  readonly read: (files: readonly File[]) => Promise<T>
  readonly take: (brought: T) => void
  readonly close: () => void
}

/** Asks for numbers, pasted or in files, reads them, and says what is wrong with them; until they are right the old ones stay. */
export function NumbersDialog<T>(props: NumbersDialogProps<T>) {
  const { title, children, placeholder, accept, multiple = false, stays, dropped, take, close } = props
  const dialog = useRef<HTMLDialogElement>(null)
  // By the browser, which gives the focus back and then tells `onClose`.
  const leave = () => dialog.current?.close()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [reading, setReading] = useState<string | null>(dropped && namesOf(dropped))

  const read = (files: readonly File[]) => {
    setReading(namesOf(files))
    setProblem(null)
    props.read(files).then(
      (brought) => {
        // Whoever has left no longer wants them.
        if (!dialog.current?.open) return
        take(brought)
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
    if (dropped) read(dropped)
    // Once, as it opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  return (
    <dialog ref={dialog} className="data-dialog" aria-labelledby="data-dialog-title" onClose={close}>
      <h2 id="data-dialog-title">{title}</h2>
      <p className="data-hint">{children}</p>
      <textarea
        aria-label="Numbers"
        rows={6}
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {problem !== null && (
        <p className="data-problem" role="alert">
          {problem} {stays}
        </p>
      )}
      <div className="data-buttons">
        <button
          type="button"
          className="tool-button is-main"
          disabled={text.trim() === '' || reading !== null}
          // No form: a sandboxed frame submits none.
          onClick={() => read([new File([text], pastedName)])}
        >
          {reading === null ? 'Use these numbers' : `Reading ${reading}`}
        </button>
        <label className="tool-button file-button">
          {multiple ? 'Choose files' : 'Choose a file'}
          <input
            type="file"
            className="data-file"
            multiple={multiple}
            accept={accept}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])]
              // The same file may be chosen again, once it was mended.
              event.target.value = ''
              if (files.length > 0) read(files)
            }}
          />
        </label>
        <button type="button" className="tool-button" onClick={leave}>
          Cancel
        </button>
      </div>
    </dialog>
  )
}

const namesOf = (files: readonly File[]): string => files.map(({ name }) => name).join(' and ')

/** Room around the dialog; pixels. */
const around = 16

/** Opens at the panel's top, as far as the window lets it: the middle of a tall frame in a page may be out of sight. */
function showBeside(dialog: HTMLDialogElement): void {
  const top = dialog.parentElement?.getBoundingClientRect().top ?? 0
  dialog.showModal()
  const room = window.innerHeight - dialog.offsetHeight - around
  dialog.style.marginTop = `${Math.max(around, Math.min(top, room))}px`
}
