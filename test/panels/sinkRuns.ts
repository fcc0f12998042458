import type { SinkRun } from '../../src/panels/sinkTraining/compute.ts'
import type { StepReading } from '../../src/panels/sinkTraining/measure.ts'

/** A reading of a model that has learned, but for what a test says. */
export const stepReading = (change: Partial<StepReading>): StepReading => ({
  step: 0,
  loss: 1,
  bayes: 1,
  triggerLoss: 0,
  dormantExcess: 0,
  bosAttention: 0,
  triggerPrevious: 1,
  alpha0: 0.5,
  sinkRate: 1,
  rowMass: 1,
  exactZeros: 0,
  valueRatio: 1,
  kurtosis: 3,
  maxOverMedian: 5,
  ...change,
})

/** A run of softmax without a record, but for what a test says. */
export const sinkRun = (change: Partial<SinkRun>): SinkRun => ({
  normalizer: 'softmax',
  params: {},
  seed: 0,
  engine: 'cpu',
  msPerStep: 1,
  steps: [],
  maps: [],
  stopped: null,
  evicted: [],
  ...change,
})
