import { counted } from '../../math/counted.ts'
import * as v from 'valibot'
import { above0, finite, oneOf, seed, whole } from '../fields.ts'
import { matrixFields } from '../matrixFields.ts'

/** The most rows times columns of a layer: a vocabulary of 50,000 at a width of 800. */
export const mostEntries = 40_000_000

const numbers = (what: string, entry: string) => v.array(finite(entry), `${what} must be a list of numbers`)

const rowsOfW = v.pipe(
  v.array(numbers('each row of W', 'an entry of W'), 'W must be a list of rows of numbers'),
  v.minLength(
    2,
    ({ received }) => `W has ${received} ${received === '1' ? 'row' : 'rows'}; a token needs others to win against`,
  ),
  v.check(([first]) => (first?.length ?? 0) > 0, 'W needs at least one column'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const cols = dataset.value[0]?.length
    const at = dataset.value.findIndex((row) => row.length !== cols)
    if (at < 0) return
    addIssue({
      message: `row ${at} of W has ${counted(dataset.value[at]!.length, 'entry', 'entries')}, but row 0 has ${cols}`,
    })
  }),
)

/** Of a layer that is no file's, whose size only the file tells. */
interface OwnLayer {
  readonly W: readonly (readonly number[])[] | null
  readonly vocabulary: number
  readonly d: number
}
const tokensOf = ({ W, vocabulary }: OwnLayer): number => W?.length ?? vocabulary
const widthOf = ({ W, d }: OwnLayer): number => W?.[0]?.length ?? d

/** Ways to give every token a place where it wins; unit-norm leaves a row of zeros, or one that repeats another, lost. */
export const cures = ['none', 'unit-norm', 'voronoi-bias'] as const

export const schema = v.pipe(
  v.object({
    /** Of a random layer: tokens, hidden size, and the seed of its rows. */
    vocabulary: v.optional(whole('vocabulary', 2, 50_000), 20),
    d: v.optional(whole('d', 1, 4096), 2),
    seed: v.optional(seed, 1101),
    /** Own rows in place of random ones, one a token. */
    W: v.optional(v.nullable(rowsOfW), null),
    /** Own biases, one a token; null for none. */
    b: v.optional(v.nullable(numbers('b', 'a bias')), null),
    /** Seed of random biases of variance 1, where `b` gives none; null for none. */
    biasSeed: v.optional(v.nullable(seed), null),
    /** Names of the tokens; one without a name goes by its number, from 0. */
    names: v.optional(v.nullable(v.array(v.string('a name must be a text'), 'names must be a list of texts')), null),
    /** A layer in a file, in place of both. */
    ...matrixFields,
    /** Rows divided by their length and no bias, or b = −½‖w‖² in place of the bias. */
    cure: v.optional(oneOf('cure', cures), 'none'),
    /** The token that is looked at; null is the first that can never win. */
    token: v.optional(v.nullable(whole('token', 0, 1e9)), null),
    /** The hidden state that is looked at; null is where that token wins, or does best. */
    h: v.optional(v.nullable(numbers('h', 'an entry of h')), null),
    /** From where a layer in space is seen: turn and tilt in degrees. */
    orbit: v.optional(
      v.tuple([finite('the turn'), finite('the tilt')], 'orbit must be a list of two numbers: [turn, tilt]'),
      () => [35, 20] as [number, number],
    ),
    /** Half the side of the box of states in which radii are measured. */
    box: v.optional(above0('box'), 100),
    /** Tokens and first seed of the random layers whose share of losers is drawn against d. */
    shareVocabulary: v.optional(whole('shareVocabulary', 2, 2000), 200),
    shareSeed: v.optional(seed, 1800),
  }),
  v.check(({ W, file }) => W === null || file === null, 'W and file are both given; leave one out'),
  v.check(
    ({ W, file, vocabulary, d }) => W !== null || file !== null || vocabulary * d <= mostEntries,
    `vocabulary times d may be at most ${mostEntries.toLocaleString('en-US')}`,
  ),
  // Each names its field, so that a saved experiment loses that field and keeps the rest. Of a file the size is not known yet.
  v.forward(
    v.check(
      (layer) => layer.b === null || layer.file !== null || layer.b.length === tokensOf(layer),
      ({ input }) =>
        `b has ${counted(input.b?.length ?? 0, 'bias', 'biases')} for ${tokensOf(input)} tokens; give one a token`,
    ),
    ['b'],
  ),
  v.forward(
    v.check(
      (layer) => layer.h === null || layer.file !== null || layer.h.length === widthOf(layer),
      ({ input }) =>
        `h has ${counted(input.h?.length ?? 0, 'entry', 'entries')}; it must have ${widthOf(input)}, as a row of the layer`,
    ),
    ['h'],
  ),
  v.forward(
    v.check(
      (layer) => layer.token === null || layer.file !== null || layer.token < tokensOf(layer),
      ({ input }) =>
        `there is no token ${input.token}; the ${tokensOf(input)} tokens are numbered from 0 to ${tokensOf(input) - 1}`,
    ),
    ['token'],
  ),
)

export type ArgmaxGeometryExperiment = v.InferOutput<typeof schema>

/** Whether biases are one's own, to be changed, and not the cure's. */
export const keepsBias = ({ cure }: Pick<ArgmaxGeometryExperiment, 'cure'>): boolean => cure === 'none'

export const defaults: ArgmaxGeometryExperiment = v.parse(schema, {})
