import { createEngine } from '../../src/engine/engine.ts'
import { bytesSource } from '../../src/models/readers/byteSource.ts'
import type { ComputeContext } from '../../src/panels/contract.ts'
import { compute } from '../../src/panels/rank/compute.ts'
import { defaults, type RankExperiment } from '../../src/panels/rank/experiment.ts'
import type { RankResult } from '../../src/panels/rank/result.ts'

interface Options extends Partial<Pick<ComputeContext, 'signal' | 'progress'>> {
  /** What the files hold, by name. */
  readonly files?: Readonly<Record<string, Uint8Array>>
}

/** The rank panel on a matrix that somebody brought, as it is. */
export async function rankOf(
  patch: Partial<RankExperiment>,
  { files = {}, signal = new AbortController().signal, progress = () => undefined }: Options = {},
): Promise<RankResult> {
  const file = async (name: string) => ({ name, source: bytesSource(files[name]!) })
  const context = { engine: createEngine(), signal, progress, data: async () => null, file }
  let last: RankResult | null = null
  for await (const result of compute({ ...defaults, view: 'logits', ...patch }, context)) last = result
  if (last === null) throw new Error('no result')
  return last
}

/** Columns of the discrete cosine transform: an orthonormal basis in closed form. */
const cosine = (n: number, row: number, column: number): number =>
  Math.sqrt((column === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (row + 0.5) * column) / n)

/** Rows of C diag(s) C'ᵀ, whose singular values are s and zeros, whatever computes them. */
export function withSpectrum(rows: number, cols: number, s: readonly number[]): number[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: cols }, (__, c) =>
      s.reduce((sum, value, k) => sum + value * cosine(rows, r, k) * cosine(cols, c, k), 0),
    ),
  )
}

/** The bits of the half precision number next to each, towards zero; below 2⁻¹⁴ zero. */
export const halves = (values: readonly number[]): Uint16Array =>
  Uint16Array.from(values, (x) => {
    const exponent = Math.floor(Math.log2(Math.abs(x)))
    if (exponent < -14) return 0
    const fraction = Math.floor((Math.abs(x) / 2 ** exponent - 1) * 1024)
    return (x < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction
  })
