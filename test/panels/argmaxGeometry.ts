import { readFileSync } from 'node:fs'
import { createEngine } from '../../src/engine/engine.ts'
import { bytesSource } from '../../src/models/readers/byteSource.ts'
import type { ComputeContext } from '../../src/panels/contract.ts'
import { compute } from '../../src/panels/argmaxGeometry/compute.ts'
import { defaults, type ArgmaxGeometryExperiment } from '../../src/panels/argmaxGeometry/experiment.ts'
import type { ArgmaxGeometryResult } from '../../src/panels/argmaxGeometry/result.ts'

export interface GoldenLayer {
  readonly name: string
  readonly V: number
  readonly d: number
  readonly seedW: number
  readonly seedB: number | null
  readonly bias: boolean | 'prevent' | null
  readonly normalised: boolean
  readonly unargmaxableNnls: readonly number[]
  readonly chebyshevRadius: readonly number[]
  readonly hullCounterClockwise?: readonly number[]
  readonly maxProb?: readonly { readonly token: number; readonly p: number }[]
}

export const golden = JSON.parse(readFileSync('test/fixtures/bottleneck/unargmax.json', 'utf8')) as {
  readonly cases: readonly GoldenLayer[]
  readonly sweep: readonly { readonly d: number; readonly count: number }[]
}

/** The experiment that makes a golden layer. */
export const experimentOf = ({
  V,
  d,
  seedW,
  seedB,
  bias,
  normalised,
}: GoldenLayer): Partial<ArgmaxGeometryExperiment> => ({
  vocabulary: V,
  d,
  seed: seedW,
  biasSeed: bias === true ? seedB : null,
  cure: normalised ? 'unit-norm' : bias === 'prevent' ? 'voronoi-bias' : 'none',
})

interface Options extends Partial<Pick<ComputeContext, 'signal' | 'progress'>> {
  /** What the files hold, by name. */
  readonly files?: Readonly<Record<string, Uint8Array>>
}

export const experiment = (patch: Partial<ArgmaxGeometryExperiment>): ArgmaxGeometryExperiment => ({
  ...defaults,
  ...patch,
})

/** Every result of a run, the last one final. */
export async function results(
  patch: Partial<ArgmaxGeometryExperiment>,
  { files = {}, signal = new AbortController().signal, progress = () => undefined }: Options = {},
): Promise<[ArgmaxGeometryResult, ...ArgmaxGeometryResult[]]> {
  const all: ArgmaxGeometryResult[] = []
  const file = async (name: string) => ({ name, source: bytesSource(files[name]!) })
  const context = { engine: createEngine(), signal, progress, data: async () => null, file }
  for await (const result of compute(experiment(patch), context)) all.push(result)
  const [first, ...rest] = all
  return [first!, ...rest]
}

export const lastResult = async (patch: Partial<ArgmaxGeometryExperiment>, options?: Options) =>
  (await results(patch, options)).at(-1)!
