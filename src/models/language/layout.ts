import type { LanguageModel } from './model.ts'
import type { ExpectedTensors, TensorStore } from './tensorStore.ts'

/** What an architecture needs of its file, and the model that it makes of it. */
export interface Layout {
  readonly expected: ExpectedTensors
  readonly model: (store: TensorStore) => LanguageModel
}
