import type { Loops } from '../loops.ts'

/** y = x W, the outputs of a row at a time. */
export const project: Loops['project'] = (rows, inputs, outputs, x, w, y, add) => {
  if (!add) y.fill(0, 0, rows * outputs)
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < inputs; i++) {
      const value = x[r * inputs + i]!
      const [from, to] = [i * outputs, r * outputs]
      for (let o = 0; o < outputs; o++) y[to + o]! += value * w[from + o]!
    }
}

/** dx = dy Wᵀ. */
export const projectBack: Loops['projectBack'] = (rows, inputs, outputs, dy, w, dx, add) => {
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < inputs; i++) {
      const [row, weights] = [r * outputs, i * outputs]
      let sum = 0
      for (let o = 0; o < outputs; o++) sum += dy[row + o]! * w[weights + o]!
      dx[r * inputs + i] = add ? dx[r * inputs + i]! + sum : sum
    }
}

/** dW += xᵀ dy. */
export const weightBack: Loops['weightBack'] = (rows, inputs, outputs, x, dy, dw) => {
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < inputs; i++) {
      const value = x[r * inputs + i]!
      const [from, to] = [r * outputs, i * outputs]
      for (let o = 0; o < outputs; o++) dw[to + o]! += value * dy[from + o]!
    }
}
