// Log-softmax by rows, f32: y = x − m − log Σ exp(x − m). Two reads and one write, one exp; the value itself is never
// the logarithm of a rounded weight. Dropped entries, whose value is −∞, are stored as 0.
// Oracle: src/math/logSoftmax.ts. Within 2e-6 of the largest |y| (test/kernels/rows.browser.test.ts).
import type { RowOp, StreamCode } from './rowOp.ts'
import { exponential } from './softmax.wgsl.ts'

const forward: StreamCode = {
  kind: 'stream',
  shift: { k: '1.0', scaled: 'a' },
  a: exponential,
  finish: 'let logarithm = log(a);',
  write: (x) => `keptOnly(${x}, (${x} - m) - logarithm)`,
}

/** Jᵀc = c − softmax(x) Σc */
const vjp: StreamCode = {
  kind: 'stream',
  shift: { k: '1.0', scaled: 'a' },
  a: exponential,
  b: (x, c) => `keptOnly(${x}, ${c})`,
  finish: 'let pull = b / a;',
  write: (x, c, a) => `keptOnly(${x}, ${c} - ${a} * pull)`,
}

export const logSoftmaxOp: RowOp = {
  id: 'log-softmax',
  forward: () => ({ code: forward, uniforms: {} }),
  vjp: () => ({ code: vjp, uniforms: {} }),
}
