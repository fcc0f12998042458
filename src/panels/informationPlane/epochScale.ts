/** Where epoch 0 stands on a log axis that begins with epoch 1. */
const before = 0.5

/** The place of an epoch on the log axis of epochs. */
export const epochPlace = (epoch: number): number => Math.max(epoch, before)

/** The axis of a run of so many epochs. */
export const epochAxis = (epochs: number) => ({ kind: 'log', low: before, high: Math.max(epochs, 2) }) as const

/** How late an epoch is, from 0 to 1, as its colour says it. */
export const epochShade = (epoch: number, epochs: number): number => Math.log1p(epoch) / Math.log1p(epochs)

/** Where the axis is marked: before training, and at powers of ten. */
export const epochTicks = (epochs: number): number[] => [
  before,
  ...[1, 10, 100, 1000, 10_000].filter((epoch) => epoch <= epochs),
]

export const epochTick = (tick: number): string => (tick === before ? '0' : String(tick))
