import golden from '../../fixtures/attention/toy_a.json' with { type: 'json' }

export interface GoldenSetting {
  readonly kind: keyof typeof golden.kinds
  /** In the registry. */
  readonly id: string
  readonly params: Readonly<Record<string, number>>
}

/** What the golden file's names are in the registry; epsilon and the learned strength as its maker set them. */
export const goldenKinds: readonly GoldenSetting[] = [
  { kind: 'softmax', id: 'softmax', params: {} },
  { kind: 'softmax1', id: 'softmax-n', params: { n: 1 } },
  { kind: 'softpick', id: 'softpick', params: { eps: 1e-6 } },
  { kind: 'sigmoid', id: 'sigmoid', params: {} },
  { kind: 'relu', id: 'relu-n', params: {} },
  { kind: 'sparsemax', id: 'sparsemax', params: {} },
  { kind: 'entmax15', id: 'entmax', params: { alpha: 1.5 } },
  { kind: 'ssmax', id: 'ssmax', params: { s: 0.43 } },
]

/** The golden names of the tensors, in the order of the layout. */
export const goldenNames: readonly string[] = [...golden.tensors.map(([name]) => String(name)), 'blk.0.sc']
