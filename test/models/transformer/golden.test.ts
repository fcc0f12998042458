import { describe, expect, it } from 'vitest'
import { openFloat64 } from '../../../src/models/transformer/float64/openFloat64.ts'
import type { OpenLoops } from '../../../src/models/transformer/loops.ts'
import { openWasm } from '../../../src/models/transformer/wasm/openWasm.ts'
import golden from '../../fixtures/attention/toy_a.json' with { type: 'json' }
import { goldenKinds, goldenNames } from './goldenKinds.ts'
import { goldenGradient, goldenMaps, goldenStep, gradientNorms, openGolden } from './goldenToy.ts'

interface Engine {
  readonly name: string
  readonly open: OpenLoops
  readonly loss: number
  /** Relative, of each tensor's gradient norm. */
  readonly norm: number
  readonly map: number
  readonly after: readonly [after1: number, after5: number, after20: number]
}

const engines: readonly Engine[] = [
  // The golden maps are stored in float32, half a unit of 2⁻²³ at a weight of up to 8. The golden softpick holds the
  // maximum constant that its ε is relative to; without that term of ours, its gradient norms agree to 4e-15.
  { name: 'float64', open: openFloat64, loss: 1e-12, norm: 2e-6, map: 5e-7, after: [5e-8, 1e-6, 1e-4] },
  // Twenty steps multiply rounding where training is rough: the loss of sigmoid rises at step 18 and ends 1.9e-2 off,
  // all others end within 2e-5.
  { name: 'WASM float32', open: openWasm, loss: 1e-4, norm: 1e-3, map: 1e-5, after: [1e-3, 1e-3, 2e-2] },
]

const largestGap = (got: ArrayLike<number>, want: ArrayLike<number>) => {
  let gap = got.length === want.length ? 0 : Infinity
  for (let i = 0; i < want.length; i++) gap = Math.max(gap, Math.abs(got[i]! - want[i]!))
  return gap
}

describe.each(engines)('the golden transformer in $name', ({ open, loss, norm, map, after }) => {
  describe.each(goldenKinds)('with $kind', (entry) => {
    const want = golden.kinds[entry.kind]
    const wantNorms: Readonly<Record<string, number>> = want.grad_norm

    it(`has the golden loss within ${loss} and each tensor's gradient norm within a share of ${norm}`, async () => {
      const trainer = await openGolden(entry, open)
      expect(Math.abs(goldenGradient(trainer) - want.loss0)).toBeLessThanOrEqual(loss)
      const norms = gradientNorms(trainer.model)
      expect(norms).toHaveLength(Object.keys(want.grad_norm).length)
      const gaps = norms.map((got, i) => got / wantNorms[goldenNames[i]!]! - 1)
      expect(largestGap(gaps, new Float64Array(gaps.length))).toBeLessThanOrEqual(norm)
    })

    it(`has the golden attention maps within ${map}`, async () => {
      const trainer = await openGolden(entry, open)
      goldenGradient(trainer)
      // 32 is a multiple of 8, so that rows lie without a gap.
      const got = trainer.model.layers[0]!.weights.subarray(0, 2 * 32 * 32)
      expect(largestGap(got, goldenMaps(entry.kind))).toBeLessThanOrEqual(map)
    })

    it(`has the golden loss after 1, 5 and 20 AdamW steps within ${after.join(', ')}`, async () => {
      // In parts of four and two sequences, as training does it.
      const trainer = await openGolden(entry, open, 4)
      const losses = Array.from({ length: 21 }, () => goldenStep(trainer))
      const gaps = [losses[1]! - want.loss_after_1, losses[5]! - want.loss_after_5, losses[20]! - want.loss_after_20]
      gaps.forEach((gap, i) => expect(Math.abs(gap)).toBeLessThanOrEqual(after[i]!))
    })
  })
})
