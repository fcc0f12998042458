import { expect, it } from 'vitest'
import { namePlace } from '../../src/panels/ibCurve/CurveFigure.tsx'

/** Pixels of the plot on a page of 320 px, which has 24 px above it and 12 px to the right. */
const plot = { width: 240, height: 278 }
/** Pixels of `β = 0.00123`, the longest name, in 11 px type. */
const name = { width: 66, ascent: 9, descent: 3 }

it('the name of β stays inside the figure and above its axis, wherever its point is', () => {
  const steps = Array.from({ length: 101 }, (_, i) => i / 100)
  const misses = steps.flatMap((along) =>
    steps.filter((up) => {
      const { dx = 8, dy = -8, anchor = 'start' } = namePlace(along, up, 0.9)
      // The axis of x ends 4 % beyond H(X).
      const at = (along / 1.04) * plot.width + dx
      const [left, right] = anchor === 'end' ? [at - name.width, at] : [at, at + name.width]
      const line = (1 - up) * plot.height + dy
      return left < 0 || right > plot.width + 12 || line + name.descent > plot.height || line - name.ascent < -24
    }),
  )
  expect(misses).toEqual([])
})

it('the name of β at the origin is 2 px or more above that of I(X;Y) = 0, whose foot is 5 px above the axis', () => {
  const { dy = 0 } = namePlace(0, 0, 0)
  expect(dy + name.descent).toBeLessThanOrEqual(-5 - name.ascent - 2)
})
