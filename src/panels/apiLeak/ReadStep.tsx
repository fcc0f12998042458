import { useState } from 'react'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import { wholeFrom } from '../wholeFrom.ts'
import { Exchange } from './Exchange.tsx'
import { rulesOf } from './guards.ts'
import { knownOf } from './lookedAt.ts'
import { OutputFigure } from './OutputFigure.tsx'
import type { ApiLeakResult } from './result.ts'
import { sentenceOf } from './sentences.ts'
import { StabilityFigure } from './StabilityFigure.tsx'
import type { StepProps } from './stepProps.ts'

/** One prompt, read call by call. */
export function ReadStep({ experiment, result, edit }: StepProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  const [side, sideWidth] = useWidth<HTMLDivElement>()
  const [wish, setWish] = useState<number | null>(null)
  const { reading, stability, strategy } = result
  const known = knownOf(experiment, result)
  const next = nextMove(experiment.asked, result, wish) ?? known.next
  const move = next === null ? null : reading.moves[next]!
  const rest = reading.moves.map((_, index) => index).filter((index) => !experiment.asked.includes(index))
  return (
    <>
      <div ref={element}>
        {width > 0 && (
          <OutputFigure
            label={sentenceOf({ ...experiment, step: 'read' }, result)}
            values={known.values}
            truth={reading.truth}
            showsTruth={experiment.truth}
            ringed={known.last?.tokens ?? []}
            wanted={move && next !== 0 ? move.tokens : []}
            width={width}
            {...(strategy !== 'unbiased' && { onToken: setWish })}
          />
        )}
      </div>
      <div className="leak-actions">
        <button
          type="button"
          className="tool-button is-main"
          disabled={next === null}
          onClick={() => next !== null && edit({ asked: [...experiment.asked, next] })}
        >
          {move === null ? 'Everything was asked' : next === 0 ? 'Ask the API' : askFor(move.tokens)}
        </button>
        <button
          type="button"
          className="tool-button"
          disabled={rest.length === 0}
          onClick={() => edit({ asked: [...experiment.asked, ...rest] })}
        >
          Ask for the rest
        </button>
        <TruthButton experiment={experiment} edit={edit} />
        <button
          type="button"
          className="tool-button"
          disabled={experiment.asked.length === 0}
          onClick={() => edit({ asked: [] })}
        >
          Start over
        </button>
        {move !== null && next !== 0 && (
          <span className="leak-note">
            or press another place in the figure: token{' '}
            <ScrubNumber
              value={wish ?? move.tokens[0]!}
              label="token to ask for"
              range={[0, experiment.vocabulary - 1]}
              scale="linear"
              multipleOf={1}
              problem={wholeFrom(0, experiment.vocabulary - 1)}
              format={String}
              onChange={setWish}
            />
          </span>
        )}
      </div>
      {strategy === 'unbiased' && (
        <p className="leak-note">No bias is taken: the other tokens cannot be brought into the answer.</p>
      )}
      <div className="leak-two">
        <Exchange move={known.last} strategy={strategy} reading={reading} />
        <div ref={side}>
          {sideWidth > 0 &&
            (stability ? (
              <StabilityFigure
                {...{ stability, edit }}
                bias={experiment.bias}
                top={rulesOf(experiment, experiment.guards).top}
                width={sideWidth}
              />
            ) : (
              <p className="leak-note">
                {strategy === 'unbiased'
                  ? 'Without a bias there is no formula to compare.'
                  : strategy === 'bisection'
                    ? 'A biased call shows no log-probability here, so no formula applies: each token is found by halving the bias.'
                    : 'The formulas are being tried.'}
              </p>
            ))}
        </div>
      </div>
    </>
  )
}

/** Draws what nobody outside can see, or hides it again. */
export function TruthButton({ experiment, edit }: Pick<StepProps, 'experiment' | 'edit'>) {
  return (
    <button
      type="button"
      className="tool-button"
      aria-pressed={experiment.truth}
      onClick={() => edit({ truth: !experiment.truth })}
    >
      Show the truth
    </button>
  )
}

/** The move that holds the token that one wishes for, if it was not made; null else. */
function nextMove(asked: readonly number[], { reading }: ApiLeakResult, wish: number | null): number | null {
  if (wish === null || !asked.includes(0)) return null
  const move = reading.moves.findIndex(({ tokens }) => tokens.includes(wish))
  return move < 0 || asked.includes(move) ? null : move
}

function askFor(tokens: readonly number[]): string {
  if (tokens.length > 4) return `Bias ${tokens.length} tokens from ${tokens[0]} and ask`
  return tokens.length === 1 ? `Bias token ${tokens[0]} and ask` : `Bias tokens ${tokens.join(' ')} and ask`
}
