import { Tex } from './Tex.tsx'
import type { Law, Normalizer } from '../../math/normalizers/contract.ts'
import { withoutVariant, withVariant } from './edits.ts'
import type { VariantSetting } from './experiment.ts'
import type { Change } from './VariantHead.tsx'

const laws: Readonly<Record<Law, string>> = {
  'sums-to-one': 'the weights sum to 1',
  'sums-to-at-most-one': 'the weights sum to at most 1',
  nonnegative: 'no weight is below 0',
  'shift-invariant': 'adding the same number to every logit changes nothing',
  'scale-invariant': 'multiplying every logit by the same positive number changes nothing',
  'keeps-order': 'a higher logit never gets less',
  'exact-zeros': 'some entries get exactly 0',
  permutes: 'the place of an entry does not matter',
  'symmetric-jacobian': 'the Jacobian is symmetric',
}

/** Who sums to 1 also sums to at most 1: that needs no line of its own. */
const shownLaws = (kept: ReadonlySet<Law>): Law[] =>
  (Object.keys(laws) as Law[]).filter(
    (law) => law !== (kept.has('sums-to-one') ? 'sums-to-at-most-one' : 'sums-to-one'),
  )

export interface VariantDetailsProps {
  readonly entry: Normalizer
  readonly setting: VariantSetting
  readonly isReference: boolean
  readonly change: Change
}

/** All about one variant: what it is, its formula, what it promises, who wrote it; and what can be done with it here. */
export function VariantDetails({ entry, setting, isReference, change }: VariantDetailsProps) {
  const kept = new Set(entry.laws(setting.params))
  return (
    <div className="variant-details">
      <p>{entry.summary}</p>
      <Tex tex={entry.formula} />
      <ul className="laws">
        {shownLaws(kept).map((law) => (
          <li key={law} className={kept.has(law) ? 'holds' : 'fails'}>
            <span aria-hidden="true">{kept.has(law) ? '✓' : '–'}</span>
            <span className="visually-hidden">{kept.has(law) ? 'Promised: ' : 'Not promised: '}</span>
            {laws[law]}
          </li>
        ))}
      </ul>
      {Object.entries(entry.params).map(([name, { label, symbol, about }]) => (
        <p key={name} className="soft">
          <Tex tex={symbol} inline /> {label}: {about}
        </p>
      ))}
      {entry.sources.map(({ cite, title, where }) => (
        <p key={where} className="soft">
          {cite}, <cite>{title}</cite>, {where}
        </p>
      ))}
      <div className="details-buttons">
        <button
          type="button"
          className="tool-button"
          data-closes
          onClick={() => change(() => ({ reference: isReference ? null : setting.id }))}
        >
          {isReference ? 'Stop comparing' : 'Compare others with it'}
        </button>
        <button
          type="button"
          className="tool-button"
          data-closes
          onClick={() => change((experiment) => withVariant(experiment, setting.normalizer))}
        >
          Add another
        </button>
        <button
          type="button"
          className="tool-button"
          data-closes
          onClick={() => change((experiment) => withoutVariant(experiment, setting.id))}
        >
          Remove
        </button>
      </div>
    </div>
  )
}
