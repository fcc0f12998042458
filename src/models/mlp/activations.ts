/** An elementwise activation with its slope written in terms of its own output, which is all that is kept. */
export interface Activation {
  /** Saved in experiments: never renamed. */
  readonly id: string
  readonly label: string
  /** a(z), in place over values[start … end). */
  readonly apply: (values: Float64Array, start: number, end: number) => void
  /** gradient ← gradient · a′(z) over [start, end), from the outputs a. */
  readonly slope: (gradient: Float64Array, outputs: Float64Array, start: number, end: number) => void
  /** Where a unit rests when it is off: what adaptive binning gives a cell of its own. */
  readonly idle: number
  /** Outputs stay within −1 … 1, so that fixed bins see all of them. */
  readonly bounded: boolean
}

const tanh: Activation = {
  id: 'tanh',
  label: 'tanh',
  idle: -1.000001,
  bounded: true,
  apply(values, start, end) {
    // (1 − e^{−2|z|}) / (1 + e^{−2|z|}): within 3e-16 of tanh, in a third of its time.
    for (let i = start; i < end; i++) {
      const z = values[i]!
      const e = Math.exp(-2 * Math.abs(z))
      const size = (1 - e) / (1 + e)
      values[i] = z < 0 ? -size : size
    }
  },
  slope(gradient, outputs, start, end) {
    for (let i = start; i < end; i++) gradient[i]! *= 1 - outputs[i]! * outputs[i]!
  },
}

const relu: Activation = {
  id: 'relu',
  label: 'ReLU',
  idle: 0,
  bounded: false,
  apply(values, start, end) {
    for (let i = start; i < end; i++) if (values[i]! < 0) values[i] = 0
  },
  slope(gradient, outputs, start, end) {
    for (let i = start; i < end; i++) if (outputs[i]! <= 0) gradient[i] = 0
  },
}

const elu: Activation = {
  id: 'elu',
  label: 'ELU',
  idle: -1.000001,
  bounded: false,
  apply(values, start, end) {
    for (let i = start; i < end; i++) if (values[i]! < 0) values[i] = Math.expm1(values[i]!)
  },
  slope(gradient, outputs, start, end) {
    for (let i = start; i < end; i++) if (outputs[i]! < 0) gradient[i]! *= outputs[i]! + 1
  },
}

const softplus: Activation = {
  id: 'softplus',
  label: 'softplus',
  idle: 0,
  bounded: false,
  apply(values, start, end) {
    for (let i = start; i < end; i++) values[i] = Math.max(values[i]!, 0) + Math.log1p(Math.exp(-Math.abs(values[i]!)))
  },
  slope(gradient, outputs, start, end) {
    // σ(z) = 1 − e^{−softplus(z)}
    for (let i = start; i < end; i++) gradient[i]! *= -Math.expm1(-outputs[i]!)
  },
}

const sigmoid: Activation = {
  id: 'sigmoid',
  label: 'sigmoid',
  idle: 0,
  bounded: true,
  apply(values, start, end) {
    for (let i = start; i < end; i++) values[i] = 1 / (1 + Math.exp(-values[i]!))
  },
  slope(gradient, outputs, start, end) {
    for (let i = start; i < end; i++) gradient[i]! *= outputs[i]! * (1 - outputs[i]!)
  },
}

const linear: Activation = {
  id: 'linear',
  label: 'linear',
  // No value is idle: one that no activation takes.
  idle: -1e30,
  bounded: false,
  apply() {},
  slope() {},
}

/** Every activation, in the order menus show them. */
export const activations: readonly Activation[] = [tanh, relu, elu, softplus, sigmoid, linear]

/** The activation with this id, or undefined. */
export const activationById = (id: string): Activation | undefined => activations.find((entry) => entry.id === id)
