import { entropy, type Joint } from './joint.ts'

/** A point of the information plane, nats. */
export interface PlanePoint {
  readonly I_XT: number
  readonly I_TY: number
}

/** An encoder q(t|x), shape [nx, nt], at work: its buffers, made once and used again at every step. */
export class Encoder {
  readonly joint: Joint
  readonly nt: number
  readonly q: Float64Array
  /** p(t), shape [nt]. */
  readonly pt: Float64Array
  /** p(y|t), shape [nt, ny]; 0 where p(t) = 0. */
  readonly decoder: Float64Array
  /** ln Z_x of the last step, shape [nx]. */
  readonly logZ: Float64Array
  readonly #scores: Float64Array
  /** ln p(y|t), shape [nt, ny]. */
  readonly #logs: Float64Array

  constructor(joint: Joint, q: Float64Array) {
    this.joint = joint
    this.nt = q.length / joint.nx
    this.q = q
    this.pt = new Float64Array(this.nt)
    this.decoder = new Float64Array(this.nt * joint.ny)
    this.logZ = new Float64Array(joint.nx)
    this.#scores = new Float64Array(this.nt)
    this.#logs = new Float64Array(this.nt * joint.ny)
    this.marginals()
  }

  /** p(t) and p(y|t) of the encoder as it is. */
  marginals(): void {
    const { joint, nt, q, pt, decoder } = this
    const { nx, ny, px, p } = joint
    pt.fill(0)
    decoder.fill(0)
    for (let x = 0; x < nx; x++)
      for (let t = 0; t < nt; t++) {
        const weight = q[x * nt + t]!
        if (weight === 0) continue
        pt[t]! += px[x]! * weight
        for (let y = 0; y < ny; y++) decoder[t * ny + y]! += p[x * ny + y]! * weight
      }
    for (let t = 0; t < nt; t++) if (pt[t]! > 0) for (let y = 0; y < ny; y++) decoder[t * ny + y]! /= pt[t]!
  }

  /** Scales each row of q to sum to 1, and brings the marginals up to date. */
  normalise(): void {
    const { joint, nt, q } = this
    for (let x = 0; x < joint.nx; x++) {
      let total = 0
      for (let t = 0; t < nt; t++) total += q[x * nt + t]!
      for (let t = 0; t < nt; t++) q[x * nt + t]! /= total
    }
    this.marginals()
  }

  /**
   * One step: q(t|x) ∝ p(t) exp(−β KL(p(y|x) ‖ p(y|t))), then its marginals. It never raises I(X;T) − β I(T;Y).
   * @returns  the largest change of an entry of q
   * Source: Tishby, Pereira & Bialek 1999, arXiv:physics/0004057.
   */
  step(beta: number): number {
    const { joint, nt, q, pt, decoder, logZ } = this
    const { nx, ny, channel, conditional } = joint
    const scores = this.#scores
    const logs = this.#logs
    for (let k = 0; k < logs.length; k++) logs[k] = Math.log(decoder[k]!)
    let change = 0
    for (let x = 0; x < nx; x++) {
      let largest = -Infinity
      for (let t = 0; t < nt; t++) {
        // KL = −H(Y|x) − Σ p(y|x) ln p(y|t); infinite where p(y|x) has mass and p(y|t) none.
        let cross = conditional[x]!
        for (let y = 0; y < ny; y++) {
          const given = channel[x * ny + y]!
          if (given > 0) cross += given * logs[t * ny + y]!
        }
        const score = pt[t]! > 0 ? Math.log(pt[t]!) + beta * cross : -Infinity
        scores[t] = score
        if (score > largest) largest = score
      }
      let total = 0
      for (let t = 0; t < nt; t++) total += scores[t] = Math.exp(scores[t]! - largest)
      logZ[x] = largest + Math.log(total)
      for (let t = 0; t < nt; t++) {
        const weight = scores[t]! / total
        change = Math.max(change, Math.abs(weight - q[x * nt + t]!))
        q[x * nt + t] = weight
      }
    }
    this.marginals()
    return change
  }

  point(): PlanePoint {
    const { joint, nt, q, pt, decoder } = this
    let I_XT = entropy(pt)
    for (let x = 0; x < joint.nx; x++) I_XT -= joint.px[x]! * entropy(q.subarray(x * nt, (x + 1) * nt))
    let I_TY = joint.H_Y
    for (let t = 0; t < nt; t++) I_TY -= pt[t]! * entropy(decoder.subarray(t * joint.ny, (t + 1) * joint.ny))
    return { I_XT: Math.max(0, I_XT), I_TY: Math.max(0, I_TY) }
  }
}
