import { expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { multiply } from '../../src/math/linalg/products.ts'
import { gaussians } from '../../src/math/random/gaussian.ts'
import { rng } from '../../src/math/random/rng.ts'
import { whatIsDone } from '../../src/panels/rank/firstLook.ts'

const random = (seed: number, rows: number, cols: number) => ({ rows, cols, values: gaussians(rng(seed), rows * cols) })

it('a large matrix of rank 20 is told so by a look on the GPU, before all its values are computed', async () => {
  const engine = createEngine()
  engine.choose('webgpu')
  const reports: string[] = []
  const context = {
    engine,
    signal: new AbortController().signal,
    progress: (_: number, doing: string) => void reports.push(doing),
    data: async () => null,
    file: async () => {
      throw new Error('there is no file')
    },
  }
  const matrix = multiply(random(1, 1300, 20), random(2, 20, 1300))
  expect(await whatIsDone(matrix, 'own.npy', 3, context)).toBe(
    'singular values of own.npy, 1300 × 1300; first look in float32 on SwiftShader (software): largest drop behind value 20',
  )
  expect(new Set(reports)).toEqual(new Set(['a first look on SwiftShader (software)']))
  engine.dispose()
})
