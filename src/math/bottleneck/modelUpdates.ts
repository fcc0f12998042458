import type { Matrix } from '../linalg/matrix.ts'
import { multiply } from '../linalg/products.ts'
import { portableNormals } from './portableNormals.ts'
import { addMultiple } from './views.ts'

/** An output layer and the hidden states of some prompts. */
export interface ToyModel {
  /** W, shape [V, d]. */
  readonly weights: Matrix
  /** H, shape [n, d]. */
  readonly hidden: Matrix
}

/** W = normals / √d, H = normals · hiddenScale, the same on every machine. */
export function toyModel(
  vocabulary: number,
  dimension: number,
  prompts: number,
  seeds: { readonly weights: number; readonly hidden: number },
  hiddenScale: number,
): ToyModel {
  return {
    weights: portableNormals(seeds.weights, vocabulary, dimension, 1 / Math.sqrt(dimension)),
    hidden: portableNormals(seeds.hidden, prompts, dimension, hiddenScale),
  }
}

/** What may have happened to a model between two visits. */
export type ModelUpdate =
  | { readonly kind: 'none' }
  /** Another system prompt, or any tuning below the output layer: only hidden states change. */
  | { readonly kind: 'hidden'; readonly seed: number; readonly scale: number }
  /** W + scale · A B, A of shape [V, rank] and B of shape [rank, d]. */
  | {
      readonly kind: 'lora'
      readonly rank: number
      readonly seeds: { readonly left: number; readonly right: number }
      readonly scale: number
    }
  /** Every weight of the output layer moves. */
  | { readonly kind: 'fine-tune'; readonly seed: number; readonly scale: number }
  /** Another model of the same size. */
  | {
      readonly kind: 'other'
      readonly seeds: { readonly weights: number; readonly hidden: number }
      readonly hiddenScale: number
    }

/**
 * The model after an update. The image of its outputs changes by nothing for `none` and `hidden`, by the lower of
 * `rank` and d dimensions for `lora`, by up to d for the others.
 */
export function updatedModel(model: ToyModel, update: ModelUpdate): ToyModel {
  const { weights, hidden } = model
  const [vocabulary, dimension] = [weights.rows, weights.cols]
  switch (update.kind) {
    case 'none':
      return model
    case 'hidden': {
      const shift = portableNormals(update.seed, hidden.rows, dimension)
      return { weights, hidden: addMultiple(hidden, shift, update.scale) }
    }
    case 'lora': {
      const left = portableNormals(update.seeds.left, vocabulary, update.rank)
      const right = portableNormals(update.seeds.right, update.rank, dimension)
      return { weights: addMultiple(weights, multiply(left, right), update.scale), hidden }
    }
    case 'fine-tune': {
      const change = portableNormals(update.seed, vocabulary, dimension)
      return { weights: addMultiple(weights, change, update.scale), hidden }
    }
    case 'other':
      return toyModel(vocabulary, dimension, hidden.rows, update.seeds, update.hiddenScale)
  }
}
