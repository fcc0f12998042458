import { useId, useRef, useState, type ReactNode, type ToggleEvent } from 'react'
import { flushSync } from 'react-dom'

export interface MenuProps {
  /** On the button. */
  readonly label: ReactNode
  /** Spoken name of the button, where the label is a sign. */
  readonly name?: string
  /** Which edge of the button the menu lines up with; default `start`. */
  readonly align?: 'start' | 'end'
  readonly className?: string
  /** The menu's content; an entry that is done calls `close`. */
  readonly children: (close: () => void) => ReactNode
}

/** A button and the popover it opens; the browser closes it on Escape or a click elsewhere, and gives the focus back. */
export function Menu({ label, name, align = 'start', className = '', children }: MenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [popover, setPopover] = useState<HTMLDivElement | null>(null)
  const [used, setUsed] = useState(false)

  // Content that nobody has asked for is not drawn, nor loaded; drawn before the menu is placed, which needs its width.
  const fill = ({ newState }: ToggleEvent<HTMLDivElement>) => newState === 'open' && flushSync(() => setUsed(true))

  const place = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open') return
    const anchor = button.current!.getBoundingClientRect()
    const room = document.documentElement.clientWidth - event.currentTarget.offsetWidth - 8
    const left = align === 'start' ? anchor.left : anchor.right - event.currentTarget.offsetWidth
    event.currentTarget.style.left = `${Math.max(8, Math.min(left, room))}px`
    event.currentTarget.style.top = `${anchor.bottom + 6}px`
  }

  return (
    <>
      <button ref={button} type="button" className={`bar-button ${className}`} popoverTarget={id} aria-label={name}>
        {label}
      </button>
      <div ref={setPopover} id={id} popover="auto" className="menu" onBeforeToggle={fill} onToggle={place}>
        {used && children(() => popover?.hidePopover())}
      </div>
    </>
  )
}
