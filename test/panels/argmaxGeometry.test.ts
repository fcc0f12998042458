import { describe, expect, it } from 'vitest'
import { describe as inWords } from '../../src/panels/argmaxGeometry/describe.ts'
import { tokenInView } from '../../src/panels/argmaxGeometry/inView.ts'
import { argmaxGeometryPanel } from '../../src/panels/argmaxGeometry/index.ts'
import { createExperimentStore } from '../../src/panels/experimentStore.ts'
import { openExperiment, salvageExperiment } from '../../src/panels/openExperiment.ts'
import { experiment, experimentOf, golden, lastResult, results } from './argmaxGeometry.ts'

const square = [
  [1, 1],
  [-1, 1],
  [-1, -1],
  [1, -1],
  [0, 0],
]

describe.each(golden.cases)('the panel on the golden layer $name', (layer) => {
  it('finds its tokens that can never win, ceilings and radii, with certificates that hold', async () => {
    const result = await lastResult(experimentOf(layer))
    expect(result.unargmaxable).toEqual(layer.unargmaxableNnls)
    expect([result.undecided, result.tested]).toEqual([[], layer.V])
    for (const { token, p } of layer.maxProb ?? []) expect(Math.abs(result.ceiling[token]! / p - 1)).toBeLessThan(1e-6)
    const W = result.W!
    const z = (h: readonly number[], t: number) =>
      h.reduce((sum, x, k) => sum + x * W[t * layer.d + k]!, result.b?.[t] ?? 0)
    const tokens = Array.from({ length: layer.V }, (_, t) => t)
    const losers = new Set(layer.unargmaxableNnls)
    for (const token of tokens.filter((t) => !losers.has(t))) {
      const h = result.winsAt[token]!
      expect(tokens.filter((t) => t !== token && z(h, t) >= z(h, token))).toEqual([])
    }
    for (const token of losers) {
      const weights = result.weights[token]!
      const average = (of: (t: number) => number) =>
        result.enclosedBy[token]!.reduce((sum, t, k) => sum + weights[k]! * of(t), 0)
      expect(Math.abs(average(() => 1) - 1)).toBeLessThan(1e-12)
      for (let k = 0; k < layer.d; k++)
        expect(Math.abs(average((t) => W[t * layer.d + k]!) - W[token * layer.d + k]!)).toBeLessThan(1e-12)
      expect(average((t) => result.b?.[t] ?? 0)).toBeGreaterThan((result.b?.[token] ?? 0) - 1e-12)
    }
  })
})

describe('the argmax-geometry panel', () => {
  it('counts 188, 174, 150, 91, 32, 3, 0, 0 of 200 tokens at d = 2 to 24, as the golden file does', async () => {
    const { shareByD, values } = await lastResult({})
    expect(shareByD.map(({ d, count }) => [d, count])).toEqual(golden.sweep.map(({ d, count }) => [d, count]))
    expect(shareByD.map(({ count }) => count)).toEqual([188, 174, 150, 91, 32, 3, 0, 0])
    expect(values['lost']).toMatchObject({ d2: 188, d16: 0 })
  })

  it('loses 12 of 20 by default, and none by either cure', async () => {
    expect((await lastResult({})).values).toMatchObject({
      unargmaxable: 12,
      tokens: 20,
      d: 2,
      share: 0.6,
      undecided: 0,
    })
    for (const cure of ['unit-norm', 'voronoi-bias'] as const)
      for (const { vocabulary, d, seed } of [experiment({}), experiment({ vocabulary: 60, seed: 1102 })])
        expect((await lastResult({ vocabulary, d, seed, cure })).unargmaxable).toEqual([])
  })

  it('draws the golden hull of 20 tokens counter-clockwise, and cells that fill the square', async () => {
    const { hull, cells, reach } = await lastResult({})
    const turn = golden.cases.find(({ name }) => name === '2d_small')!.hullCounterClockwise!
    const at = hull.indexOf(turn[0]!)
    expect([...hull.slice(at), ...hull.slice(0, at)]).toEqual(turn)
    expect(cells.map(({ token }) => token).toSorted((a, b) => a - b)).toEqual(turn.toSorted((a, b) => a - b))
    const area = cells.reduce((sum, { corners }) => {
      const twice = corners.reduce((each, [x, y], k) => {
        const [nextX, nextY] = corners[(k + 1) % corners.length]!
        return each + x * nextY - nextX * y
      }, 0)
      return sum + twice / 2
    }, 0)
    expect(area).toBeCloseTo(4 * reach * reach, 9)
  })

  it('gives the golden radius in the box of 100, and twice that in the box of 200, as cones grow with it', async () => {
    const layer = golden.cases.find(({ name }) => name === '2d_small')!
    const result = await lastResult({})
    const radius = (box: number) => tokenInView({ token: 5, box }, result).radius!
    expect(Math.abs(radius(100) / layer.chebyshevRadius[5]! - 1)).toBeLessThan(1e-6)
    expect(Math.abs(radius(200) / radius(100) - 2)).toBeLessThan(1e-6)
  })

  it('says that token 57 of the golden 4d_bias wins only beyond the box of 100', async () => {
    const result = await lastResult({ vocabulary: 100, d: 4, seed: 1109, biasSeed: 1209 })
    const at = (box: number) => tokenInView({ token: 57, box }, result)
    expect(at(100).verdict).toBe('can win')
    expect([at(100).radius! < 0, at(1000).radius! > 0]).toEqual([true, true])
  })

  it('of a square and its centre names who encloses the centre, which gets at most a fifth', async () => {
    const result = await lastResult({ W: square, names: ['a', 'b', 'c', 'd', 'middle'] })
    expect(result.sentence).toContain('Of 5 tokens in 2 dimensions 1 can never win, whatever the hidden state: middle.')
    expect(result.sentence).toContain('gets at most 20.0 %')
    // Exactly 1/5, at h = 0: the square is symmetric.
    expect(result.ceiling[4]).toBeCloseTo(0.2, 12)
    expect(result.values).toMatchObject({ token: 'middle', verdict: 'can never win' })
  })

  it('says who wins at a chosen state, with the probability of two logits 1 and 0', async () => {
    const W = [[1], [0]]
    const { values, sentence } = await lastResult({ W, token: 1, h: [1] })
    expect(values).toMatchObject({ winner: '0', probability: expect.closeTo(1 / (1 + Math.E), 14) as number })
    expect(sentence).toContain('At the chosen hidden state 0 wins, with 73.1 %.')
    expect((await lastResult({ W, h: [0] })).sentence).toContain('0 and 1 tie: nobody wins alone')
  })

  it('says that tokens with the same row tie, and which they are', async () => {
    const { sentence, repeats, unargmaxable } = await lastResult({ W: [...square.slice(0, 4), [1, 1]] })
    expect(repeats).toEqual([[0, 4]])
    expect(unargmaxable).toEqual([0, 4])
    expect(sentence).toContain('Tokens 0 and 4 have the same row: they tie')
  })

  it('rewords without a run what it would have said after one', async () => {
    const result = await lastResult({})
    for (const patch of [{ token: 5 }, { h: [0.5, -1] }, { box: 7, token: 0 }, { names: ['zero', 'one'] }])
      expect(inWords(experiment(patch), result)).toEqual({
        sentence: (await lastResult(patch)).sentence,
        values: (await lastResult(patch)).values,
      })
  })

  it('refuses bad layers in words: one row, NaN, ragged rows, too few biases, a state of another length', () => {
    const problems = (fields: Record<string, unknown>) => {
      const opened = openExperiment(argmaxGeometryPanel, fields, 1)
      return 'problems' in opened ? opened.problems.join(' ') : ''
    }
    expect(problems({ W: [[1, 2]] })).toContain('W has 1 row; a token needs others to win against')
    expect(
      problems({
        W: [
          [1, 2],
          [NaN, 1],
        ],
      }),
    ).toMatch(/W\.1\.0: an entry of W must be/)
    expect(problems({ W: [[1, 2], [1]] })).toContain('row 1 of W has 1 entry, but row 0 has 2')
    expect(problems({ W: square, b: [1, 2] })).toContain('b has 2 biases for 5 tokens; give one a token')
    expect(problems({ W: square, h: [1] })).toContain('h has 1 entry; it must have 2, as a row of the layer')
    expect(problems({ vocabulary: 50_000, d: 4096 })).toContain('may be at most 40,000,000')
  })

  it('has no token beyond the last: of a saved layer that field alone is lost', () => {
    const saved = { W: square, names: ['a', 'b', 'c', 'd', 'e'], token: 5 }
    const word = 'token: there is no token 5; the 5 tokens are numbered from 0 to 4.'
    expect(openExperiment(argmaxGeometryPanel, saved, 1)).toEqual({ problems: [word] })
    expect(salvageExperiment(argmaxGeometryPanel, saved, 1)).toEqual({
      experiment: experiment({ W: square, names: saved.names }),
      dropped: [word],
    })
    expect(openExperiment(argmaxGeometryPanel, { ...saved, token: 4 }, 1)).not.toHaveProperty('problems')
  })

  it('takes no vocabulary without the token that is looked at, and keeps what there was', () => {
    const store = createExperimentStore(argmaxGeometryPanel.schema, { ...experiment({ token: 15 }) })
    store.edit({ vocabulary: 10 })
    expect(store.getState()).toMatchObject({ experiment: { vocabulary: 20, token: 15 } })
    expect(store.getState().refused).toContain('there is no token 15; the 10 tokens are numbered from 0 to 9')
  })
})

describe('a whole matrix from a file', () => {
  const text = (rows: number[][]) => new TextEncoder().encode(rows.map((row) => row.join(',')).join('\n'))
  const cube = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => [k & 1, (k >> 1) & 1, (k >> 2) & 1].map((bit) => 2 * bit - 1))

  it('is tested: of a cube in five columns with its centre the centre alone can never win', async () => {
    const rows = [...cube, [0, 0, 0]].map((row) => [...row, 0, 0])
    const result = await lastResult({ file: 'cube.csv' }, { files: { 'cube.csv': text(rows) } })
    expect(result.unargmaxable).toEqual([8])
    expect(result.title).toContain('cube.csv')
    expect(result.decided).toMatchObject({ ownRow: 8, enclosed: 1 })
    expect(result.arrays?.['winsAt']?.shape).toEqual([9, 5])
  })

  it('says that a token does not exist, whose number the file has no row for', async () => {
    const { sentence, values } = await lastResult(
      { file: 'cube.csv', token: 9 },
      { files: { 'cube.csv': text([...cube, [0, 0, 0]]) } },
    )
    expect(sentence).toContain('There is no token 9: they are numbered from 0 to 8. Token 8 lies among')
    expect(values['token']).toBe('8')
  })

  it('is refused in words: NaN by its place, one row', async () => {
    const of = (content: string) =>
      lastResult({ file: 'bad.csv' }, { files: { 'bad.csv': new TextEncoder().encode(content) } })
    await expect(of('1,2\n3,nan\n')).rejects.toThrow(/bad\.csv/)
    await expect(of('1,2\n')).rejects.toThrow(/one row/)
  })

  it('gives partial results of what is tested so far, tells of its progress, and stops', async () => {
    const told: string[] = []
    const large = { vocabulary: 6000, d: 24, seed: 3, shareVocabulary: 2 }
    const all = await results(large, { progress: (_, doing) => told.push(doing) })
    const tested = all.map((result) => result.tested)
    expect(tested[0]!).toBeLessThan(6000)
    expect(tested).toEqual(tested.toSorted((a, b) => a - b))
    expect(told.some((doing) => /^testing token \d+ of 6000$/.test(doing))).toBe(true)
    expect(all[0].sentence).toContain(`Of the first ${tested[0]!.toLocaleString('en-US')} tokens`)
    const words: string[] = []
    await expect(
      results(
        { vocabulary: 50_000, d: 300 },
        {
          signal: AbortSignal.abort(),
          progress: (_, doing) => words.push(doing),
        },
      ),
    ).rejects.toThrow(/abort/i)
    expect(words).toEqual(['making 50,000 random rows'])
    const controller = new AbortController()
    const start = performance.now()
    setTimeout(() => controller.abort(), 30)
    await expect(results(large, { signal: controller.signal })).rejects.toThrow(/abort/i)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
