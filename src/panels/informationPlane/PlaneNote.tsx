import { Term } from '../../charts/Term.tsx'

export interface PlaneNoteProps {
  /** False where no estimator here has an I(X;T), so that no plane is drawn. */
  readonly planes: boolean
  readonly seeds: number
}

/** How to read the planes; each term says what it is. */
export function PlaneNote({ planes, seeds }: PlaneNoteProps) {
  if (!planes) return null
  return (
    <div className="plane-note">
      To the right, <Term about={about.I_XT}>I(X;T)</Term>; up, <Term about={about.I_TY}>I(T;Y)</Term>; dashed, the most
      that either can be, <Term about={about.log2n}>log₂ n</Term> and <Term about={about.H_Y}>H(Y)</Term>. Colour runs
      from ochre, early, to violet, late. A cross is the same reading with{' '}
      <Term about={about.shuffled}>shuffled labels</Term>: only what lies above it says anything of the label.
      {seeds > 1 && ' Small dots are the other seeds.'}
    </div>
  )
}

const about = {
  I_XT: 'Mutual information of the input X and the output T of a layer: how many bits T still tells of X, as this estimator reads it.',
  I_TY: 'Mutual information of the output T of a layer and the label Y: how many bits T tells of the answer, as this estimator reads it.',
  log2n: 'With n samples, all different and equally likely, the input has log₂ n bits. No layer can tell more.',
  H_Y: 'Entropy of the label: the bits that there are to know of the answer. An estimate that is no bound, such as that of KDE, may lie above it.',
  shuffled:
    'The labels of this layer’s samples dealt out again by lot, so that the truth is 0. What is read nevertheless, an estimator reads out of nothing.',
}
