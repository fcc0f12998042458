import { DeviceLostError } from '../../engine/errors.ts'
import type { RungId } from '../../engine/contract.ts'
import { float64Engine, languageEngines, type LanguageEngine } from './engines.ts'
import type { HeadNormalizer } from './forward.ts'
import type { LanguageModel } from './model.ts'

/** What will run a text. */
export interface EngineChoice {
  readonly engine: LanguageEngine
  /** Why this one, in words. */
  readonly why: string
}

/** A text that is to run. */
export interface Task {
  readonly model: LanguageModel
  readonly ids: readonly number[]
  /** Every normalizer that some head will use. */
  readonly normalizers: readonly HeadNormalizer[]
  readonly signal: AbortSignal
}

/** Multiplications that float64 loops do in about half a second: below, digits are worth more, and nothing is measured. */
const short = 5e8

/** Of a whole run, about: every weight once a token, and the two products of attention. */
export function multiplications({ shape }: LanguageModel, tokens: number): number {
  const { layers, heads, headWidth, parameters } = shape
  return tokens * parameters + 2 * layers * heads * headWidth * tokens * tokens
}

/**
 * The engine that a person chose, or the fastest one; loops where it cannot be had or cannot run a normalizer, with the
 * reason.
 */
export async function chooseEngine(task: Task, choice: RungId | 'auto'): Promise<EngineChoice> {
  if (choice === 'auto') return fastest(task)
  const opened = await opening(choice, task)
  if ('reason' in opened)
    return {
      engine: await loopsFor(task),
      why: `${names[choice]}, which was chosen, cannot run this: ${opened.reason}`,
    }
  return { engine: opened, why: 'as chosen' }
}

/**
 * What runs a task whose engine has failed.
 * @throws the error itself, where it was not a device's
 */
export async function afterFailure(failed: LanguageEngine, error: unknown, task: Task): Promise<EngineChoice> {
  // tfjs must not be loaded for the sake of its error class: the name tells it apart.
  const devices = error instanceof DeviceLostError || (error instanceof Error && error.name === 'GpuError')
  if (failed.id !== 'webgpu' || !devices) throw error
  failed.dispose()
  return { engine: await loopsFor(task), why: `${failed.device} failed: ${error.message}` }
}

const names: Readonly<Record<RungId, string>> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'float64' }

/** An engine that will run the task, or why not. */
async function opening(id: RungId, { normalizers }: Task): Promise<LanguageEngine | { readonly reason: string }> {
  const opened = await languageEngines[id]()
  if ('reason' in opened) return opened
  const reason = opened.refuses(normalizers)
  if (reason === null) return opened
  opened.dispose()
  return { reason }
}

const isShort = ({ model, ids }: Task) => multiplications(model, ids.length) < short

/** The best of the loops: SIMD keeps its lead at any size, but a short text need not give up digits for it. */
async function loopsFor(task: Task): Promise<LanguageEngine> {
  if (isShort(task)) return float64Engine
  const wasm = await opening('wasm', task)
  return 'reason' in wasm ? float64Engine : wasm
}

async function fastest(task: Task): Promise<EngineChoice> {
  const loops = await loopsFor(task)
  if (isShort(task)) return { engine: loops, why: 'it is over before anything faster has begun' }
  const gpu = await opening('webgpu', task)
  if ('reason' in gpu) return { engine: loops, why: `no WebGPU: ${gpu.reason}` }
  if (gpu.software) {
    gpu.dispose()
    return { engine: loops, why: `WebGPU is ${gpu.device} here, which loses to loops` }
  }
  try {
    const [fast, slow] = [await layerTime(gpu, task, task.ids.length), await loopsTime(loops, task)]
    const why = `a layer takes ${spelled(fast)} ms on ${gpu.device}, ${spelled(slow)} ms by ${loops.device}`
    if (fast < slow) return { engine: gpu, why }
    gpu.dispose()
    return { engine: loops, why }
  } catch (error) {
    return afterFailure(gpu, error, task)
  }
}

const spelled = (milliseconds: number) => Number(milliseconds.toPrecision(2))

/** Tokens that loops are timed on; their time is nearly proportional to the number. */
const timedTokens = 16

async function loopsTime(engine: LanguageEngine, task: Task): Promise<number> {
  const tokens = Math.min(timedTokens, task.ids.length)
  return ((await layerTime(engine, task, tokens)) * task.ids.length) / tokens
}

/** Milliseconds of the first layer with a vocabulary of two; a first run, to compile and to read weights, does not count. */
async function layerTime(
  engine: LanguageEngine,
  { model, normalizers, signal }: Task,
  tokens: number,
): Promise<number> {
  const small = { ...model, shape: { ...model.shape, layers: 1, vocabulary: 2 } }
  const ids = Array<number>(tokens).fill(0)
  let milliseconds = NaN
  for (let round = 0; round < 2; round++) {
    const start = performance.now()
    await engine.forward(small, ids, { normalizerAt: () => normalizers[0]!, signal })
    milliseconds = performance.now() - start
  }
  return milliseconds
}
