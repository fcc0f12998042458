import type { ParamValues } from '../math/normalizers/params.ts'

/** A step of the ladder, from the top: where long work can run. Models in training and language models have rungs of the same names. */
export type RungId = 'webgpu' | 'wasm' | 'cpu'

/** Many rows through one normalizer. */
export interface RowsJob {
  readonly kind: 'forward' | 'vjp'
  /** Id in the normalizer registry. */
  readonly normalizer: string
  readonly params: ParamValues
  readonly rows: number
  readonly cols: number
  /** Logits, shape [rows, cols], row-major. */
  readonly x: Float32Array | Float64Array
  /** 1 keeps an entry, 0 drops it; shape [rows, cols]. */
  readonly mask?: Uint8Array
  /** Shape [rows, cols]; required for a vjp. */
  readonly cotangent?: Float32Array | Float64Array
}

export interface RowsResult {
  /** Weights or Jᵀc, shape [rows, cols]. */
  readonly y: Float32Array | Float64Array
  readonly rung: RungId
  readonly precision: 'float32' | 'float64'
  /** What did the work, in words: `SwiftShader (software)`, `TypeScript float64`. */
  readonly device: string
  /** Wall time of the work itself, without queueing; milliseconds. */
  readonly milliseconds: number
  /** Device time of the kernels alone, where the device can tell; milliseconds. */
  readonly kernelMilliseconds?: number
}

/** One rung, probed and ready. A rung that cannot run is never made: its factory resolves to a reason instead. */
export interface Rung {
  readonly id: RungId
  readonly device: string
  readonly precision: 'float32' | 'float64'
  /** True for an emulated GPU: it loses to the CPU and is never chosen by itself. */
  readonly software: boolean
  /** Null, or why this rung cannot do this job (no kernel for the normalizer, too large for the device). */
  refuses(job: RowsJob): string | null
  rows(job: RowsJob, options: JobOptions): Promise<RowsResult>
  /** Device buffers held now; a finished job leaves none behind. */
  buffers(): number
  /** Resolves to the reason when the device is lost; null where there is none to lose. */
  readonly lost: Promise<string> | null
  /** Gives the device back. Not called after a loss. */
  dispose(): void
}

/** Why a rung cannot be opened here, in words that a reader understands. */
export interface Unavailable {
  readonly unavailable: string
}

/** Opens a rung when it is first needed, and again after a loss. */
export interface RungSource {
  readonly id: RungId
  readonly open: () => Promise<Rung | Unavailable>
}

export interface JobOptions {
  readonly signal?: AbortSignal
  /** @param fraction  0 to 1 */
  readonly onProgress?: (fraction: number) => void
}

export interface RungStatus {
  readonly id: RungId
  /** `idle`: not probed yet, since nothing asked for it. */
  readonly state: 'idle' | 'probing' | 'ready' | 'unavailable' | 'lost'
  readonly device: string | null
  readonly software: boolean
  /** Why it is unavailable, was lost, or was not chosen; null when there is nothing to say. */
  readonly reason: string | null
  /** Measured nanoseconds an entry on the probe job; null before the probe. */
  readonly nanosecondsPerEntry: number | null
}

export interface EngineStatus {
  /** What the person chose; `auto` lets the measurement decide. */
  readonly choice: RungId | 'auto'
  /**
   * The rung that runs the next job under that choice. Under `auto`, a job of fewer than 65,536 entries runs on the
   * CPU all the same: it is over before a GPU has begun.
   */
  readonly running: RungId
  readonly rungs: readonly RungStatus[]
}

/** What panels, the page and the command line hold; in the page a worker stands behind it. */
export interface Engine {
  status(): EngineStatus
  subscribe(listener: () => void): () => void
  choose(choice: RungId | 'auto'): void
  /**
   * Runs a job on the running rung, or on the one named; falls back and reruns when a device is lost or out of memory.
   * @throws the reason, if a rung was named and refuses; AbortError if the signal fires or a newer job takes over;
   *         ShapeError or DomainError if the job itself is wrong
   */
  rows(job: RowsJob, options?: RowsOptions): Promise<RowsResult>
}

export interface RowsOptions extends JobOptions {
  readonly rung?: RungId
  /** Of the jobs under one key only the newest lives: starting it ends the older one with an AbortError. */
  readonly newest?: string
}
