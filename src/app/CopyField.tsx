import { useId, useRef, useState } from 'react'

export interface CopyFieldProps {
  /** Above the field: what it is. */
  readonly label: string
  readonly text: string
  /** On the button: `Copy link`. */
  readonly action: string
  /** Lines of the field; default 1. */
  readonly lines?: number
}

type Copied = 'no' | 'yes' | 'refused'

const said: Record<Copied, string> = {
  no: '',
  yes: 'Copied.',
  refused: 'This browser keeps the clipboard closed. The text is selected: copy it with Ctrl+C or ⌘C.',
}

/** A text to take away, and a button that copies it; where the clipboard is refused, the text is selected instead. */
export function CopyField({ label, text, action, lines = 1 }: CopyFieldProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [copied, setCopied] = useState<Copied>('no')

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied('yes')
    } catch {
      field.current!.select()
      setCopied('refused')
    }
  }

  return (
    <div className="copy-field">
      <label htmlFor={id}>{label}</label>
      <textarea ref={field} id={id} readOnly rows={lines} value={text} spellCheck={false} />
      <div className="copy-row">
        <button type="button" className="main-button" onClick={() => void copy()}>
          {action}
        </button>
        <span role="status">{said[copied]}</span>
      </div>
    </div>
  )
}
