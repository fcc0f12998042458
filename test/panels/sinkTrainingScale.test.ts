import { describe, expect, it } from 'vitest'
import { settingOf } from '../../src/panels/normalizerSetting.ts'
import type { SinkRun } from '../../src/panels/sinkTraining/compute.ts'
import { defaults } from '../../src/panels/sinkTraining/experiment.ts'
import { weightCount } from '../../src/panels/sinkTraining/modelConfig.ts'
import { stripEnds, within } from '../../src/panels/sinkTraining/stripScale.ts'

const course = (...values: readonly number[]) => ({
  steps: values.map((_, i) => 10 * i),
  mean: values,
  low: values,
  high: values,
})
function drawn(stopped: string | null, ...values: readonly number[]) {
  const run: SinkRun = {
    normalizer: 'softmax',
    params: {},
    seed: 0,
    engine: 'cpu',
    msPerStep: 1,
    steps: [],
    maps: [],
    evicted: [],
    stopped,
  }
  return { runs: [run], course: course(...values) }
}

describe('the axis of a strip', () => {
  it('goes from 0 to a round number above all that is drawn, and for a share to 1', () => {
    expect(stripEnds([drawn(null, 3.5, 2, 0.4)], 'free')).toEqual([0, 4])
    expect(stripEnds([drawn(null, 0.02, 0.7)], 'share')).toEqual([0, 1])
    expect(stripEnds([drawn(null, 0.2, 0.4)], 'free', 1)).toEqual([0, 1])
  })

  it('is not stretched by a run that diverged to 2e29: the other, at 3.5, keeps a tenth of it or more', () => {
    const [low, high] = stripEnds([drawn('left the range', 3.4, 1e5, 2e29), drawn(null, 3.5, 0.4)], 'free')
    expect(low).toBe(0)
    expect(high).toBeGreaterThanOrEqual(3.5)
    expect(high).toBeLessThanOrEqual(40)
  })

  it('is as long as a run that goes on needs, whatever its height', () => {
    expect(stripEnds([drawn(null, 3.5, 900)], 'free')[1]).toBeGreaterThanOrEqual(900)
  })

  it('draws nothing of a course where it lies beyond', () => {
    const cut = within(course(3.4, 1e5, 2), [0, 40])
    expect(cut.mean).toEqual([3.4, NaN, 2])
    expect(cut.high).toEqual([3.4, 40, 2])
  })
})

describe('the weights of a model', () => {
  it('are 7,296 in the usual one: seven matrices of 32 by 32 and two layer norms (by hand); sink softmax learns one more', () => {
    expect(weightCount(defaults)).toBe('7,296 weights')
    expect(weightCount({ ...defaults, normalizers: [settingOf('softmax'), settingOf('sink')] })).toBe(
      '7,296 to 7,297 weights',
    )
  })

  it('are 1,075,712 at a width of 256 with 4 layers (by hand)', () => {
    expect(weightCount({ ...defaults, width: 256, layers: 4 })).toBe('1,075,712 weights')
  })
})
