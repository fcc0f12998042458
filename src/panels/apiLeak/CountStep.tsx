import { Transport } from '../../charts/Transport.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import { growthOf, isClear, spentOf } from './lookedAt.ts'
import { RankFigure, SpectrumFigure } from './CountFigures.tsx'
import { clearTilt, type Growth } from './result.ts'
import type { StepProps } from './stepProps.ts'
import { twoDigits } from './twoDigits.ts'

/** Outputs collected one by one, until one tells nothing new. */
export function CountStep(props: StepProps) {
  const { campaign } = props.result
  if (campaign === null) return <p className="leak-awaited">Outputs are being collected.</p>
  return <Counted {...props} growth={campaign.growth} />
}

function Counted({ experiment, result, edit, growth }: StepProps & { readonly growth: readonly Growth[] }) {
  const [element, width] = useWidth<HTMLDivElement>()
  const here = growthOf(experiment, result)
  const collected = here?.outputs ?? 0
  // Two figures side by side, or one above the other.
  const each = width > 640 ? Math.floor((width - 24) / 2) : width
  return (
    <>
      <div ref={element} className="leak-figures">
        {width > 0 && (
          <>
            <RankFigure growth={growth} collected={collected} width={each} />
            <SpectrumFigure growth={growth} here={here} width={each} />
          </>
        )}
      </div>
      <Transport
        index={collected}
        count={growth.length + 1}
        step="output"
        label="outputs collected"
        text={collected === 0 ? 'no output yet' : `${collected} of ${growth.length} outputs`}
        onMove={(index, gesture) => edit({ collected: index }, gesture)}
      />
      {here === null ? (
        <p className="leak-note">
          Press play, or step forward: each output is a whole prompt, read through the interface as in part 1.
        </p>
      ) : (
        <Verdict here={here} truth={experiment.truth} hidden={experiment.hidden} />
      )}
      <p className="leak-note">
        <Large {...{ experiment, result }} />
      </p>
    </>
  )
}

interface VerdictProps {
  readonly here: Growth
  readonly truth: boolean
  readonly hidden: number
}

/** The certificate, in words. */
function Verdict({ here, truth, hidden }: VerdictProps) {
  const { found, residual, residualLimit, layerMismatch, tilt, rank, outputs, lost } = here
  if (found === null)
    return (
      <p className="leak-verdict">
        {lost === outputs
          ? 'No output came back whole.'
          : `Rank ${rank} of ${outputs - lost}: no output was a mixture of the others yet.`}
      </p>
    )
  const clear = isClear(here)
  return (
    <p className={clear ? 'leak-verdict' : 'leak-verdict is-open'}>
      <strong>
        {clear ? 'd = ' : 'd ≥ '}
        {found}.
      </strong>{' '}
      {Number.isNaN(residual)
        ? 'There is no certificate: the output that was kept apart did not come back whole.'
        : `Certificate: an output that was not collected lies ${twoDigits(residual)} of its length outside the image; errors alone reach ${twoDigits(residualLimit)}.`}
      {tilt > clearTilt && ' These errors are so large that a weaker direction could hide below them.'}
      {residual > residualLimit && ' That is more: there are further directions.'} The output layer itself, as far as
      anyone outside can know it (up to a {found} × {found} map), is {twoDigits(layerMismatch)} of its size off.
      {truth && ` The emulation says d = ${hidden}.`}
    </p>
  )
}

/** The same attack at the size of a service, and what the papers say of theirs. */
function Large({ experiment, result }: Pick<StepProps, 'experiment' | 'result'>) {
  const { large } = spentOf(experiment, result)
  return (
    <>
      By the same count, 100,277 tokens and 4,096 dimensions behind a top 5 take {large.calls.toLocaleString('en-US')}{' '}
      calls, ${large.dollars.toLocaleString('en-US', { maximumSignificantDigits: 3 })} at your price. The papers report
      of real services, in their abstracts: gpt-3.5-turbo, a hidden size of about 4,096 for under $1,000 (Finlayson et
      al. 2024); ada 1,024 and babbage 2,048 for under $20 (Carlini et al. 2024).
    </>
  )
}
