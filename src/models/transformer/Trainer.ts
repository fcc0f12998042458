import type { Activations, LiveModel } from './live.ts'
import type { Values } from './loops.ts'
import type { OptimizerSettings, TransformerOptimizer } from './optimizers.ts'
import type { Transformer } from './Transformer.ts'

/** A model in training by loops, in the caller's own thread. */
export class Trainer implements LiveModel {
  readonly model: Transformer
  readonly #optimizer: TransformerOptimizer
  readonly #settings: OptimizerSettings
  #step = 0
  #loss = 0

  constructor(model: Transformer, optimizer: TransformerOptimizer, settings: OptimizerSettings) {
    this.model = model
    this.#optimizer = optimizer
    this.#settings = settings
  }

  get capacity(): number {
    return this.model.capacity
  }

  learn(batch: Int32Array, size: number, from: number, count: number): void {
    const { model } = this
    const share = 1 / (size * model.config.length)
    if (from === 0) {
      model.shared.gradient.fill(0)
      this.#loss = 0
    }
    model.load(batch, from, count)
    model.forward(count)
    model.loss(count, share)
    for (let i = 0; i < count * model.config.length; i++) this.#loss += model.shared.losses[i]! * share
    model.backward(count)
  }

  move(): number {
    this.#step += 1
    this.#optimizer.move(this.model, this.#settings, this.#step)
    return this.#loss
  }

  evaluate(batch: Int32Array, from: number, count: number): Promise<Activations> {
    const { model } = this
    const { config, shape, tokens, shared, layers } = model
    model.load(batch, from, count)
    model.forward(count)
    model.loss(count, 1)
    return Promise.resolve({ config, shape, tokens, losses: shared.losses, last: shared.last, layers })
  }

  parameters(): Promise<Values> {
    return Promise.resolve(this.model.shared.parameters.slice())
  }

  settled(): Promise<void> {
    return Promise.resolve()
  }

  /** Its memory is the language's own. */
  dispose(): void {}
}

/** A whole step at once. @returns the batch's mean loss before it, nats */
export function trainStep(trainer: Trainer, batch: Int32Array, size: number): number {
  for (let from = 0; from < size; from += trainer.capacity)
    trainer.learn(batch, size, from, Math.min(trainer.capacity, size - from))
  return trainer.move()
}
