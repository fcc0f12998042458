import { describe, expect, it } from 'vitest'
import { exact } from '../../src/panels/ibCurve/CurveTable.tsx'
import { spokenWeight } from '../../src/panels/ibCurve/JointEditor.tsx'
import { presets } from '../../src/panels/ibCurve/presetJoints.ts'
import { nearestPoint } from '../../src/panels/ibCurve/result.ts'
import { betaTicks } from '../../src/panels/ibCurve/SplitFigure.tsx'
import { run } from './ibCurve.ts'

describe('what is shown of the curve', () => {
  it.each(presets)('“$label” opens at a β at which x is kept in clusters', async ({ experiment }) => {
    const { points } = await run(experiment)
    const here = nearestPoint(points, experiment.beta)
    expect(here.clusters).toBeGreaterThan(1)
    expect(here.I_XT).toBeGreaterThan(0.1)
  })

  it('numbers in the table end where rounding begins', () => {
    expect(exact(1.4062499999999991)).toBe('1.40625')
    expect(exact(-3.2034265038149176e-16)).toBe('0')
    expect(exact(0.5310044064107188)).toBe('0.531004406411')
  })

  it('a weight among weights that do not sum to 1 is spoken as the weight that is seen and the probability it makes', () => {
    expect(spokenWeight(0.05, 0.55)).toBe('weight 0.05 of 0.55, probability 0.0909')
    expect(spokenWeight(0.45, 1)).toBe('probability 0.45')
  })

  it.each([
    [1.4, 62.5, [2, 5, 10, 20, 50]],
    [28, 1250, [50, 100, 200, 500, 1000]],
    [1, 1e6, [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]],
    [1e-3, 1e12, [0.001, 0.1, 10, 1000, 1e5, 1e7, 1e9, 1e11]],
  ])('βs from %d to %d have labels that do not collide', (low, high, ticks) => {
    expect(betaTicks(low, high)).toEqual(ticks)
  })
})
