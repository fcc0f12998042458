import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import '../../src/charts/tokens.css'
import { ibCurvePanel } from '../../src/panels/ibCurve/index.ts'
import { presetJoints } from '../../src/panels/ibCurve/presetJoints.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'

let root: Root
let place: HTMLElement
beforeEach(() => {
  place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place)
})
afterEach(() => {
  root.unmount()
  place.remove()
})

it('the curve that is known is drawn over the one that was computed, in dashes', async () => {
  root.render(<LivePanel panel={ibCurvePanel} experiment={{ joint: presetJoints.bsc10 }} />)
  const curves = () =>
    [...place.querySelectorAll('.ib-curve svg .curve path')].map((curve) => getComputedStyle(curve).strokeDasharray)
  await vi.waitFor(() => expect(curves()).toHaveLength(3), 20_000)
  expect(curves().slice(1)).toEqual(['none', '7px, 4px'])
})
