import type { Loops } from '../loops.ts'

const epsilon = 1e-5

export const layerNorm: Loops['layerNorm'] = (rows, width, x, gain, bias, y, stats) => {
  for (let r = 0; r < rows; r++) {
    const at = r * width
    let [mean, variance] = [0, 0]
    for (let c = 0; c < width; c++) mean += x[at + c]! / width
    for (let c = 0; c < width; c++) variance += (x[at + c]! - mean) ** 2 / width
    const inverse = 1 / Math.sqrt(variance + epsilon)
    stats[2 * r] = mean
    stats[2 * r + 1] = inverse
    for (let c = 0; c < width; c++) y[at + c] = (x[at + c]! - mean) * inverse * gain[c]! + bias[c]!
  }
}

export const layerNormBack: Loops['layerNormBack'] = (rows, width, dy, x, gain, stats, dx, dGain, dBias) => {
  for (let r = 0; r < rows; r++) {
    const at = r * width
    const [middle, inverse] = [stats[2 * r]!, stats[2 * r + 1]!]
    let [mean, slope] = [0, 0]
    for (let c = 0; c < width; c++) {
      const unit = (x[at + c]! - middle) * inverse
      const d = dy[at + c]!
      mean += (d * gain[c]!) / width
      slope += (d * gain[c]! * unit) / width
      dGain[c]! += d * unit
      dBias[c]! += d
    }
    for (let c = 0; c < width; c++) {
      const unit = (x[at + c]! - middle) * inverse
      dx[at + c]! += inverse * (dy[at + c]! * gain[c]! - mean - unit * slope)
    }
  }
}

export const relu: Loops['relu'] = (count, x) => {
  for (let i = 0; i < count; i++) if (x[i]! < 0) x[i] = 0
}

export const reluBack: Loops['reluBack'] = (count, y, d) => {
  for (let i = 0; i < count; i++) if (!(y[i]! > 0)) d[i] = 0
}

export const crossEntropy: Loops['crossEntropy'] = (rows, size, logits, targets, losses, scale) => {
  for (let r = 0; r < rows; r++) {
    const at = r * size
    let [largest, total] = [-Infinity, 0]
    for (let c = 0; c < size; c++) if (!(logits[at + c]! <= largest)) largest = logits[at + c]!
    const lead = logits[at + targets[r]!]! - largest
    for (let c = 0; c < size; c++) total += logits[at + c] = Math.exp(logits[at + c]! - largest)
    losses[r] = Math.log(total) - lead
    for (let c = 0; c < size; c++) logits[at + c]! *= scale / total
    logits[at + targets[r]!]! -= scale
  }
}

export const embed: Loops['embed'] = (sequences, T, width, tokens, embedding, positions, h) => {
  for (let row = 0; row < sequences * T; row++) {
    const [from, place] = [tokens[row]! * width, (row % T) * width]
    for (let c = 0; c < width; c++) h[row * width + c] = embedding[from + c]! + (positions?.[place + c] ?? 0)
  }
}

export const embedBack: Loops['embedBack'] = (sequences, T, width, tokens, dh, dEmbedding, dPositions) => {
  for (let row = 0; row < sequences * T; row++) {
    const [to, place] = [tokens[row]! * width, (row % T) * width]
    for (let c = 0; c < width; c++) {
      const d = dh[row * width + c]!
      dEmbedding[to + c]! += d
      if (dPositions) dPositions[place + c]! += d
    }
  }
}
