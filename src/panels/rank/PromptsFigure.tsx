import { memo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { mostPrompts } from './promptRanks.ts'
import { rowsName, type RankResult } from './result.ts'

const height = 220

/** The rank of the first n prompts: as many as prompts, until no new direction comes. */
export const PromptsFigure = memo(function PromptsFigure({
  result,
  width,
}: {
  readonly result: RankResult
  /** Pixels. */
  readonly width: number
}) {
  const { promptRanks, rows, expectedRank } = result
  const name = rowsName(result)
  if (rows > mostPrompts)
    return (
      <p className="rank-note">
        The rank against the number of {name} is drawn for up to {mostPrompts} of them.
      </p>
    )
  if (promptRanks === null)
    return (
      <p className="rank-awaited" style={{ minHeight: height }}>
        The rank against the number of {name} comes here.
      </p>
    )
  const { prompts, ranks, kink } = promptRanks
  const most = Math.max(...ranks, 1)
  const said =
    kink === null ? `rises to ${most}` : kink < rows ? `rises to ${most} at ${kink}, then stays` : 'rises to the end'
  return (
    <Frame
      label={`Rank of the first n ${name}, n from 1 to ${rows}: it ${said}.`}
      width={width}
      height={height}
      x={{ kind: 'linear', low: 0, high: rows + 1 }}
      y={{ kind: 'linear', low: 0, high: most * 1.15 }}
      margins={{ top: 24, right: 12, bottom: 38, left: 56 }}
    >
      <AxisY count={Math.min(4, most)} title={`rank of the first n ${name}`} />
      <AxisX count={Math.min(6, rows + 1)} title={`n, ${name}`} />
      {expectedRank !== null && <Rules of="y" at={[expectedRank]} dash="3 3" label={`theory: ${expectedRank}`} />}
      <Curve xs={prompts} ys={ranks} stroke="var(--exponential-1)" />
      <Points xs={prompts} ys={ranks} fill="var(--exponential-1)" />
    </Frame>
  )
})
