import type { Normalizer } from './contract.ts'
import { softmaxNormalizer } from './softmax.ts'

/** Every variant, in the order menus and legends show them. */
export const normalizers: readonly Normalizer[] = [softmaxNormalizer]

/** The variant with this id, or undefined. */
export const normalizerById = (id: string): Normalizer | undefined => normalizers.find((entry) => entry.id === id)
