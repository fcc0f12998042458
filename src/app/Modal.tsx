import { useEffect, useId, useState, type ReactNode } from 'react'

export interface ModalProps {
  readonly title: string
  /** Called once it has closed, however it was closed. */
  readonly onClose: () => void
  readonly wide?: boolean
  readonly children: (close: () => void) => ReactNode
}

/** A native modal dialog, open while it is mounted. The browser keeps the focus inside and gives it back. */
export function Modal({ title, onClose, wide = false, children }: ModalProps) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null)
  const heading = useId()
  useEffect(() => {
    dialog?.showModal()
    return () => dialog?.close()
  }, [dialog])
  const close = () => dialog?.close()

  return (
    <dialog ref={setDialog} className={wide ? 'modal modal-wide' : 'modal'} aria-labelledby={heading} onClose={onClose}>
      <header className="modal-head">
        <h2 id={heading}>{title}</h2>
        <button type="button" className="bar-button" onClick={close}>
          Close
        </button>
      </header>
      {children(close)}
    </dialog>
  )
}
