import { describe, expect, it } from 'vitest'
import { normalizerById, normalizers } from '../../../src/math/normalizers/index.ts'
import { resolveParams } from '../../../src/math/normalizers/params.ts'
import { learnedParam } from '../../../src/models/transformer/config.ts'
import { registryRows } from '../../../src/models/transformer/registryRows.ts'
import { hasFastRows, wasmRows } from '../../../src/models/transformer/wasm/rows.ts'
import { largestGap, noise, openTestLoops } from './openTestLoops.ts'

interface Setting {
  readonly id: string
  readonly params: Readonly<Record<string, number>>
}

/** Every normalizer with SIMD rows, at more than one value of what it takes. */
const fast: readonly Setting[] = [
  { id: 'softmax', params: {} },
  { id: 'softmax', params: { T: 0.2 } },
  { id: 'ssmax', params: { s: 0.43, b: 0 } },
  // A negative factor turns the order round, so the shift must come from the smallest logit.
  { id: 'ssmax', params: { s: -0.6, b: 0.1 } },
  { id: 'softmax-n', params: { n: 1 } },
  { id: 'softmax-n', params: { n: 0.01 } },
  { id: 'sink', params: { sink: 2 } },
  { id: 'softpick', params: {} },
  { id: 'softpick', params: { eps: 1e-6 } },
  { id: 'sigmoid', params: {} },
  { id: 'sigmoid', params: { bias: -1 } },
  { id: 'relu-n', params: {} },
  { id: 'sparsemax', params: {} },
  { id: 'entmax', params: { alpha: 1.5 } },
]

const settingOf = ({ id, params }: Setting) => {
  const normalizer = normalizerById(id)!
  return { normalizer, params: resolveParams(id, normalizer.params, params) }
}

/** Weights and gradient of causal rows of T logits, by the SIMD loops and by the registry in float64. */
async function both(setting: Setting, T: number, spread: number) {
  const { normalizer, params } = settingOf(setting)
  const { loops, put } = await openTestLoops()
  const step = Math.ceil(T / 8) * 8
  const shape = { T, heads: 1, headWidth: 4, step }
  const learned = Number(params[learnedParam({ normalizer }) ?? ''] ?? NaN)
  const [x, d] = [noise(T, T * step, spread), noise(T + 1, T * step)]
  const [xs, ys, ds] = [put(x), put(new Float32Array(T * step)), put(d)]
  const quick = wasmRows(loops, normalizer, params, shape)
  quick.forward(xs, ys, 0, learned)
  const moved = quick.back(xs, ys, ds, 0, learned)
  const [X, Y, D] = [Float64Array.from(x), new Float64Array(T * step), Float64Array.from(d)]
  const exact = registryRows(normalizer, params, shape)
  exact.forward(X, Y, 0, learned)
  return {
    y: ys,
    d: ds,
    moved,
    Y,
    D,
    wantMoved: exact.back(X, Y, D, 0, learned),
    learns: !Number.isNaN(learned),
    T,
    step,
  }
}

/**
 * Largest gap of the gradient, over the largest entry of all rows and at least ¼: differences such as c − ⟨c, y⟩ are of
 * numbers up to 1 and may cancel. A row is written up to its own room, n rounded up to 8; nothing reads further.
 */
function gradientGap({ d, D, T, step }: Awaited<ReturnType<typeof both>>): number {
  let [gap, largest] = [0, 0.25]
  for (let i = 0; i < T; i++) {
    const room = Math.ceil((i + 1) / 8) * 8
    const want = D.subarray(i * step, i * step + room)
    largest = want.reduce((most, value) => Math.max(most, Math.abs(value)), largest)
    gap = Math.max(gap, largestGap(d.subarray(i * step, i * step + room), want))
  }
  return gap / largest
}

describe.each(fast)('SIMD rows of $id with $params', (setting) => {
  it.each([1, 2, 5, 8, 13, 32, 65])('have the registry’s weights and gradients on causal rows up to %i', async (T) => {
    for (const spread of [0.01, 1, 6]) {
      const found = await both(setting, T, spread)
      expect(largestGap(found.y, found.Y)).toBeLessThanOrEqual(2e-7)
      expect(gradientGap(found)).toBeLessThanOrEqual(4e-6)
      // A sum over all rows of products of size up to `spread`.
      const moved = found.learns ? found.moved - found.wantMoved : 0
      expect(Math.abs(moved)).toBeLessThanOrEqual(4e-7 * T)
    }
  })

  it('stay finite for logits up to 1e4', async () => {
    const { y, d } = await both(setting, 16, 1e4)
    expect(y.every(Number.isFinite)).toBe(true)
    expect(d.every(Number.isFinite)).toBe(true)
  })
})

describe('SIMD rows', () => {
  it('give NaN for a NaN, so that a run that diverges is noticed', async () => {
    const { loops, put } = await openTestLoops()
    for (const setting of fast) {
      const { normalizer, params } = settingOf(setting)
      const shape = { T: 2, heads: 1, headWidth: 4, step: 8 }
      const [x, y] = [put(new Float32Array(16).fill(NaN)), put(new Float32Array(16))]
      wasmRows(loops, normalizer, params, shape).forward(x, y, 0, 0)
      expect([setting.id, y.some(Number.isNaN)]).toEqual([setting.id, true])
    }
  })

  it('are there for nine normalizers of the registry, entmax at 1.5 only; the rest run their own functions', () => {
    const ids = normalizers.filter((entry) => hasFastRows(entry, resolveParams(entry.id, entry.params, {})))
    expect(new Set(ids.map(({ id }) => id))).toEqual(new Set(fast.map(({ id }) => id)))
    const entmax = normalizerById('entmax')!
    expect(hasFastRows(entmax, { alpha: 1.25 })).toBe(false)
    expect(hasFastRows(normalizerById('softmax-n')!, { n: 0 })).toBe(false)
  })
})
