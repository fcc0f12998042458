import { describe, expect, it } from 'vitest'
import {
  compareImages,
  imageResidual,
  layerMismatch,
  outputImage,
  recoverOutputLayer,
} from '../../../src/math/bottleneck/outputImage.ts'
import { toyModel, updatedModel, type ModelUpdate, type ToyModel } from '../../../src/math/bottleneck/modelUpdates.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { logProbabilities } from '../../../src/math/bottleneck/views.ts'
import { fromRows, mapEntries, rowOf, transpose, type Matrix } from '../../../src/math/linalg/matrix.ts'
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
const model = toyModel(V, d, n, { weights: base + 40, hidden: base + 41 }, 1.5)
const { weights: w, hidden: h } = model

/** The golden file's recipe for an update that a panel offers; null for those that only a test makes. */
function updateOf({ kind, r }: Version): ModelUpdate | null {
  const recipes: Record<string, ModelUpdate> = {
    none: { kind: 'none' },
    hidden_or_system_prompt: { kind: 'hidden', seed: base + 42, scale: 0.8 },
    lora_output_layer: {
      kind: 'lora',
      rank: r ?? 0,
      seeds: { left: base + 43 + (r ?? 0), right: base + 53 + (r ?? 0) },
      scale: 0.15,
    },
    full_finetune: { kind: 'fine-tune', seed: base + 60, scale: 0.02 },
    other_model: { kind: 'other', seeds: { weights: base + 62, hidden: base + 63 }, hiddenScale: 1.5 },
  }
  return recipes[kind] ?? null
}

/** W → W M with H → H M⁻ᵀ, which changes nothing that can be seen. */
function reparametrised(): ToyModel {
  const m = portableNormals(base + 61, d, d)
  // H M⁻ᵀ, row by row: M x = h.
  const rows = Array.from({ length: n }, (_, i) => solve(m, rowOf(h, i)))
  return { weights: multiply(w, m), hidden: fromRows(rows) }
}

function outputsOf(version: Version): Matrix {
  const update = updateOf(version)
  if (update !== null) return outputs(updatedModel(model, update))
  if (version.kind === 'invertible_reparam') return outputs(reparametrised())
  // Any temperature: the image does not depend on it.
  return mapEntries(outputs(model), (x) => x * 1.7)
}

const outputs = (of: ToyModel): Matrix => logits(of.hidden, of.weights)

const original = outputImage(logProbabilities(logits(h, w)), d)

describe.each(versions)('a model after $kind $r', (version) => {
  const seen = logProbabilities(outputsOf(version))
  const comparison = compareImages(original, outputImage(seen, d))

  it('has the golden change of rank, angles and distance', () => {
    expect(comparison.rankTogether).toBe(version.rankUnion)
    expect(comparison.rankChange).toBe(version.imageRankChange)
    expect(largestError(comparison.cosines, version.cosPrincipalAngles)).toBeLessThan(1e-9)
    expect(Math.abs(comparison.chordalDistance - version.chordal)).toBeLessThan(1e-6)
  })

  it('has the golden residuals: 1e-8 relative, or 1e-12 where they are rounding', () => {
    const residuals = Array.from({ length: n }, (_, i) => imageResidual(original, rowOf(seen, i)))
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
