import { safeParse } from 'valibot'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { variantTextColour } from '../../charts/variantColour.ts'
import { schemaProblems } from '../../panels/schemaProblems.ts'
import { valueAt, withValueAt } from '../path.ts'
import { useExperiment, useLivePanel } from './hooks.ts'
import { numberText } from './numberText.ts'
import { brokenPanel, Complaint, type WidgetProps } from './widget.tsx'

/** A number of an experiment to drag in the text: `:scrub[bars.variants.entmax.params.alpha]{min=1 max=3 step=0.01}`. */
export function ScrubWidget({ node, instance, steps, attributes }: WidgetProps) {
  const live = useLivePanel(instance)
  const experiment = useExperiment(live)
  if (!live || !experiment) return <Complaint node={node}>{brokenPanel(instance.id)}</Complaint>
  const root = `#${instance.id}`
  const found = valueAt(experiment, steps, root)
  if ('missing' in found) return <Complaint node={node}>{found.missing}</Complaint>
  const { value } = found
  if (typeof value !== 'number')
    return <Complaint node={node}>{`${[root, ...steps].join('.')} is no number that one could drag.`}</Complaint>
  const spec = specOf(attributes)
  if (typeof spec === 'string') return <Complaint node={node}>{spec}</Complaint>

  const patchWith = (next: number) => {
    const changed = withValueAt(experiment, steps, next, root)
    const field = steps[0] ?? ''
    return 'value' in changed ? { [field]: (changed.value as Record<string, unknown>)[field] } : {}
  }
  const problem = (typed: number) => {
    if (typed < spec.range[0] || typed > spec.range[1]) return `from ${spec.range[0]} to ${spec.range[1]}`
    const parsed = safeParse(live.panel.schema, { ...experiment, ...patchWith(typed) })
    return parsed.success ? null : `a number that the panel takes (${schemaProblems(parsed.issues).join(' ')})`
  }
  const unit = attributes.get('unit')
  return (
    <ScrubNumber
      value={value}
      label={attributes.get('label') ?? steps.join(' ')}
      range={spec.range}
      scale="linear"
      multipleOf={spec.step}
      format={spec.write}
      colour={hueOf(steps)}
      problem={problem}
      // The panel's own controls have gestures too: theirs must not go on in ours.
      onChange={(next, gesture) => live.experiments.edit(patchWith(next), `${node.position?.start.offset}: ${gesture}`)}
      {...(unit !== undefined && { unit })}
    />
  )
}

interface Spec {
  readonly range: readonly [number, number]
  readonly step: number | undefined
  readonly write: (value: number) => string
}

/** The attributes as numbers, or what is wrong with them. */
function specOf(attributes: ReadonlyMap<string, string>): Spec | string {
  const numbers = ['min', 'max', 'step'].map((name) => {
    const written = attributes.get(name)
    return written === undefined || written.trim() === '' ? undefined : Number(written)
  })
  const [min, max, step] = numbers
  if (min === undefined || max === undefined || !(min < max)) return 'It needs min and max, as in {min=1 max=3}.'
  if (numbers.some((each) => each !== undefined && !Number.isFinite(each))) return 'min, max and step must be numbers.'
  if (step !== undefined && step <= 0) return `step is ${step}; it must be above 0.`
  const text = numberText(attributes.get('format'))
  return 'problem' in text ? text.problem : { range: [min, max], step, write: text.write }
}

/** The hue of the variant that the way leads through; the ink where it leads through none. */
const hueOf = (steps: readonly string[]): string =>
  steps.map(variantTextColour).find((colour) => colour !== 'var(--ink)') ?? 'var(--ink)'
