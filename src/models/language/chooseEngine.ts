import { DeviceLostError } from '../../engine/errors.ts'
import type { RungId } from '../../engine/contract.ts'
import { float64Engine, languageEngines, type LanguageEngine, type LanguageEngineSource } from './engines.ts'
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

/** Where each engine comes from. */
type Sources = Readonly<Record<RungId, LanguageEngineSource>>

/** Multiplications that float64 loops do in some 0.1 s: below, digits are worth more, and nothing is measured. */
const short = 5e7

/** Of a whole run, about: every weight once a token, and the two products of attention. */
export function multiplications({ shape }: LanguageModel, tokens: number): number {
  const { layers, heads, headWidth, parameters } = shape
  return tokens * parameters + 2 * layers * heads * headWidth * tokens * tokens
}

/**
 * The engine that a person chose, or the fastest one, by measurement; loops where it cannot be had or cannot run a
 * normalizer, with the reason.
 * @param sources  default those of this machine
 */
export async function chooseEngine(
  task: Task,
  choice: RungId | 'auto',
  sources: Sources = languageEngines,
): Promise<EngineChoice> {
  if (choice === 'auto') return fastest(['webgpu', ...loops], task, sources)
  const opened = await opening(sources[choice], task)
  if (!('reason' in opened)) return { engine: opened, why: 'as chosen' }
  const { engine } = await fastest(loops, task, sources)
  return { engine, why: `${names[choice]}, which was chosen, cannot run this: ${opened.reason}` }
}

/**
 * What runs a task whose engine has failed.
 * @throws the error itself, where it was not a device's
 */
export async function afterFailure(failed: LanguageEngine, error: unknown, task: Task): Promise<EngineChoice> {
  const why = failureOf(failed, error)
  if (why === null) throw error
  failed.dispose()
  return { engine: (await fastest(loops, task, languageEngines)).engine, why }
}

/** How a device has failed; null for any other error. */
function failureOf({ id, device }: LanguageEngine, error: unknown): string | null {
  // tfjs must not be loaded for the sake of its error class: the name tells it apart.
  const ofDevice = error instanceof DeviceLostError || (error instanceof Error && error.name === 'GpuError')
  return id === 'webgpu' && ofDevice ? `${device} failed: ${error.message}` : null
}

const loops: readonly RungId[] = ['wasm', 'cpu']
const names: Readonly<Record<RungId, string>> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'float64' }

/** An engine that will run the task, or why not. */
async function opening(
  source: LanguageEngineSource,
  { normalizers }: Task,
): Promise<LanguageEngine | { readonly reason: string }> {
  const opened = await source()
  if ('reason' in opened) return opened
  const reason = opened.refuses(normalizers)
  if (reason === null) return opened
  opened.dispose()
  return { reason }
}

interface Timed {
  readonly engine: LanguageEngine
  readonly milliseconds: number
}

/** The one of these that takes least for a layer; float64 can always be had. */
async function fastest(among: readonly RungId[], task: Task, sources: Sources): Promise<EngineChoice> {
  if (multiplications(task.model, task.ids.length) < short)
    return { engine: float64Engine, why: 'too short a text to time engines on, and float64 keeps most digits' }
  const timed: Timed[] = []
  const absent: string[] = []
  try {
    for (const id of among) {
      const found = await timing(id, task, sources)
      if ('reason' in found) absent.push(found.reason)
      else timed.push(found)
    }
  } catch (error) {
    for (const { engine } of timed) engine.dispose()
    throw error
  }
  const [best, ...others] = timed.sort((a, b) => a.milliseconds - b.milliseconds)
  if (best === undefined) return { engine: float64Engine, why: absent.join('; ') }
  for (const { engine } of others) engine.dispose()
  const times = timed.map(({ engine, milliseconds }) => `${spelled(milliseconds)} ms with ${engine.device}`)
  return { engine: best.engine, why: [`a layer takes about ${times.join(' and ')}`, ...absent].join('; ') }
}

/** An engine and what it takes for a layer, or why it is none to choose. @throws what no device is to blame for: a stop */
async function timing(id: RungId, task: Task, sources: Sources): Promise<Timed | { readonly reason: string }> {
  const engine = await opening(sources[id], task)
  if ('reason' in engine) return { reason: `no ${names[id]}: ${engine.reason}` }
  if (engine.software) {
    engine.dispose()
    return { reason: `${names[id]} is ${engine.device} here, which loses to loops` }
  }
  try {
    return { engine, milliseconds: await layerTime(engine, task) }
  } catch (error) {
    engine.dispose()
    const reason = failureOf(engine, error)
    if (reason === null) throw error
    return { reason }
  }
}

const spelled = (milliseconds: number) => Number(milliseconds.toPrecision(2))

/** Multiplications of a layer that loops are timed on, and the fewest tokens that tell. */
const timedShare = 1e7
const fewestTimed = 16

/** Tokens to time an engine on: a device needs all of them to show what it can, loops only some. */
function timedTokens({ id }: LanguageEngine, { model, ids }: Task): number {
  const ofLayer = multiplications(model, ids.length) / model.shape.layers
  const enough = Math.max(fewestTimed, Math.floor((ids.length * timedShare) / ofLayer))
  return id === 'webgpu' ? ids.length : Math.min(ids.length, enough)
}

/** A first run, to compile and to read weights, does not count; of two others the quicker does, as the machine may be busy. */
const rounds = 3

/** Milliseconds that the first layer takes, with a vocabulary of two; of the whole text, from what a part of it takes. */
async function layerTime(engine: LanguageEngine, task: Task): Promise<number> {
  const { model, ids, normalizers, signal } = task
  const tokens = timedTokens(engine, task)
  const small = { ...model, shape: { ...model.shape, layers: 1, vocabulary: 2 } }
  const part = Array<number>(tokens).fill(0)
  let milliseconds = Infinity
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await engine.forward(small, part, { normalizerAt: () => normalizers[0]!, signal })
    if (round > 0) milliseconds = Math.min(milliseconds, performance.now() - start)
  }
  return (milliseconds * multiplications(model, ids.length)) / multiplications(model, tokens)
}
