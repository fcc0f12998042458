import { openLoops } from '../../../kernels/wasm/openLoops.ts'
import { betas, type OpenLoops } from '../loops.ts'
import { wasmRows } from './rows.ts'

const [beta1, beta2] = betas

/** Our SIMD loops in float32. Buffers are views of the module's memory, so that a view's offset is its address. */
export const openWasm: OpenLoops = async (entries, scratchEntries) => {
  const opened = await openLoops(4 * (entries + scratchEntries))
  if ('reason' in opened) return opened
  const { loops, buffer, firstFree: scratch } = opened
  const values = new Float32Array(buffer, scratch + 4 * scratchEntries, entries)
  return {
    id: 'wasm',
    device: 'WebAssembly SIMD, float32',
    values,
    integers: (part) => new Int32Array(buffer, part.byteOffset, part.length),
    causalRows: (normalizer, params, shape) => wasmRows(loops, normalizer, params, shape),
    project: (rows, inputs, outputs, { byteOffset: x }, { byteOffset: w }, { byteOffset: y }, add) =>
      loops.multiply(rows, outputs, inputs, x, inputs, 1, w, outputs, y, outputs, 1, Number(add)),
    projectBack(rows, inputs, outputs, { byteOffset: dy }, { byteOffset: w }, { byteOffset: dx }, add) {
      loops.transpose(inputs, outputs, w, outputs, scratch, inputs)
      loops.multiply(rows, inputs, outputs, dy, outputs, 1, scratch, inputs, dx, inputs, 1, Number(add))
    },
    weightBack: (rows, inputs, outputs, { byteOffset: x }, { byteOffset: dy }, { byteOffset: dw }) =>
      loops.multiply(inputs, outputs, rows, x, 1, inputs, dy, outputs, dw, outputs, 1, 1),
    scores: ({ T, heads, headWidth, step }, sequences, q, k, out, scale) =>
      loops.scores(sequences, T, heads, headWidth, step, q.byteOffset, k.byteOffset, out.byteOffset, scale, scratch),
    mix: ({ T, heads, headWidth, step }, sequences, weights, v, o, scale) =>
      loops.mix(sequences, T, heads, headWidth, step, weights.byteOffset, v.byteOffset, o.byteOffset, scale),
    mixBack: ({ T, heads, headWidth, step }, sequences, weights, rows, out, scale) =>
      loops.mixBack(sequences, T, heads, headWidth, step, weights.byteOffset, rows.byteOffset, out.byteOffset, scale),
    layerNorm: (rows, width, { byteOffset: x }, { byteOffset: gain }, { byteOffset: bias }, y, stats) =>
      loops.layerNorm(rows, width, x, gain, bias, y.byteOffset, stats.byteOffset),
    layerNormBack(rows, width, dy, x, gain, stats, dx, dGain, dBias) {
      const [from, to] = [dx.byteOffset, dGain.byteOffset]
      const { byteOffset: at } = dBias
      loops.layerNormBack(rows, width, dy.byteOffset, x.byteOffset, gain.byteOffset, stats.byteOffset, from, to, at)
    },
    relu: (count, { byteOffset: x }) => loops.relu(count, x),
    reluBack: (count, { byteOffset: y }, { byteOffset: d }) => loops.reluBack(count, y, d),
    crossEntropy: (rows, size, { byteOffset: z }, { byteOffset: targets }, { byteOffset: losses }, scale) =>
      loops.crossEntropy(rows, size, z, targets, losses, scale),
    embed: (sequences, T, width, { byteOffset: tokens }, { byteOffset: embedding }, positions, h) =>
      loops.embed(sequences, T, width, tokens, embedding, positions?.byteOffset ?? 0, h.byteOffset),
    embedBack: (sequences, T, width, { byteOffset: tokens }, { byteOffset: dh }, dEmbedding, dPositions) =>
      loops.embedBack(sequences, T, width, tokens, dh, dEmbedding.byteOffset, dPositions?.byteOffset ?? 0),
    rotate: ({ T, heads, headWidth }, sequences, { byteOffset: x }, { byteOffset: turns }, direction) =>
      loops.rotate(sequences, T, heads, headWidth, x, turns, direction),
    adamw(count, { byteOffset: w }, { byteOffset: g }, { byteOffset: first }, second, rate, decay, step) {
      const [firstScale, secondScale] = [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)]
      const shrink = 1 - rate * decay
      loops.adamw(count, w, g, first, second.byteOffset, rate, beta1, beta2, firstScale, secondScale, shrink)
    },
    sgd: (count, { byteOffset: w }, { byteOffset: g }, { byteOffset: velocity }, rate, momentum, decay) =>
      loops.sgd(count, w, g, velocity, rate, momentum, 1 - rate * decay),
  }
}
