import type { RowOp } from './webgpu/rowOp.ts'
import { softmaxOp } from './webgpu/softmax.wgsl.ts'
import { logSoftmaxOp } from './webgpu/logSoftmax.wgsl.ts'
import { sparsemaxOp } from './webgpu/sparsemax.wgsl.ts'
import { entmaxOp } from './webgpu/entmax.wgsl.ts'
import { softpickOp } from './webgpu/softpick.wgsl.ts'
import { ssmaxOp } from './webgpu/ssmax.wgsl.ts'
import { sinkOp, softmaxNOp } from './webgpu/sink.wgsl.ts'
import { sigmoidOp } from './webgpu/sigmoid.wgsl.ts'
import { reluNormOp } from './webgpu/reluNorm.wgsl.ts'
import { topKOp } from './webgpu/topK.wgsl.ts'

/** Every normalizer that has a kernel. Loads no tfjs: ask here before `openWebGpu`. */
export const rowOps: readonly RowOp[] = [
  softmaxOp,
  logSoftmaxOp,
  sparsemaxOp,
  entmaxOp,
  softpickOp,
  ssmaxOp,
  softmaxNOp,
  sinkOp,
  sigmoidOp,
  reluNormOp,
  topKOp,
]

/** The kernel of a normalizer, forward and VJP, or undefined. */
export const rowOpOf = (normalizer: string): RowOp | undefined => rowOps.find(({ id }) => id === normalizer)
