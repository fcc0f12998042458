import { percent, shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { isNearOne, type TokenInView } from './inView.ts'
import { nameOf } from './naming.ts'
import { ShareBars } from './ShareBars.tsx'

export interface VerdictProps {
  readonly token: TokenInView
  /** Tokens that can never win. */
  readonly lost: readonly number[]
  readonly names: ArgmaxGeometryExperiment['names']
  readonly box: number
  readonly edit: Edit<ArgmaxGeometryExperiment>
}

/** Can it win? With what proves it, and how that was checked. */
export function Verdict({ token, lost, names, box, edit }: VerdictProps) {
  switch (token.verdict) {
    case 'can never win':
      return <NeverWins token={token} lost={lost} names={names} />
    case 'can win':
      return <Wins token={token} box={box} edit={edit} />
    case 'undecided':
      return (
        <p>
          <strong className="geo-verdict is-open">undecided</strong> It lies on the edge to within rounding: no hidden
          state makes it win by more than the rounding, and no weights enclose it to 10⁻¹¹.
        </p>
      )
    case 'not tested yet':
      return <p>It is not tested yet.</p>
  }
}

function NeverWins({ token, lost, names }: Pick<VerdictProps, 'token' | 'lost' | 'names'>) {
  const { enclosedBy, ceiling, bound, error } = token
  return (
    <>
      <p>
        <strong className="geo-verdict is-never">can never win</strong> Its row is a weighted average of others, so its
        logit is too (with a bias no larger), and an average is never above them all:
      </p>
      <ShareBars
        title="weights that enclose it"
        shares={enclosedBy.slice(0, 12).map(({ token: other, weight }) => ({
          token: other,
          name: nameOf(other, names),
          share: weight,
          isLost: lost.includes(other),
        }))}
        format={(weight) => `λ ${weight.toFixed(3)}`}
      />
      {enclosedBy.length > 12 && <p className="geo-soft">and {enclosedBy.length - 12} more.</p>}
      <p>
        Its probability is at most <strong>{ceiling === null ? percent(bound ?? 1) : percent(ceiling)}</strong>
        {ceiling === null
          ? ' by these weights.'
          : ` for any hidden state; the weights alone prove ${percent(bound ?? 1)}.`}
      </p>
      {error !== null && (
        <p className="geo-checked">
          checked: in no coordinate does Σ λ w miss w by more than {shortNumber(error, 2)} of the distances; λ ≥ 0, Σ λ
          = 1
        </p>
      )}
    </>
  )
}

function Wins({ token, box, edit }: Pick<VerdictProps, 'token' | 'box' | 'edit'>) {
  const { state, margin, radius, ceiling } = token
  return (
    <>
      <p>
        <strong className="geo-verdict is-winner">can win</strong>{' '}
        {state && state.length <= 3
          ? `At h = (${Array.from(state, (x) => shortNumber(x)).join(', ')}) its logit is the largest.`
          : 'A hidden state was found at which its logit is the largest.'}
      </p>
      {margin !== null && margin > 0 && (
        <p className="geo-checked">checked: W h + b has it in front by {shortNumber(margin)}, rounding taken off</p>
      )}
      {ceiling !== null && !isNearOne(ceiling) && (
        <p>
          Yet its probability is at most <strong>{percent(ceiling)}</strong>: the region where it wins ends.
        </p>
      )}
      {radius !== null && (
        <p>
          Largest ball of states where it wins: radius {shortNumber(radius)}, with its centre in the box |h| ≤{' '}
          <ScrubNumber
            value={box}
            label="half the side of the box"
            range={[1, 10_000]}
            scale="log"
            problem={(value) => (value > 0 ? null : 'above 0')}
            onChange={(to, gesture) => edit({ box: to }, gesture)}
          />
          {radius <= 0 ? '; it wins only beyond that box.' : '.'}
        </p>
      )}
    </>
  )
}
