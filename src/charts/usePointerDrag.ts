import { useLayoutEffect, useRef, type PointerEvent as ReactPointerEvent } from 'react'

export interface DragMove {
  /** From where the pointer went down; pixels. */
  readonly dx: number
  readonly dy: number
  readonly coarse: boolean
  readonly fine: boolean
}

export interface DragHandlers<T> {
  /** What the drag starts from, or null if nothing there can be dragged. */
  readonly begin: (event: ReactPointerEvent<HTMLElement>) => T | null
  /** At most once an animation frame. */
  readonly move: (start: T, by: DragMove) => void
  /** @param moved  false: the pointer went up where it went down, so it was a click */
  readonly end: (start: T, moved: boolean) => void
}

/** Below this a press is a click; pixels. */
const slack = 3

/** Follows one pointer (mouse, pen, finger) from press to release; gives the handler for `onPointerDown`. */
export function usePointerDrag<T>(handlers: DragHandlers<T>): (event: ReactPointerEvent<HTMLElement>) => void {
  const latest = useRef(handlers)
  useLayoutEffect(() => {
    latest.current = handlers
  })

  return (down) => {
    if (down.button !== 0) return
    const start = latest.current.begin(down)
    if (start === null) return
    const element = down.currentTarget
    const { pointerId, clientX, clientY } = down
    let pending: DragMove | null = null
    let frame = 0
    let moved = false

    const flush = () => {
      frame = 0
      if (pending) latest.current.move(start, pending)
      pending = null
    }
    const onMove = (event: PointerEvent) => {
      if (event.pointerId !== pointerId) return
      const dx = event.clientX - clientX
      const dy = event.clientY - clientY
      if (!moved && Math.hypot(dx, dy) < slack) return
      moved = true
      pending = { dx, dy, coarse: event.shiftKey, fine: event.altKey }
      if (frame === 0) frame = requestAnimationFrame(flush)
    }
    const onEnd = (event: PointerEvent) => {
      if (event.pointerId !== pointerId) return
      cancelAnimationFrame(frame)
      flush()
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerup', onEnd)
      element.removeEventListener('pointercancel', onEnd)
      latest.current.end(start, moved)
    }
    element.setPointerCapture(pointerId)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerup', onEnd)
    element.addEventListener('pointercancel', onEnd)
  }
}
