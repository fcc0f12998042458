/** A list of doubles that grows without boxing them. */
export class GrowingNumbers {
  length = 0
  #values = new Float64Array(1024)

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Float64Array(this.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length++] = value
  }

  /** The numbers so far, in memory of their own size. */
  toArray(): Float64Array {
    return this.#values.slice(0, this.length)
  }
}
