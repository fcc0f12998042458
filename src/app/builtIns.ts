export interface BuiltIn {
  /** The file's name under notebooks/, without .md; it is in links: never renamed, never reused. */
  readonly id: string
  readonly title: string
  /** One line for the menu. */
  readonly summary: string
}

/** The notebooks that come with the page, in the order of the menu; the first is where a bare address opens. */
export const builtIns: readonly BuiltIn[] = [
  {
    id: 'softmax-and-its-rivals',
    title: 'Softmax and its rivals',
    summary: 'Drag scores and see which maps say zero, spend less than all, or change the order.',
  },
  {
    id: 'attention-sinks',
    title: 'Attention sinks',
    summary: 'Train two small transformers that differ in one line, and watch where the idle tokens look.',
  },
  {
    id: 'information-planes',
    title: 'Information planes',
    summary: 'Train a network, watch its layers forget, and change the estimator until they do not.',
  },
  {
    id: 'softmax-bottleneck',
    title: 'The softmax bottleneck',
    summary: 'Find the words that can never win, then take the hidden size of a model from its answers.',
  },
]

/** The blank notebook that New opens; not in the menu of notebooks to read. */
export const emptyNotebook: BuiltIn = {
  id: 'empty',
  title: 'New notebook',
  summary: 'One panel and what to do with it.',
}

/** The built-in notebook with this id, or undefined. */
export const builtInById = (id: string): BuiltIn | undefined =>
  [...builtIns, emptyNotebook].find((notebook) => notebook.id === id)
