import type { RowOp } from './webgpu/rowOp.ts'
import { softmaxOp } from './webgpu/softmax.wgsl.ts'

/** Every normalizer that has a kernel. Loads no tfjs: ask here before `openWebGpu`. */
export const rowOps: readonly RowOp[] = [softmaxOp]

/** The kernel of a normalizer, or undefined. */
export const rowOpOf = (normalizer: string): RowOp | undefined => rowOps.find(({ id }) => id === normalizer)

/** True if this normalizer runs on the GPU; forward and VJP come together. */
export const hasKernel = (normalizer: string): boolean => rowOpOf(normalizer) !== undefined
