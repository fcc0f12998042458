import type { OptimizerSettings, TransformerOptimizer } from './optimizers.ts'
import type { Transformer } from './Transformer.ts'

/** One model in training, a part of a batch at a time, so that whoever drives it can breathe in between. */
export class Trainer {
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

  /** Steps done. */
  get step(): number {
    return this.#step
  }

  /**
   * Adds the gradient of `count` sequences of a batch of `size`.
   * @param batch  tokens, [size, length + 1]
   */
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

  /** Moves the parameters. @returns the batch's mean loss before that, nats */
  move(): number {
    this.#step += 1
    this.#optimizer.move(this.model, this.#settings, this.#step)
    return this.#loss
  }
}

/** A whole step at once. @returns the batch's mean loss before it, nats */
export function trainStep(trainer: Trainer, batch: Int32Array, size: number): number {
  for (let from = 0; from < size; from += trainer.model.capacity)
    trainer.learn(batch, size, from, Math.min(trainer.model.capacity, size - from))
  return trainer.move()
}
