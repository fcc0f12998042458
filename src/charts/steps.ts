/** How a number moves under a drag or an arrow key. */
export interface StepSpec {
  /** What steps reach; a value already outside is not pulled in. */
  readonly range: readonly [low: number, high: number]
  /** `log`: every step multiplies by the same factor. */
  readonly scale: 'linear' | 'log'
  /** The value stays a multiple of this: 1 for whole numbers, 2 for even ones. */
  readonly multipleOf?: number | undefined
}

/** A full range is about this many steps. */
const stepsInRange = 200

/** The largest of 1, 2, 5 times a power of ten that is at most `size`, size > 0. */
export function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size) + 1e-9)
  const factor = size / power
  return (factor >= 5 - 1e-9 ? 5 : factor >= 2 - 1e-9 ? 2 : 1) * power
}

/** `value` to the nearest multiple of `step`, free of binary dust: 0.1 · 3 is 0.3. */
export function roundTo(value: number, step: number): number {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(step)))
  return Number((Math.round(value / step) * step).toFixed(Math.min(digits, 20)))
}

/** `value` moved by a number of steps, which may be a fraction. */
export function stepped(value: number, steps: number, { range, scale, multipleOf }: StepSpec): number {
  if (steps === 0) return value
  const [low, high] = range
  const moved =
    scale === 'log' && value > 0 && low > 0
      ? Number((value * (high / low) ** (steps / stepsInRange)).toPrecision(3))
      : linear(value, steps, niceStep((high - low) / stepsInRange))
  const grid = multipleOf === undefined ? moved : onGrid(moved, value, steps, multipleOf)
  return Math.min(Math.max(grid, Math.min(low, value)), Math.max(high, value))
}

function linear(value: number, steps: number, unit: number): number {
  return roundTo(value + steps * unit, Math.abs(steps) < 1 ? unit / 10 : unit)
}

/** A key press always moves by one multiple at least; a drag collects fractions of one first. */
function onGrid(moved: number, value: number, steps: number, multiple: number): number {
  const snapped = roundTo(moved, multiple)
  return snapped === value && Math.abs(steps) >= 1 ? roundTo(value + Math.sign(steps) * multiple, multiple) : snapped
}
