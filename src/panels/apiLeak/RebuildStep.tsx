import { useMemo } from 'react'
import { useWidth } from '../../charts/useWidth.ts'
import { growthOf, outputsNeeded, takenOf, type Taken } from './lookedAt.ts'
import { OutputFigure } from './OutputFigure.tsx'
import { TruthButton } from './ReadStep.tsx'
import type { ApiLeakResult, Campaign } from './result.ts'
import { sentenceOf } from './sentences.ts'
import type { StepProps } from './stepProps.ts'

/** An output that nobody read, from a few of its tokens. */
export function RebuildStep(props: StepProps) {
  const { experiment, result, edit } = props
  const taken = takenOf(experiment, growthOf(experiment, result))
  const { campaign } = result
  if (campaign === null) return <p className="leak-awaited">Outputs are being collected.</p>
  if (taken === null) return <NotYet needed={outputsNeeded(result)} edit={edit} />
  return <Rebuilt {...props} taken={taken} campaign={campaign} />
}

interface RebuiltProps extends StepProps {
  readonly taken: Taken
  readonly campaign: Campaign
}

function Rebuilt({ experiment, result, edit, taken, campaign }: RebuiltProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  const values = useRebuilt(result, growthOf(experiment, result)?.outputs ?? 0, taken)
  const all = taken.shortcut.tokens.length
  const truth = campaign.heldOut
  return (
    <>
      <div ref={element}>
        {width > 0 && (
          <OutputFigure
            label={sentenceOf({ ...experiment, step: 'rebuild' }, result)}
            values={values}
            truth={truth}
            showsTruth={experiment.truth}
            ringed={taken.isWhole ? taken.tokens : []}
            wanted={taken.isWhole ? [] : taken.tokens}
            width={width}
          />
        )}
      </div>
      <div className="leak-actions">
        <button
          type="button"
          className="tool-button is-main"
          disabled={taken.isWhole}
          onClick={() => edit({ rebuilt: taken.moves + 1 })}
        >
          {taken.isWhole
            ? 'The output is fixed'
            : `Ask about tokens ${taken.shortcut.tokens[taken.moves]!.slice(0, 4).join(' ')}${taken.shortcut.tokens[taken.moves]!.length > 4 ? ' …' : ''}`}
        </button>
        {all > 1 && (
          <button type="button" className="tool-button" disabled={taken.isWhole} onClick={() => edit({ rebuilt: all })}>
            Ask all {all}
          </button>
        )}
        <TruthButton experiment={experiment} edit={edit} />
        <button type="button" className="tool-button" disabled={taken.moves === 0} onClick={() => edit({ rebuilt: 0 })}>
          Start over
        </button>
      </div>
      <Prices calls={taken.shortcut.calls} whole={campaign.heldOutCalls} />
      <p className="leak-note">
        The image says how all tokens move together; {taken.shortcut.tokens.flat().length} of them, measured against
        token {taken.shortcut.reference}, fix where in the image an output lies (a system of condition number{' '}
        {taken.shortcut.condition.toFixed(1)}).
      </p>
    </>
  )
}

/** The output as rebuilt, once all tokens are there. */
function useRebuilt({ arrays, campaign }: ApiLeakResult, outputs: number, { isWhole }: Taken): readonly number[] {
  const rebuilt = arrays?.['rebuilt']
  return useMemo(() => {
    const count = campaign?.heldOut.length ?? 0
    if (!isWhole || !rebuilt) return Array.from({ length: count }, () => NaN)
    return [...rebuilt.values.subarray((outputs - 1) * count, outputs * count)]
  }, [rebuilt, campaign, outputs, isWhole])
}

function NotYet({ needed, edit }: { readonly needed: number | null; readonly edit: StepProps['edit'] }) {
  return (
    <div className="leak-awaited">
      {needed === null ? (
        <p>This interface gives no image, so no output can be rebuilt. Change a guard, the formula or the bias.</p>
      ) : (
        <p>
          This needs the image, which {needed} collected outputs show.{' '}
          <button type="button" className="tool-button" onClick={() => edit({ collected: needed })}>
            Collect {needed}
          </button>
        </p>
      )}
    </div>
  )
}

/** Calls with the image and without it, as two bars on one scale. */
function Prices({ calls, whole }: { readonly calls: number; readonly whole: number }) {
  const most = Math.max(calls, whole, 1)
  return (
    <dl className="leak-prices">
      {[
        ['from a few tokens', calls],
        ['token by token', whole],
      ].map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span style={{ width: `${(100 * Number(count)) / most}%` }} />
            {Number(count).toLocaleString('en-US')} calls
          </dd>
        </div>
      ))}
    </dl>
  )
}
