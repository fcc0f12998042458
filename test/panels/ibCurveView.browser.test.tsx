import type { Root } from 'react-dom/client'
import { beforeEach, expect, it, vi } from 'vitest'
import { ibCurvePanel } from '../../src/panels/ibCurve/index.ts'
import { presetJoints } from '../../src/panels/ibCurve/presetJoints.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'

let root: Root
let place: HTMLElement
beforeEach(() => {
  ;({ place, root } = mounted())
})

it('the curve that is known is drawn over the one that was computed, in dashes', async () => {
  root.render(<LivePanel panel={ibCurvePanel} experiment={{ joint: presetJoints.bsc10 }} />)
  const curves = () =>
    [...place.querySelectorAll('.ib-curve svg .curve path')].map((curve) => getComputedStyle(curve).strokeDasharray)
  await vi.waitFor(() => expect(curves()).toHaveLength(3), 20_000)
  expect(curves().slice(1)).toEqual(['none', '7px, 4px'])
})
