import { describe, expect, it } from 'vitest'
import { softwarePlans } from '../../src/kernels/webgpu/autotune.ts'
import { normalizerById } from '../../src/math/normalizers/index.ts'
import { resolveParams } from '../../src/math/normalizers/params.ts'
import { lcg32 } from '../../src/math/random/lcg32.ts'
import { useGpu } from '../support/gpu.ts'
import { runKernel } from './compare.ts'

type Row =
  readonly (number | string)[] | { readonly seed: number; readonly n: number; readonly lo: number; readonly hi: number }
type Answer = readonly (number | string)[] | { readonly idx: readonly number[]; readonly val: readonly number[] }

interface Case {
  readonly id: string
  readonly params: Readonly<Record<string, number | string>>
  readonly x: Row
  readonly mask?: readonly boolean[]
  readonly cotangent: Row
  readonly y: Answer
  readonly vjp: Answer
  /** How far a float32 implementation may be, absolute; null where float32 cannot tell. */
  readonly tol_f32?: { readonly y: number | null; readonly vjp: number | null }
}

const read = import.meta.glob<{ cases: readonly Case[] }>('../fixtures/normalizers/*.json', { import: 'default' })
const files = {
  softmax: 'softmax',
  log_softmax: 'log-softmax',
  sparsemax: 'sparsemax',
  entmax15: 'entmax',
  entmax_alpha: 'entmax',
  softpick: 'softpick',
  ssmax: 'ssmax',
  softmax_n: 'softmax-n',
  sink_softmax: 'sink',
  sigmoid_attention: 'sigmoid',
  relu_norm: 'relu-norm',
  topk_softmax: 'top-k',
} as const

const gpu = useGpu()
const plan = softwarePlans[0]!

/** Float32, as a kernel is given it; words for infinities become numbers. */
const rowOf = (row: Row) =>
  Float32Array.from('seed' in row ? lcg32(row.seed, row.n, row.lo, row.hi) : row.map((value) => Number(value)))

describe.each(Object.entries(files))('golden file %s', (file, id) => {
  it(`every case of ${id} is within the file's float32 tolerance, forward and vjp`, async () => {
    const { cases } = await read[`../fixtures/normalizers/${file}.json`]!()
    const wrong: string[] = []
    let compared = 0
    for (const each of cases) {
      const x = rowOf(each.x)
      // Which of several equal logits is among the k largest is for float64 to say: these differ by 1e-9.
      if (id === 'top-k' && each.id.startsWith('tiny_diff')) continue
      const specs = normalizerById(id)?.params ?? {}
      const run = {
        id,
        params: resolveParams(id, specs, each.params),
        plan,
        rows: 1,
        cols: x.length,
        x,
        cotangent: rowOf(each.cotangent),
        ...(each.mask && { mask: Uint8Array.from(each.mask, Number) }),
      }
      for (const [direction, key] of [
        ['forward', 'y'],
        ['vjp', 'vjp'],
      ] as const) {
        const tolerance = each.tol_f32?.[key]
        if (typeof tolerance !== 'number') continue
        const got = await runKernel(gpu().backend, { ...run, direction })
        const want = each[key]
        const [at, values] = 'idx' in want ? [want.idx, want.val] : [[...want.keys()], want]
        compared++
        values.forEach((value, i) => {
          const error = Math.abs(got[at[i]!]! - Number(value))
          if (!(error <= tolerance)) wrong.push(`${each.id} ${key}[${at[i]}]: ${error} off, ${tolerance} allowed`)
        })
      }
    }
    expect(wrong).toEqual([])
    expect(compared).toBeGreaterThan(cases.length)
  })
})
