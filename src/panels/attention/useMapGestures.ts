import { useEffect, useLayoutEffect, useRef, type MouseEvent, type PointerEvent } from 'react'
import { moved, zoomed, type MapWindow } from './mapWindow.ts'

export interface MapCell {
  readonly query: number
  readonly key: number
}

export interface MapGestures {
  /** What is shown now. */
  readonly view: MapWindow
  /** Of the whole map. */
  readonly tokens: number
  /** Of the map as it is drawn; pixels. */
  readonly side: number
  readonly show: (window: MapWindow) => void
  /** The cell under the pointer, or null. */
  readonly point: (cell: MapCell | null) => void
}

interface Place {
  readonly x: number
  readonly y: number
}

/** Where one or two fingers, or the mouse, took hold of the map. */
interface Held {
  readonly window: MapWindow
  readonly middle: Place
  /** Pixels between two fingers; 0 for one. */
  readonly spread: number
}

/** A shorter way is a click, not a drag; pixels. */
const dragFrom = 4
/** Turns of a wheel that change the size at once, and that double it; pixels. */
const wheelFrom = 20
const wheelDoubles = 100

/**
 * Reading and zooming a map by pointer: it is read where one points, zoomed by two fingers, by the wheel with Control or
 * Command and by a double click, and dragged where not all of it is shown.
 */
export function useMapGestures(gestures: MapGestures) {
  const surface = useZoomingWheel(gestures)
  const fingers = useRef(new Map<number, Place>())
  const held = useRef<Held | null>(null)
  const takeHold = () => {
    const places = [...fingers.current.values()]
    held.current = places.length === 0 ? null : { window: gestures.view, ...spanOf(places) }
  }
  const letGo = (event: PointerEvent<HTMLElement>) => {
    fingers.current.delete(event.pointerId)
    takeHold()
  }
  const read = (event: PointerEvent<HTMLElement>) => {
    const { view, side, point } = gestures
    point(cellAt(view, side, placeOf(event, event.currentTarget)))
  }
  return {
    surface,
    onPointerDown(event: PointerEvent<HTMLElement>) {
      fingers.current.set(event.pointerId, placeOf(event, event.currentTarget))
      event.currentTarget.setPointerCapture(event.pointerId)
      takeHold()
      read(event)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const { tokens, side, show } = gestures
      const from = held.current
      if (!fingers.current.has(event.pointerId) || from === null) return read(event)
      fingers.current.set(event.pointerId, placeOf(event, event.currentTarget))
      const { middle, spread } = spanOf([...fingers.current.values()])
      const [x, y] = [middle.x - from.middle.x, middle.y - from.middle.y]
      const dragged = from.window.size < tokens && Math.hypot(x, y) >= dragFrom
      if (fingers.current.size === 1 && !dragged) return read(event)
      const factor = spread > 0 && from.spread > 0 ? from.spread / spread : 1
      const next = zoomed(from.window, tokens, factor, cellAt(from.window, side, from.middle))
      show(moved(next, tokens, { query: (-y * next.size) / side, key: (-x * next.size) / side }))
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    // A finger leaves when it is lifted; what it read stays to be looked at.
    onPointerLeave: ({ pointerType }: PointerEvent<HTMLElement>) => pointerType === 'mouse' && gestures.point(null),
    onDoubleClick(event: MouseEvent<HTMLElement>) {
      const { view, tokens, side, show } = gestures
      const cell = cellAt(view, side, placeOf(event, event.currentTarget))
      show(zoomed(view, tokens, event.shiftKey ? 2 : 1 / 2, cell))
    },
  }
}

/** @returns a ref for the element whose wheel zooms */
function useZoomingWheel(gestures: MapGestures) {
  const surface = useRef<HTMLDivElement>(null)
  const latest = useRef(gestures)
  useLayoutEffect(() => {
    latest.current = gestures
  })
  useEffect(() => {
    const element = surface.current
    let turned = 0
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      turned += event.deltaY
      if (Math.abs(turned) < wheelFrom) return
      const { view, tokens, side, show } = latest.current
      const cell = cellAt(view, side, placeOf(event, element))
      show(zoomed(view, tokens, 2 ** (Math.max(-wheelDoubles, Math.min(wheelDoubles, turned)) / wheelDoubles), cell))
      turned = 0
    }
    // React listens to wheels passively, and a zoom must keep the page from zooming.
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [])
  return surface
}

function placeOf({ clientX, clientY }: { clientX: number; clientY: number }, element: Element | null): Place {
  const box = element?.getBoundingClientRect()
  return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) }
}

function cellAt(view: MapWindow, side: number, { x, y }: Place): MapCell {
  const at = (pixels: number) => Math.min(view.size - 1, Math.max(0, Math.floor((pixels * view.size) / side)))
  return { query: view.query + at(y), key: view.key + at(x) }
}

/** @param places  of one finger or more; the first two count */
function spanOf([a, b]: readonly Place[]): Pick<Held, 'middle' | 'spread'> {
  if (a === undefined) return { middle: { x: 0, y: 0 }, spread: 0 }
  if (b === undefined) return { middle: a, spread: 0 }
  return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, spread: Math.hypot(a.x - b.x, a.y - b.y) }
}
