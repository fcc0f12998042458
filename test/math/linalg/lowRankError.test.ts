import { describe, expect, it } from 'vitest'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { lowRankError } from '../../../src/math/linalg/lowRankError.ts'
import { sliceRows, type Matrix } from '../../../src/math/linalg/matrix.ts'
import { norm, multiply, multiplyTransposed } from '../../../src/math/linalg/products.ts'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'
import { thinSvd } from '../../../src/math/linalg/thinSvd.ts'

const a = portableNormals(71, 30, 18)
const s = singularValues(a)
const { vt } = thinSvd(a)
/** ‖A − A BᵀB‖ for orthonormal rows B. */
const beyond = (b: Matrix) => {
  const kept = multiply(multiplyTransposed(a, b), b)
  return norm(a.values.map((x, i) => x - kept.values[i]!))
}

describe('lowRankError', () => {
  it('is what projection on the first r right vectors of another SVD leaves, for every r', () => {
    for (let r = 1; r <= 18; r++) {
      const { distance, share } = lowRankError(s, r)
      expect(Math.abs(distance - beyond(sliceRows(vt, 0, r)))).toBeLessThan(1e-12 * norm(a.values))
      expect(Math.abs(share - distance / norm(a.values))).toBeLessThan(1e-14)
    }
  })

  it('is less than what projection on other directions leaves', () => {
    const other = thinSvd(portableNormals(72, 18, 18)).vt
    for (const r of [1, 5, 12]) expect(lowRankError(s, r).distance).toBeLessThan(beyond(sliceRows(other, 0, r)))
  })

  it('of r = 0 is the whole, of all directions nothing, of (4, 3) behind none 5', () => {
    expect(lowRankError(Float64Array.of(4, 3), 0)).toEqual({ distance: 5, share: 1 })
    expect(lowRankError(Float64Array.of(4, 3), 1)).toEqual({ distance: 3, share: 0.6 })
    expect(lowRankError(Float64Array.of(4, 3), 2)).toEqual({ distance: 0, share: 0 })
    expect(lowRankError(Float64Array.of(0, 0), 1)).toEqual({ distance: 0, share: 0 })
  })

  it('neither overflows at 1e250 nor vanishes at 1e-250', () => {
    for (const by of [1e250, 1e-250]) {
      const { distance, share } = lowRankError(Float64Array.of(4 * by, 3 * by, 4 * by * 1e-3), 1)
      expect(distance / by).toBeCloseTo(Math.hypot(3, 0.004), 12)
      expect(share).toBeCloseTo(Math.hypot(3, 0.004) / Math.hypot(4, 3, 0.004), 12)
    }
  })
})
