import { describe, expect, it } from 'vitest'
import {
  compareImages,
  imageResidual,
  layerMismatch,
  outputImage,
  recoverOutputLayer,
} from '../../../src/math/bottleneck/outputImage.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { addMultiple, logProbabilities } from '../../../src/math/bottleneck/views.ts'
import { mapEntries, rowOf, transpose, type Matrix } from '../../../src/math/linalg/matrix.ts'
import { multiply } from '../../../src/math/linalg/products.ts'
import { solve } from '../../../src/math/linalg/solve.ts'
import { golden, hidden, largestError, logits, weights } from './fixtures.ts'

interface Version {
  kind: string
  r: number | null
  residualMedian: number
  residualMax: number
  residualFirst5: number[]
  cosPrincipalAngles: number[]
  chordal: number
  rankUnion: number
  imageRankChange: number
}
const { V, d, n, versions } = golden<{ V: number; d: number; n: number; versions: Version[] }>('signature')

const base = 1000
const w = weights(base + 40, V, d)
const h = hidden(base + 41, n, d, 1.5)

/** The update that a version's kind names, as the golden file's recipe says. */
function outputsOf({ kind, r }: Version): Matrix {
  switch (kind) {
    case 'none':
      return logits(h, w)
    case 'hidden_or_system_prompt':
      return logits(addMultiple(h, portableNormals(base + 42, n, d), 0.8), w)
    case 'lora_output_layer': {
      const update = multiply(portableNormals(base + 43 + r!, V, r!), portableNormals(base + 53 + r!, r!, d))
      return logits(h, addMultiple(w, update, 0.15))
    }
    case 'full_finetune':
      return logits(h, addMultiple(w, portableNormals(base + 60, V, d), 0.02))
    case 'invertible_reparam': {
      const m = portableNormals(base + 61, d, d)
      // H M⁻ᵀ, row by row: M x = h.
      const rows = Array.from({ length: n }, (_, i) => solve(m, rowOf(h, i)))
      return logits({ rows: n, cols: d, values: Float64Array.from(rows.flatMap((row) => [...row])) }, multiply(w, m))
    }
    case 'vocab_rescale_temperature':
      return mapEntries(logits(h, w), (x) => x * 1.7)
    case 'other_model':
      return logits(hidden(base + 63, n, d, 1.5), weights(base + 62, V, d))
    default:
      throw new Error(`no recipe for ${kind}`)
  }
}

const original = outputImage(logProbabilities(logits(h, w)), d)

describe.each(versions)('a model after $kind $r', (version) => {
  const outputs = logProbabilities(outputsOf(version))
  const comparison = compareImages(original, outputImage(outputs, d))

  it('has the golden change of rank, angles and distance', () => {
    expect(comparison.rankTogether).toBe(version.rankUnion)
    expect(comparison.rankChange).toBe(version.imageRankChange)
    expect(largestError(comparison.cosines, version.cosPrincipalAngles)).toBeLessThan(1e-9)
    expect(Math.abs(comparison.chordalDistance - version.chordal)).toBeLessThan(1e-6)
  })

  it('has the golden residuals: 1e-8 relative, or 1e-12 where they are rounding', () => {
    const residuals = Array.from({ length: n }, (_, i) => imageResidual(original, rowOf(outputs, i)))
    const off = (value: number, expected: number) =>
      Math.min(Math.abs(value - expected), Math.abs(value / expected - 1) / 1e4)
    version.residualFirst5.forEach((expected, i) => expect(off(residuals[i]!, expected)).toBeLessThan(1e-12))
    expect(off(Math.max(...residuals), version.residualMax)).toBeLessThan(1e-12)
  })
})

describe('the output layer', () => {
  it('is recovered up to a linear map within 1e-12, and another model’s is not', () => {
    const recovered = recoverOutputLayer(original)
    expect(layerMismatch(w, recovered)).toBeLessThan(1e-12)
    expect(layerMismatch(weights(5, V, d), recovered)).toBeGreaterThan(0.9)
    expect(transpose(recovered).rows).toBe(d)
  })

  it('needs as many outputs as dimensions', () => {
    expect(() => outputImage(logits(hidden(1, 3, d, 1), w), d)).toThrow(
      'outputImage: 10 dimensions from a matrix of [3, 180]',
    )
  })
})
