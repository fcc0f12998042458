/** Text to tokens and back. */
export interface Tokenizer {
  /** Ids of a text, with what the model wants before it (BOS). @throws ReadError if the text cannot be written in these tokens */
  readonly encode: (text: string) => number[]
  /** What a token stands for, as a person reads it; a space shows as it is. */
  readonly textOf: (id: number) => string
  /** How many tokens it has, where a model of its own has as many; null where models may have more. */
  readonly size: number | null
}
