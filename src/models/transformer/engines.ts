import type { RungId } from '../../engine/contract.ts'
import type { TransformerConfig } from './config.ts'
import { openFloat64 } from './float64/openFloat64.ts'
import type { LiveModel } from './live.ts'
import type { OpenLoops } from './loops.ts'
import type { OptimizerSettings, TransformerOptimizer } from './optimizers.ts'
import { Trainer } from './Trainer.ts'
import { openTransformer } from './Transformer.ts'
import { openWasm } from './wasm/openWasm.ts'

/** All that a model in training starts from. */
export interface ModelSetup {
  readonly config: TransformerConfig
  /** Flat, as the layout says. */
  readonly parameters: Float64Array
  readonly optimizer: TransformerOptimizer
  readonly settings: OptimizerSettings
  /** Sequences of a batch. */
  readonly batch: number
}

export type EngineId = RungId

/** An engine that is ready; models opened on it live until it is disposed of. */
export interface OpenEngine {
  readonly id: EngineId
  /** What does the work, in words. */
  readonly device: string
  /** True for an emulated GPU. */
  readonly software: boolean
  /** Null, or why this model cannot run here. */
  refuses(config: TransformerConfig): string | null
  openModel(setup: ModelSetup): Promise<LiveModel>
  /** Device buffers that exist now. */
  buffers(): number
  dispose(): void
}

/** Opens an engine. @returns the reason instead, if it is not to be had here; never throws for that */
export type EngineSource = () => Promise<OpenEngine | { readonly reason: string }>

const loopEngine =
  (id: 'wasm' | 'cpu', openLoops: OpenLoops, operations: number): EngineSource =>
  async () => {
    const tried = await openLoops(8, 8)
    if ('reason' in tried) return tried
    return {
      id,
      device: tried.device,
      software: false,
      refuses: () => null,
      async openModel({ config, parameters, optimizer, settings, batch }) {
        const model = await openTransformer(config, openLoops, Math.min(batch, sequencesFor(config, operations)))
        if ('reason' in model) throw new Error(model.reason)
        model.shared.parameters.set(parameters)
        return new Trainer(model, optimizer, settings)
      },
      buffers: () => 0,
      dispose() {},
    }
  }

/** As many sequences as take about as many operations, and not more than 256 tokens, which still fit near caches. */
function sequencesFor({ length, width, layers, hidden, vocabulary }: TransformerConfig, operations: number): number {
  const products = layers * (4 * width * width + 2 * width * hidden + length * width) + width * vocabulary
  return Math.max(1, Math.min(Math.floor(operations / (6 * products * length)), Math.ceil(256 / length)))
}

/** Engines by id. The loops go in parts of about half a frame's work: 8 ms at 10 and at 1 operations a nanosecond. */
export const engineSources: Readonly<Record<EngineId, EngineSource>> = {
  wasm: loopEngine('wasm', openWasm, 8e7),
  cpu: loopEngine('cpu', openFloat64, 8e6),
  async webgpu() {
    // Asked again inside; here it keeps a place without it from loading tfjs, the heaviest thing there is.
    if (!(globalThis.navigator as Navigator | undefined)?.gpu) return { reason: 'there is no WebGPU here' }
    return (await import('./webgpu/openGpuEngine.ts')).openGpuEngine()
  },
}
