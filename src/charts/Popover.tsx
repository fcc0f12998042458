import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import './popover.css'

export interface PopoverProps {
  /** What the button shows. */
  readonly button: ReactNode
  /** Spoken name of the button, where what it shows is no name. */
  readonly label?: string
  /** Class of the button; default `tool-button`. */
  readonly className?: string
  /** Spoken name of what opens. */
  readonly title: string
  /** What opens; drawn only while it is open. A press on what carries `data-closes`, or Enter in a field, closes it. */
  readonly children: ReactNode
}

const distance = 6

/** A button, and what it opens beside itself: closed by Escape, by a press elsewhere, or by what is in it. */
export function Popover({ button, label, className = 'tool-button', title, children }: PopoverProps) {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  // Below the button, or above it where there is no room; never off the window's sides. It scrolls with the page.
  useLayoutEffect(() => {
    const element = box.current
    if (!open || element === null) return
    const place = () => {
      const at = opener.current?.getBoundingClientRect()
      if (at === undefined) return
      const { width, height } = element.getBoundingClientRect()
      const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))
      const fitsBelow = at.bottom + distance + height <= window.innerHeight || at.top < height + distance
      const top = fitsBelow ? at.bottom + distance : at.top - distance - height
      element.style.left = `${left + window.scrollX}px`
      element.style.top = `${top + window.scrollY}px`
    }
    // What is inside may arrive later and change the size.
    const observer = new ResizeObserver(place)
    observer.observe(element)
    place()
    return () => observer.disconnect()
  }, [open])
  return (
    <>
      <button ref={opener} type="button" className={className} popoverTarget={id} aria-label={label}>
        {button}
      </button>
      {/* The buttons inside take the press and the keys; the box only hears them bubble. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={box}
        id={id}
        className="popover"
        popover="auto"
        role="group"
        aria-label={title}
        onBeforeToggle={({ newState }) => newState === 'open' && setOpen(true)}
        // Not before it has closed: the browser gives the focus back only if it finds it inside.
        onToggle={({ newState }) => newState === 'closed' && setOpen(false)}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('[data-closes]')) box.current?.hidePopover()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) box.current?.hidePopover()
        }}
      >
        {open && children}
      </div>
    </>
  )
}
