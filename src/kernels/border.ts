import { DomainError, ShapeError } from '../math/errors.ts'
import { DROPPED, KEPT_ABOVE } from './webgpu/rowText.ts'

/** Rows as a caller has them. */
export interface Rows {
  readonly rows: number
  readonly cols: number
  /** Shape [rows, cols], row-major. */
  readonly x: Float32Array | Float64Array
  /** 1 keeps an entry, 0 drops it; shape [rows, cols]. */
  readonly mask?: Uint8Array
  /** Shape [rows, cols]. */
  readonly cotangent?: Float32Array | Float64Array
}

/** Rows as a kernel wants them: float32, finite, dropped entries marked. */
export interface EncodedRows {
  readonly x: Float32Array<ArrayBuffer>
  readonly cotangent: Float32Array<ArrayBuffer> | null
  /** Rows of this slice that a NaN or an infinity has spoilt: their results are NaN, whatever a kernel makes of them. */
  readonly poisoned: readonly number[]
}

/** @throws ShapeError if an array's length is not rows × cols */
export function checkRows({ rows, cols, x, mask, cotangent }: Rows): void {
  const size = rows * cols
  for (const [name, array] of Object.entries({ x, mask, cotangent }))
    if (array && array.length !== size)
      throw new ShapeError(`kernel: ${name} has ${array.length} entries; [${rows}, ${cols}] has ${size}`)
}

/**
 * Rows `from` to `to` as float32. WGSL promises nothing for NaN and infinities, so none is sent: −∞ and masked entries
 * are marked as dropped, and a row with a kept NaN or +∞, or with a kept cotangent that is not finite, is set aside.
 * @throws DomainError if a finite value does not fit: logits must be below 9e19 in size, cotangents below 3.4e38
 */
export function encodeRows({ cols, x, mask, cotangent }: Rows, from: number, to: number): EncodedRows {
  const size = (to - from) * cols
  const out = new Float32Array(size)
  const c = cotangent ? new Float32Array(size) : null
  const poisoned: number[] = []
  for (let r = 0; r < to - from; r++) {
    let spoilt = false
    for (let i = r * cols; i < (r + 1) * cols; i++) {
      const at = from * cols + i
      const value = x[at]!
      if ((mask && !mask[at]) || value === -Infinity) {
        out[i] = DROPPED
        continue
      }
      if (Math.abs(value) < -KEPT_ABOVE) out[i] = value
      else if (Number.isFinite(value)) throw tooLarge('logit', at, value, -KEPT_ABOVE)
      else spoilt = true
      if (!c) continue
      const slope = (c[i] = cotangent![at]!)
      if (Number.isFinite(slope)) continue
      if (Number.isFinite(cotangent![at]!)) throw tooLarge('cotangent', at, cotangent![at]!, 3.4e38)
      c[i] = 0
      spoilt = true
    }
    if (spoilt) poisoned.push(r)
  }
  return { x: out, cotangent: c, poisoned }
}

const tooLarge = (what: string, at: number, value: number, limit: number) =>
  new DomainError(`kernel: ${what} ${at} is ${value}; float32 kernels take sizes below ${limit}`)
