import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach } from 'vitest'
import '../../src/charts/tokens.css'

/** A place in the page for the tests of a file; what one draws there is gone after it. */
export function mounted() {
  const place = document.createElement('div')
  const root = createRoot(place)
  beforeEach(() => document.body.append(place))
  afterEach(() => {
    flushSync(() => root.render(null))
    place.remove()
  })
  return { place, root }
}
