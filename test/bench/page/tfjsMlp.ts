import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
// After the core, whose flags it needs.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import type { Mlp } from '../../../src/models/mlp/Mlp.ts'

/** tanh layers and a softmax over classes in a CPU backend of tfjs, from a network's weights; Adam. */
export async function openTfjsMlp(
  backend: 'cpu' | 'wasm',
  { widths, parameters }: Mlp,
  inputs: Float64Array,
  labels: Int32Array,
  learningRate: number,
): Promise<{ select: () => Promise<boolean>; step: () => number }> {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/')
  if (!(await tf.setBackend(backend))) throw new Error(`bench: tfjs has no ${backend} backend here`)
  let at = 0
  const layers = widths.slice(1).map((width, l) => {
    const fanIn = widths[l]!
    const weights = Float32Array.from(parameters.subarray(at, at + width * fanIn))
    const biases = Float32Array.from(parameters.subarray(at + width * fanIn, at + width * (fanIn + 1)))
    at += width * (fanIn + 1)
    return { w: tf.variable(tf.tensor2d(weights, [width, fanIn])), b: tf.variable(tf.tensor1d(biases)) }
  })
  const x = tf.tensor2d(Float32Array.from(inputs), [labels.length, widths[0]!])
  const wanted = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), widths.at(-1)!), 'float32')
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8)
  const variables = layers.flatMap(({ w, b }) => [w, b])

  function loss(): tf.Scalar {
    const logits = layers.reduce<tf.Tensor2D>((below, { w, b }, l) => {
      const z = tf.add(tf.matMul(below, w as tf.Tensor2D, false, true), b)
      return (l < layers.length - 1 ? tf.tanh(z) : z) as tf.Tensor2D
    }, x)
    return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.logSoftmax(logits)), -1)))
  }

  return {
    /** Both backends share the core: what a step runs on must be chosen first. */
    select: () => tf.setBackend(backend),
    step: () => {
      const cost = optimizer.minimize(loss, true, variables)
      const value = cost?.dataSync()[0] ?? NaN
      cost?.dispose()
      return value
    },
  }
}
