import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import '../../src/charts/tokens.css'
import '../../src/app/page.css'

/** Draws the element in the page, until the test is over. */
export function draw(element: ReactNode): void {
  const place = document.createElement('div')
  place.className = 'page'
  document.body.append(place)
  const root = createRoot(place)
  flushSync(() => root.render(element))
  onTestFinished(() => {
    root.unmount()
    place.remove()
  })
}
