interface Saved {
  readonly shape: number[]
  readonly data: string
}

/** minGPT keeps matrices [outputs, inputs]; a GPT-2 file has them the other way round, and without the masks. */
export function asGpt2(saved: Readonly<Record<string, unknown>>) {
  const tensors: Record<string, { shape: number[]; values: Float32Array }> = {}
  for (const [name, entry] of Object.entries(saved)) {
    if (name === 'config' || name.endsWith('.attn.bias')) continue
    const { shape, data } = entry as Saved
    const values = new Float32Array(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)).buffer)
    const [rows = 1, cols = 1] = shape
    const turns = /\.(c_attn|c_proj|c_fc)\.weight$/.test(name)
    tensors[name] = turns
      ? { shape: [cols, rows], values: values.map((_, i) => values[(i % rows) * cols + Math.floor(i / rows)]!) }
      : { shape, values }
  }
  return tensors
}

export const sorterConfig = JSON.stringify({
  model_type: 'gpt2',
  n_layer: 3,
  n_head: 3,
  n_embd: 48,
  vocab_size: 3,
  n_positions: 11,
  activation_function: 'gelu_new',
  tie_word_embeddings: false,
})
