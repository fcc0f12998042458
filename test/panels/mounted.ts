import { createRoot, type Root } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import '../../src/charts/tokens.css'

/** A place at the end of the page to draw in, and its root, until the test is over. */
export function mounted(): { readonly place: HTMLElement; readonly root: Root } {
  const place = document.createElement('div')
  document.body.append(place)
  const root = createRoot(place)
  onTestFinished(() => {
    root.unmount()
    place.remove()
  })
  return { place, root }
}
