import * as v from 'valibot'
import { above0, between, oneOf, seed, whole } from '../fields.ts'
import { guardIds } from './guards.ts'
import { suspectIds } from './suspects.ts'

/** Limits of what is emulated in seconds. */
export const limits = { vocabulary: 1000, hidden: 40, outputs: 60, top: 20, bias: 100 } as const

/** The parts of the play, in their order. */
export const steps = ['read', 'count', 'rebuild', 'compare'] as const

const distinct = <T>(what: string) =>
  v.check((list: T[]) => new Set(list).size === list.length, `${what} must not name one twice`)

export const schema = v.pipe(
  v.object({
    /** Of the emulated model, which an attacker does not see: V tokens, d hidden numbers. */
    vocabulary: v.optional(whole('vocabulary', 20, limits.vocabulary), 200),
    hidden: v.optional(whole('hidden', 1, limits.hidden), 12),
    seed: v.optional(seed, 3),
    /** Standard deviation of the hidden states: how far apart the logits lie. */
    sharpness: v.optional(between('sharpness', 0.5, 4), 2),
    /** k: how many log-probabilities come back. */
    top: v.optional(whole('top', 1, limits.top), 5),
    /** Of a log-probability; null for every digit. */
    decimals: v.optional(v.nullable(whole('decimals', 0, 12)), 7),
    guards: v.optional(
      v.pipe(v.array(oneOf('a guard', guardIds), 'guards must be a list of names'), distinct('guards')),
      () => [],
    ),
    /** Of the noise guard, nats. */
    noise: v.optional(between('noise', 1e-9, 10), 0.1),
    /** Decimals that the rounding guard leaves. */
    coarse: v.optional(whole('coarse', 0, 6), 1),
    /** What the attacker adds to the logits of the tokens asked for. */
    bias: v.optional(between('bias', 1, limits.bias), 30),
    formula: v.optional(oneOf('formula', ['anchored', 'batch']), 'anchored'),
    /** Outputs that the attacker is ready to pay for. */
    outputs: v.optional(whole('outputs', 2, limits.outputs), 24),
    /** Of the LoRA on the output layer. */
    loraRank: v.optional(whole('loraRank', 1, limits.hidden), 2),
    /** The part of the play that is looked at. */
    step: v.optional(oneOf('step', steps), 'read'),
    /** The moves made on the first prompt: 0 is the plain call, the others bias tokens. Those that do not exist count nothing. */
    asked: v.optional(
      v.pipe(
        v.array(whole('a move', 0, limits.vocabulary), 'asked must be a list of moves'),
        distinct('asked'),
        v.check((moves) => moves.length === 0 || moves[0] === 0, 'asked must begin with 0, the plain call'),
      ),
      () => [0],
    ),
    /** Whether the truth, which no attacker has, is drawn. */
    truth: v.optional(v.boolean('truth must be true or false'), false),
    /** Outputs collected so far; beyond `outputs` it is all of them. */
    collected: v.optional(whole('collected', 0, limits.outputs), 0),
    /** Moves made to rebuild an output; beyond what is needed it is all of them. */
    rebuilt: v.optional(whole('rebuilt', 0, limits.vocabulary), 0),
    suspect: v.optional(oneOf('suspect', suspectIds), 'lora'),
    /** Dollars for a thousand calls: a number of the reader's. */
    price: v.optional(above0('price'), 0.002),
  }),
  v.forward(
    v.partialCheck(
      [['hidden'], ['vocabulary']],
      ({ hidden, vocabulary }) => hidden < vocabulary - 1,
      'hidden must be below vocabulary − 1, or the outputs fill their space',
    ),
    ['hidden'],
  ),
)

export type ApiLeakExperiment = v.InferOutput<typeof schema>

export const defaults: ApiLeakExperiment = v.parse(schema, {})
