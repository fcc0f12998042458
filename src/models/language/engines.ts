import type { RungId } from '../../engine/contract.ts'
import { forward, type ForwardOptions, type HeadNormalizer, type Trace } from './forward.ts'
import type { LanguageModel } from './model.ts'
import { openWasmProject } from './wasm/project.ts'

/** A rung of the ladder that runs language models. */
export interface LanguageEngine {
  readonly id: RungId
  /** What does the work, in words. */
  readonly device: string
  /** True for an emulated GPU. */
  readonly software: boolean
  readonly precision: 'float32' | 'float64'
  /** Null, or why one of these normalizers cannot run here. */
  refuses(normalizers: Iterable<HeadNormalizer>): string | null
  /** @throws what `forward` throws; GpuError or DeviceLostError where a device fails */
  forward(model: LanguageModel, ids: readonly number[], options: ForwardOptions): Promise<Trace>
  dispose(): void
}

/** Opens an engine. @returns the reason instead, if it is not to be had here; never throws for that */
export type LanguageEngineSource = () => Promise<LanguageEngine | { readonly reason: string }>

/** Any normalizer runs in the loops: rows go through its float64 function. */
const loops = { software: false, refuses: () => null, dispose: () => undefined }

export const float64Engine: LanguageEngine = {
  ...loops,
  id: 'cpu',
  device: 'TypeScript float64',
  precision: 'float64',
  forward: (model, ids, options) => forward(model, ids, options),
}

export const languageEngines: Readonly<Record<RungId, LanguageEngineSource>> = {
  async webgpu() {
    // Asked again inside; here it keeps a place without it from loading tfjs, the heaviest thing there is.
    if (!(globalThis.navigator as Navigator | undefined)?.gpu) return { reason: 'there is no WebGPU here' }
    return (await import('./webgpu/openGpuForward.ts')).openGpuForward()
  },
  async wasm() {
    const project = await openWasmProject()
    if ('reason' in project) return project
    return {
      ...loops,
      id: 'wasm',
      device: 'WebAssembly SIMD, float32',
      precision: 'float32',
      forward: (model, ids, options) => forward(model, ids, options, project),
    }
  },
  cpu: () => Promise.resolve(float64Engine),
}
