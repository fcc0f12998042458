import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { Popover } from '../../charts/Popover.tsx'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import { wholeFrom } from '../wholeFrom.ts'
import { limits, type ApiLeakExperiment } from './experiment.ts'
import { spentOf } from './lookedAt.ts'
import type { ApiLeakResult } from './result.ts'

export interface InterfaceProps {
  readonly experiment: ApiLeakExperiment
  readonly result: ApiLeakResult | null
  readonly edit: Edit<ApiLeakExperiment>
}

const exact = 'all'
const decimalChoices = [
  { id: exact, label: 'with every digit' },
  ...[10, 7, 5, 4, 3, 2, 1, 0].map((n) => ({ id: String(n), label: `to ${n} decimal${n === 1 ? '' : 's'}` })),
]
const formulaChoices = [
  { id: 'anchored', label: 'anchored' },
  { id: 'batch', label: 'all at once' },
]

/** The rules of the interface and the attacker's choices, as a sentence to change. */
export function Interface({ experiment, result, edit }: InterfaceProps) {
  const { vocabulary, top, decimals, bias, formula } = experiment
  const listed = decimalChoices.some(({ id }) => id === String(decimals ?? exact))
  const own = { id: String(decimals), label: `to ${decimals} decimals` }
  return (
    <p className="leak-interface">
      An <strong>emulated</strong> API shows the top{' '}
      <ScrubNumber
        value={top}
        label="log-probabilities shown"
        range={[1, limits.top]}
        scale="linear"
        multipleOf={1}
        problem={wholeFrom(1, limits.top)}
        onChange={(value, gesture) => edit({ top: value, asked: [0], rebuilt: 0 }, gesture)}
      />{' '}
      of {vocabulary} log-probabilities,{' '}
      <ChoiceWord
        label="decimals"
        value={String(decimals ?? exact)}
        options={listed ? decimalChoices : [own, ...decimalChoices]}
        onChange={(id) => edit({ decimals: id === exact ? null : Number(id) })}
      />
      . You bias tokens by{' '}
      <ScrubNumber
        value={bias}
        label="bias"
        range={[1, limits.bias]}
        scale="linear"
        problem={(value) => (value >= 1 && value <= limits.bias ? null : `from 1 to ${limits.bias}`)}
        onChange={(value, gesture) => edit({ bias: value }, gesture)}
      />{' '}
      and undo it by the{' '}
      <ChoiceWord
        label="formula"
        value={formula}
        options={formulaChoices}
        onChange={(id) => edit({ formula: id === 'batch' ? 'batch' : 'anchored', asked: [0] })}
      />{' '}
      formula. {result && <Meter {...{ experiment, result, edit }} />}
    </p>
  )
}

function Meter({ experiment, result, edit }: InterfaceProps & { readonly result: ApiLeakResult }) {
  const { calls, dollars } = spentOf(experiment, result)
  return (
    <span className="leak-meter">
      So far {calls.toLocaleString('en-US')} {calls === 1 ? 'call' : 'calls'}, $
      {dollars.toLocaleString('en-US', { maximumSignificantDigits: 3 })} at your price of $
      <ScrubNumber
        value={experiment.price}
        label="your price for a thousand calls"
        range={[1e-4, 10]}
        scale="log"
        problem={(value) => (value > 0 ? null : 'above 0')}
        onChange={(price, gesture) => edit({ price }, gesture)}
      />{' '}
      a thousand.
    </span>
  )
}

/** What the attacker does not see: the model behind the interface. */
export function SecretModel({ experiment, edit }: Omit<InterfaceProps, 'result'>) {
  const { vocabulary, hidden, seed, sharpness, outputs } = experiment
  const fresh = { asked: [0], collected: 0, rebuilt: 0 }
  const number = (
    field: 'vocabulary' | 'hidden' | 'seed' | 'outputs',
    label: string,
    [low, high]: readonly [number, number],
  ) => (
    <ScrubNumber
      value={experiment[field]}
      label={label}
      range={[low, high]}
      scale="linear"
      multipleOf={1}
      problem={wholeFrom(low, high)}
      format={String}
      onChange={(value, gesture) => edit({ ...fresh, [field]: value }, gesture)}
    />
  )
  return (
    <Popover button="Behind the API" title="The model behind the API">
      <p className="leak-secret">
        Only the emulation knows: {number('vocabulary', 'tokens', [Math.max(20, hidden + 2), limits.vocabulary])}{' '}
        tokens, d = {number('hidden', 'hidden size d', [1, Math.min(limits.hidden, vocabulary - 2)])} hidden numbers,
        seed {number('seed', 'seed', [0, 99999])}, hidden states of size{' '}
        <ScrubNumber
          value={sharpness}
          label="size of the hidden states"
          range={[0.5, 4]}
          scale="linear"
          problem={(value) => (value >= 0.5 && value <= 4 ? null : 'from 0.5 to 4')}
          onChange={(value, gesture) => edit({ sharpness: value }, gesture)}
        />
        . You would pay for at most {number('outputs', 'outputs at most', [2, limits.outputs])} outputs
        {outputs <= hidden && ', too few to see d'}.
      </p>
      <div className="popover-list">
        <button type="button" data-closes onClick={() => edit({ ...fresh, seed: (seed + 1) % 2 ** 32 })}>
          Another model of this size
        </button>
      </div>
    </Popover>
  )
}
