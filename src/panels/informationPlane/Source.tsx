import { useState } from 'react'
import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { activations } from '../../models/mlp/activations.ts'
import { optimizers } from '../../models/mlp/optimizers.ts'
import type { Edit } from '../contract.ts'
import { widthsFrom, withSeeds } from './edits.ts'
import type { InformationPlaneExperiment } from './experiment.ts'
import { Knob } from './Knob.tsx'
import { taskNames } from './taskNames.ts'

export interface SourceProps {
  readonly experiment: InformationPlaneExperiment
  readonly edit: Edit<InformationPlaneExperiment>
}

const wholeFrom = (low: number, high: number) => (value: number) =>
  Number.isInteger(value) && value >= low && value <= high ? null : `a whole number from ${low} to ${high}`
const above0 = (value: number) => (value > 0 ? null : 'above 0')
const from0to = (high: number) => (value: number) => (value >= 0 && value <= high ? null : `from 0 to ${high}`)

/** What is trained, on what and how, as a sentence whose words can be changed. */
export function Source({ experiment, edit }: SourceProps) {
  const { activation, data, optimizer, seeds, task } = experiment
  const first = seeds[0]!
  return (
    <p className="plane-source">
      A{' '}
      <ChoiceWord
        label="activation"
        value={activation}
        options={activations}
        onChange={(id) => edit({ activation: id })}
      />{' '}
      network of <Widths experiment={experiment} edit={edit} /> units learns{' '}
      <ChoiceWord
        label="task"
        value={task}
        options={taskNames(data)}
        onChange={(id) => edit({ task: taskNames(data).find((each) => each.id === id)!.id })}
      />{' '}
      by{' '}
      <ChoiceWord label="optimizer" value={optimizer} options={optimizers} onChange={(id) => edit({ optimizer: id })} />{' '}
      at rate{' '}
      <Knob
        field="learningRate"
        label="learning rate"
        range={[0.0001, 1]}
        scale="log"
        problem={above0}
        {...{ experiment, edit }}
      />
      , in batches of{' '}
      <Knob
        field="batch"
        label="batch size; 0 is all samples"
        range={[0, 4096]}
        scale="linear"
        multipleOf={1}
        format={(value) => (value === 0 ? 'all' : shortNumber(value, 7))}
        problem={wholeFrom(0, 1_000_000)}
        {...{ experiment, edit }}
      />
      , for{' '}
      <Knob
        field="epochs"
        label="epochs"
        range={[10, 2000]}
        scale="log"
        multipleOf={1}
        format={(value) => shortNumber(value, 7)}
        problem={wholeFrom(1, 20_000)}
        {...{ experiment, edit }}
      />{' '}
      {experiment.epochs === 1 ? 'epoch' : 'epochs'}, from{' '}
      <ScrubNumber
        value={seeds.length}
        label="number of seeds"
        range={[1, 20]}
        scale="linear"
        multipleOf={1}
        problem={wholeFrom(1, 20)}
        onChange={(count, gesture) => edit(withSeeds(first, count), gesture)}
      />{' '}
      {seeds.length === 1 ? 'seed' : 'seeds'}, the first{' '}
      <ScrubNumber
        value={first}
        label="first seed"
        range={[0, 99]}
        scale="linear"
        multipleOf={1}
        problem={wholeFrom(0, 4_000_000_000)}
        onChange={(value, gesture) => edit(withSeeds(value, seeds.length), gesture)}
      />
      .
    </p>
  )
}

/** What is rarely changed. */
export function FinerSource({ experiment, edit }: SourceProps) {
  return (
    <div className="plane-details">
      <p>
        first weights ×{' '}
        <Knob
          field="gain"
          label="scale of the first weights; 1.41 is He et al."
          range={[0.1, 4]}
          scale="log"
          problem={above0}
          {...{ experiment, edit }}
        />{' '}
        / √fan-in; 1.41 is He et al.’s, for ReLU
      </p>
      <p>
        L2{' '}
        <Knob field="l2" label="L2" range={[0, 0.02]} scale="linear" problem={from0to(1)} {...{ experiment, edit }} />,
        added to each weight’s gradient
      </p>
      <p>
        noise{' '}
        <Knob
          field="noise"
          label="deviation of the noise on hidden units"
          range={[0, 1]}
          scale="linear"
          problem={from0to(10)}
          {...{ experiment, edit }}
        />{' '}
        on each hidden unit, while it learns and when it is read
      </p>
      <p>
        train on{' '}
        <Knob
          field="trainShare"
          label="share that is trained on"
          range={[0.05, 1]}
          scale="linear"
          problem={(value) => (value >= 0.05 && value <= 1 ? null : 'from 0.05 to 1')}
          {...{ experiment, edit }}
        />{' '}
        of the samples; the rest tests
      </p>
    </div>
  )
}

function Widths({ experiment, edit }: SourceProps) {
  const written = experiment.widths.join('-')
  const [typing, setTyping] = useState<string | null>(null)
  const text = typing ?? written
  const read = widthsFrom(text)
  const commit = () => {
    setTyping(null)
    if (text !== written && 'widths' in read) edit({ widths: read.widths, layer: null })
  }
  return (
    <span className="plane-widths">
      <input
        aria-label="widths of the hidden layers"
        aria-invalid={'problem' in read}
        size={Math.max(6, text.length)}
        value={text}
        onChange={(event) => setTyping(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          if (event.key === 'Escape') setTyping(null)
        }}
      />
      {'problem' in read && (
        <span className="plane-complaint" role="alert">
          {read.problem}
        </span>
      )}
    </span>
  )
}
