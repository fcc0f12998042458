import type { ModelUpdate } from '../../math/bottleneck/modelUpdates.ts'

/** What a suspect's making depends on. */
interface Making {
  /** Seed of the first model's output layer; others are counted from it. */
  readonly base: number
  readonly loraRank: number
  /** Of the hidden states. */
  readonly sharpness: number
}

interface Suspect {
  readonly id: string
  readonly label: string
  /** What was done, in a sentence. */
  readonly about: string
  readonly update: (making: Making) => ModelUpdate
}

const defineSuspect = <const Id extends string>(suspect: Suspect & { readonly id: Id }) => suspect

/** What may answer at an address that claims to be the first model. */
export const suspects = [
  defineSuspect({
    id: 'same',
    label: 'same model',
    about: 'Nothing was changed.',
    update: () => ({ kind: 'none' }),
  }),
  defineSuspect({
    id: 'prompt',
    label: 'other system prompt',
    about: 'The same weights read a hidden text first, so that every hidden state is another.',
    update: ({ base }) => ({ kind: 'hidden', seed: base + 2, scale: 0.8 }),
  }),
  defineSuspect({
    id: 'lora-below',
    label: 'LoRA below the output layer',
    about: 'Adapters in the layers below change hidden states, not the output layer.',
    update: ({ base }) => ({ kind: 'hidden', seed: base + 6, scale: 0.3 }),
  }),
  defineSuspect({
    id: 'lora',
    label: 'LoRA on the output layer',
    about: 'A product of two thin matrices is added to the output layer.',
    update: ({ base, loraRank: rank }) => ({
      kind: 'lora',
      rank,
      seeds: { left: base + 3 + rank, right: base + 13 + rank },
      scale: 0.15,
    }),
  }),
  defineSuspect({
    id: 'fine-tune',
    label: 'full fine-tune',
    about: 'Every weight of the output layer moved a little.',
    update: ({ base }) => ({ kind: 'fine-tune', seed: base + 20, scale: 0.02 }),
  }),
  defineSuspect({
    id: 'other',
    label: 'other model',
    about: 'Another model of the same size.',
    update: ({ base, sharpness }) => ({
      kind: 'other',
      seeds: { weights: base + 22, hidden: base + 23 },
      hiddenScale: sharpness,
    }),
  }),
] as const

export type SuspectId = (typeof suspects)[number]['id']

export const suspectIds = suspects.map(({ id }) => id) as [SuspectId, ...SuspectId[]]
