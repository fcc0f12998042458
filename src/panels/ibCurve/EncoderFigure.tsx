import { CellGrid } from '../../charts/CellGrid.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { Term } from '../../charts/Term.tsx'
import type { CurvePoint } from './result.ts'

export interface EncoderFigureProps {
  readonly here: CurvePoint
  /** Pixels. */
  readonly width: number
}

/** No probe finds better than this: bits of round-off. */
const proven = -1e-9

const about = {
  encoder: 'The encoder: the probability that x is put into cluster t. A row is one x and sums to 1.',
  certificate:
    'At an optimum no further cluster can lower I(X;T) − β I(T;Y), whatever x it is made of. This is the least change that a search from many starts found: not below 0, but for rounding, proves the encoder optimal up to those starts.',
}

/** Which cluster each x goes to at the chosen β, and whether anything could be better. */
export function EncoderFigure({ here, width }: EncoderFigureProps) {
  const { encoder, parts, certificate } = here
  const optimal = certificate >= proven
  return (
    <div className="ib-encoder">
      <h3>
        Where each x goes, <Term about={about.encoder}>q(t|x)</Term>
      </h3>
      <CellGrid
        label={`Encoder: ${encoder.length} values of x, ${parts.length} ${parts.length === 1 ? 'cluster' : 'clusters'}`}
        rows={encoder}
        rowNames={encoder.map((_, x) => `x${x + 1}`)}
        columnNames={parts.map((_, t) => `t${t + 1}`)}
        width={width}
        rowHeight={Math.min(24, Math.max(14, 240 / encoder.length))}
        colour="var(--exponential-1)"
      />
      <div className={optimal ? 'ib-certificate' : 'ib-certificate is-open'}>
        {optimal ? 'Optimal' : 'Perhaps not optimal'}: the best other cluster that a search found would{' '}
        {optimal ? 'gain nothing' : `gain ${shortNumber(-certificate, 2)} bits`}.{' '}
        <Term about={about.certificate}>Certificate</Term>: {shortNumber(certificate, 2)} bits.
      </div>
    </div>
  )
}
