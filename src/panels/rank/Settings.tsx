import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import { MatrixWord } from '../MatrixWord.tsx'
import { noMatrix } from '../matrixFields.ts'
import { offersOf } from '../matrixSource.ts'
import { PartWords } from '../PartWords.tsx'
import { wholeFrom } from '../wholeFrom.ts'
import { comparisons, norms, precisions, views, type RankExperiment } from './experiment.ts'
import { layers, layerTraits } from './layers.ts'
import { rankLimit } from './limit.ts'
import type { RankResult } from './result.ts'
import { showsLogits, withView } from './shownView.ts'

export interface SettingsProps {
  readonly experiment: RankExperiment
  readonly edit: Edit<RankExperiment>
  readonly result: RankResult | null
}

const optionsOf = (ids: readonly string[], labels: Readonly<Record<string, string>> = {}) =>
  ids.map((id) => ({ id, label: labels[id] ?? id.replaceAll('-', ' ') }))
const someOf = <T extends string>(ids: readonly T[], id: string): T => ids.find((each) => each === id) ?? ids[0]!
/** Where the noise's logarithmic scale ends: below it there is none. */
const leastNoise = 1e-9
const places = ['weights', 'hidden', 'outputs'] as const

/** What is in the matrix, as a sentence whose words can be changed. */
export function Settings({ experiment, edit, result }: SettingsProps) {
  const { view, precision } = experiment
  const seen = (
    <ChoiceWord
      label="what the matrix holds"
      value={view}
      options={optionsOf(experiment.file !== null || showsLogits(experiment) ? views : views.slice(1), {
        'log-probabilities': 'log-probabilities',
        centred: 'centred log-probabilities',
      })}
      onChange={(id) => edit({ view: someOf(views, id) })}
    />
  )
  const to = (
    <ChoiceWord
      label="precision"
      value={experiment.file === null && precision === 'as-stored' ? 'f64' : precision}
      options={optionsOf(experiment.file === null ? precisions.slice(1) : precisions, {
        'as-stored': 'what they tell',
        '1-decimals': '1 decimal',
      })}
      onChange={(id) => edit({ precision: someOf(precisions, id) })}
    />
  )
  const compared = (
    <ChoiceWord
      label="what is compared"
      value={experiment.file !== null && experiment.compare === 'layers' ? 'nothing' : experiment.compare}
      options={optionsOf(experiment.file === null ? comparisons : comparisons.slice(0, 2), {
        layers: 'output layers',
      })}
      onChange={(id) => edit(withView(experiment, { compare: someOf(comparisons, id) }))}
    />
  )
  if (experiment.file !== null) {
    const choices = offersOf(result?.choices ?? [], experiment)
    return (
      <p className="rank-settings">
        {(choices.length > 0 && result?.title) || 'Your matrix'}, as {seen}, its entries good to {to}; compared:{' '}
        {compared}. <MatrixWord choices={choices} tensor={experiment.tensor} limit={rankLimit} onChoose={edit} />{' '}
        <PartWords choices={choices} taken={experiment} limit={rankLimit} onChoose={edit} />{' '}
        <button type="button" className="tool-button" onClick={() => edit(withView(experiment, noMatrix))}>
          Back to the made model
        </button>
      </p>
    )
  }
  return <Made {...{ experiment, edit, seen, to, compared }} />
}

interface MadeProps extends Pick<SettingsProps, 'experiment' | 'edit'> {
  readonly seen: React.ReactNode
  readonly to: React.ReactNode
  readonly compared: React.ReactNode
}

function Made({ experiment, edit, seen, to, compared }: MadeProps) {
  const size = (
    field: 'vocabulary' | 'hidden' | 'prompts' | 'components',
    label: string,
    low: number,
    high: number,
  ) => (
    <ScrubNumber
      value={experiment[field]}
      label={label}
      range={[low, high]}
      scale="linear"
      multipleOf={1}
      problem={wholeFrom(low, high)}
      onChange={(value, gesture) => edit({ [field]: value }, gesture)}
    />
  )
  return (
    <p className="rank-settings">
      The {seen} of {size('vocabulary', 'vocabulary', 2, 1024)} tokens after {size('prompts', 'prompts', 2, 512)}{' '}
      prompts, from hidden states of {size('hidden', 'hidden size d', 1, 256)} numbers; output layer{' '}
      <ChoiceWord
        label="output layer"
        value={experiment.layer}
        options={optionsOf(layers)}
        onChange={(id) => edit(withView(experiment, { layer: someOf(layers, id) }))}
      />
      {layerTraits[experiment.layer].isMixture && <> of {size('components', 'parts of the mixture', 2, 16)}</>}, bias{' '}
      <ChoiceWord
        label="output bias"
        value={experiment.bias ? 'yes' : 'no'}
        options={optionsOf(['no', 'yes'])}
        onChange={(id) => edit({ bias: id === 'yes' })}
      />
      , norm{' '}
      <ChoiceWord
        label="norm"
        value={experiment.norm}
        options={optionsOf(norms, { rms: 'RMSNorm', layer: 'LayerNorm', 'layer-shift': 'LayerNorm with shift' })}
        onChange={(id) => edit({ norm: someOf(norms, id) })}
      />
      , temperature{' '}
      <ScrubNumber
        value={experiment.temperature}
        label="temperature"
        range={[0.1, 10]}
        scale="log"
        problem={(value) => (value > 0 ? null : 'above 0')}
        onChange={(temperature, gesture) => edit({ temperature }, gesture)}
      />
      , soft-cap{' '}
      <ScrubNumber
        value={experiment.softCap ?? 0}
        label="soft-cap; 0 is none"
        range={[0, 50]}
        scale="linear"
        format={(value) => (value === 0 ? 'none' : String(value))}
        problem={(value) => (value >= 0 ? null : '0 or more')}
        onChange={(value, gesture) => edit({ softCap: value === 0 ? null : value }, gesture)}
      />
      . The{' '}
      <ChoiceWord
        label="what is rounded"
        value={experiment.rounded}
        options={optionsOf(places, { hidden: 'hidden states' })}
        onChange={(id) => edit({ rounded: someOf(places, id) })}
      />{' '}
      are stored as {to}; noise{' '}
      <ScrubNumber
        value={experiment.noise === 0 ? leastNoise : experiment.noise}
        label="deviation of the noise on each output; 0 is none"
        range={[leastNoise, 1]}
        scale="log"
        format={() => (experiment.noise === 0 ? 'none' : shortNumber(experiment.noise))}
        problem={(value) => (value >= 0 && value <= 1000 ? null : 'from 0 to 1000')}
        onChange={(value, gesture) => edit({ noise: value <= leastNoise ? 0 : value }, gesture)}
      />
      , mean over prompts{' '}
      <ChoiceWord
        label="mean over prompts"
        value={experiment.promptMeanRemoved ? 'removed' : 'kept'}
        options={optionsOf(['kept', 'removed'])}
        onChange={(id) => edit({ promptMeanRemoved: id === 'removed' })}
      />
      . Compared: {compared}.
    </p>
  )
}
