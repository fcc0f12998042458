import { betas, type Loops } from '../loops.ts'

const [beta1, beta2] = betas

export const adamw: Loops['adamw'] = (count, w, g, first, second, rate, decay, step) => {
  const [firstScale, secondScale] = [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)]
  for (let i = 0; i < count; i++) {
    first[i] = beta1 * first[i]! + (1 - beta1) * g[i]!
    second[i] = beta2 * second[i]! + (1 - beta2) * g[i]! * g[i]!
    const move = (rate * firstScale * first[i]!) / (Math.sqrt(second[i]! * secondScale) + 1e-8)
    w[i] = w[i]! * (1 - rate * decay) - move
  }
}

export const sgd: Loops['sgd'] = (count, w, g, velocity, rate, momentum, decay) => {
  for (let i = 0; i < count; i++) {
    velocity[i] = momentum * velocity[i]! + g[i]!
    w[i] = w[i]! * (1 - rate * decay) - rate * velocity[i]!
  }
}
