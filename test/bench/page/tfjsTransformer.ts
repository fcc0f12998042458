import * as tf from '@tensorflow/tfjs-core'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
// After the core, whose flags it needs.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import type { Transformer } from '../../../src/models/transformer/Transformer.ts'

/** The same model, its weights copied, in tfjs's WASM backend: softmax, ReLU MLP, learned positions, Adam. */
export async function openTfjs(model: Transformer, batch: Int32Array, sequences: number, learningRate: number) {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/')
  if (!(await tf.setBackend('wasm'))) throw new Error('bench: tfjs has no WASM backend here')
  const { length: T, width, heads, hidden, layers, vocabulary } = model.config
  const w = new Map(
    model.tensors.map(({ name, start, size, shape }) => [
      name,
      tf.variable(tf.tensor(Float32Array.from(model.shared.parameters.subarray(start, start + size)), [...shape])),
    ]),
  )
  const of = (name: string) => w.get(name)!
  const places = Array.from({ length: sequences * T }, (_, i) => Math.floor(i / T) * (T + 1) + (i % T))
  const oneHot = (shift: number) =>
    tf.cast(
      tf.oneHot(
        tf.tensor1d(
          places.map((at) => batch[at + shift]!),
          'int32',
        ),
        vocabulary,
      ),
      'float32',
    )
  const [read, wanted] = [oneHot(0), oneHot(1)]
  const hidesFuture = tf.tensor2d(
    Array.from({ length: T * T }, (_, at) => (at % T > Math.floor(at / T) ? -1e9 : 0)),
    [T, T],
  )

  const norm = (x: tf.Tensor, name: string) => {
    const { mean, variance } = tf.moments(x, -1, true)
    const unit = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)))
    return tf.add(tf.mul(unit, of(`${name}.gain`)), of(`${name}.bias`))
  }
  const matrix = (x: tf.Tensor, name: string) => tf.matMul(x as tf.Tensor2D, of(name) as tf.Tensor2D)
  const byHead = (x: tf.Tensor) => tf.transpose(tf.reshape(x, [sequences, T, heads, width / heads]), [0, 2, 1, 3])

  function loss(): tf.Scalar {
    const embedded = tf.reshape(matrix(read, 'embedding'), [sequences, T, width])
    let h: tf.Tensor = tf.reshape(tf.add(embedded, of('positions')), [sequences * T, width])
    for (let l = 0; l < layers; l++) {
      const block = `blocks.${l}`
      const x = norm(h, `${block}.norm1`)
      const [q, k, v] = ['query', 'key', 'value'].map((name) => byHead(matrix(x, `${block}.${name}`)))
      const scores = tf.mul(tf.matMul(q!, k!, false, true), 1 / Math.sqrt(width / heads))
      const mixed = tf.matMul(tf.softmax(tf.add(scores, hidesFuture)), v!)
      const attended = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [sequences * T, width])
      h = tf.add(h, matrix(attended, `${block}.attended`))
      if (hidden > 0)
        h = tf.add(h, matrix(tf.relu(matrix(norm(h, `${block}.norm2`), `${block}.widen`)), `${block}.narrow`))
    }
    const logits = matrix(norm(h, 'norm'), 'output')
    return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.logSoftmax(logits)), -1)))
  }

  const optimizer = tf.train.adam(learningRate, 0.9, 0.99, 1e-8)
  return {
    /** One step on the batch. @returns the loss before it */
    step: (): number => {
      const cost = optimizer.minimize(loss, true, [...w.values()])
      const value = cost?.dataSync()[0] ?? NaN
      cost?.dispose()
      return value
    },
  }
}
