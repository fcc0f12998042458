import type { ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach } from 'vitest'

let root: Root | null = null
let place: HTMLElement | null = null

/** Draws at the top left of the page; gives the place it is drawn in. Cleared after each test. */
export async function rendered(node: ReactNode): Promise<HTMLElement> {
  if (place === null) {
    place = document.createElement('div')
    place.style.cssText = 'position:absolute;left:0;top:0;width:800px'
    document.body.append(place)
    root = createRoot(place)
  }
  root?.render(node)
  await nextFrame()
  await nextFrame()
  return place
}

export const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()))

afterEach(() => {
  root?.unmount()
  place?.remove()
  root = null
  place = null
})
