import { array, minLength, minValue, number, object, picklist, pipe, type InferOutput } from 'valibot'
import { definePanel, type ComputeContext, type PanelResult } from '../../src/panels/contract.ts'

const schema = object({
  logits: pipe(array(number()), minLength(1)),
  mode: picklist(['once', 'forever', 'fail', 'deaf']),
  pause: pipe(number(), minValue(0)),
})

interface FakeResult extends PanelResult {
  readonly weights: Float64Array | Float32Array
  readonly bounds: readonly number[]
}

async function* compute(
  { logits, mode, pause }: InferOutput<typeof schema>,
  { engine, progress, signal }: ComputeContext,
): AsyncGenerator<FakeResult, void, void> {
  if (mode === 'fail') throw new Error('fake: the weights ran away')
  progress(0, 'warming up')
  const cols = logits.length
  const x = Float64Array.from(logits)
  const { y } = await engine.rows({ kind: 'forward', normalizer: 'softmax', params: {}, rows: 1, cols, x })
  yield { sentence: 'Half of it.', values: {}, weights: new Float32Array(1), bounds: [0] }
  progress(0.5, 'waiting')
  // `deaf` does not listen to its signal, and holds the process for a hundred pauses.
  for (let turn = 0; mode === 'deaf' ? turn < 100 : mode === 'forever' && !signal.aborted; turn++) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    progress(0.6, 'waiting')
  }
  signal.throwIfAborted()
  yield { sentence: 'All of it.', values: { count: cols }, weights: y, bounds: [-Infinity, NaN] }
  progress(1, 'done')
}

/** A panel for the tests of `run`: softmax of its logits, in modes that misbehave. */
export const fakePanel = definePanel({
  id: 'fake',
  title: 'Fake',
  summary: 'Tests the command line.',
  version: 1,
  sources: [],
  schema,
  defaults: { logits: [0, 0], mode: 'once', pause: 1 },
  presets: [],
  fitsInFrame: () => true,
  compute: () => Promise.resolve(compute),
  // The command line must never ask for it.
  view: () => Promise.reject(new Error('the view was loaded')),
})
