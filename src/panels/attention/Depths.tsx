import { shortNumber } from '../../charts/numberFormat.ts'
import { DepthFigure } from './DepthFigure.tsx'
import type { AttentionResult } from './result.ts'
import { tokenLabel } from './tokenLabel.ts'

/** Massive activations and heavy tails, block by block; with what a small model can show of them. */
export function Depths({ result, width }: { readonly result: AttentionResult; readonly width: number }) {
  const { hidden, kurtosis, tokens, model } = result
  const last = hidden.at(-1)?.top ?? []
  return (
    <>
      <DepthFigure
        title="The three largest |h|, and the median"
        width={width}
        scale="log"
        lines={[
          ...['largest', '', ''].map((name, rank) => ({
            name,
            values: hidden.map(({ top }) => Math.abs(top[rank]?.value ?? NaN)),
            ...(rank > 0 && { colour: 'var(--ink-soft)' }),
          })),
          { name: 'median', values: hidden.map(({ median }) => median), dash: '4 3' },
        ]}
      />
      <DepthFigure
        title="Kurtosis of h (dashed: 3, a Gaussian's)"
        width={width}
        lines={[{ name: '', values: kurtosis }]}
        rule={3}
      />
      <p className="att-soft">
        After the last block the largest are{' '}
        {last
          .map(
            ({ value, token, dimension }) =>
              `${shortNumber(value)} at “${tokenLabel(tokens[token]!)}” in dimension ${dimension}`,
          )
          .join(', ')}
        .
        {model !== null &&
          model.width < 256 &&
          ' In a model of this width neither number tells variants apart; the papers’ massive activations are above 100 and a thousand times the median.'}
      </p>
    </>
  )
}
