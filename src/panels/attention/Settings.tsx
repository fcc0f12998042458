import { useState } from 'react'
import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { normalizers } from '../../math/normalizers/index.ts'
import type { Edit } from '../contract.ts'
import type { AttentionExperiment } from './experiment.ts'
import { everywhere, inHead } from './headSettings.ts'
import type { AttentionResult, ModelCard } from './result.ts'

export interface SettingsProps {
  readonly experiment: AttentionExperiment
  readonly result: AttentionResult
  readonly edit: Edit<AttentionExperiment>
  readonly layer: number
  readonly head: number
}

const asRead = 'as the file is read'
const others = 'as the others'
const choices = normalizers.map(({ id, label }) => ({ id, label }))
const ownLabel = ({ normalizer, normalizerSaid }: ModelCard) =>
  `${normalizer.id}, ${normalizerSaid ? 'as trained' : 'the usual'}`
const orNull = (id: string, none: string) => (id === none ? null : id)

/** What one can put in: another normalizer, another first token, another bar for a sink. */
export function Settings({ experiment, result, edit, layer, head }: SettingsProps) {
  const { normalizer, heads, epsilon, metricTokens } = experiment
  const T = result.tokens.length
  const own = heads.find((each) => each.layer === layer && each.head === head)
  return (
    <p className="att-settings">
      {result.model !== null && (
        <>
          Rows by{' '}
          <ChoiceWord
            label="Normalizer of all heads"
            value={normalizer?.id ?? asRead}
            options={[{ id: asRead, label: ownLabel(result.model) }, ...choices]}
            onChange={(id) => edit(everywhere(orNull(id, asRead)))}
          />
          {result.layers * result.heads > 1 && (
            <>
              , in layer {layer + 1}, head {head + 1} by{' '}
              <ChoiceWord
                label="Normalizer of this head"
                value={own?.normalizer.id ?? others}
                options={[{ id: others, label: others }, ...choices]}
                onChange={(id) => edit(inHead(experiment, layer, head, orNull(id, others)))}
              />
            </>
          )}
          ; first token <FirstToken first={experiment.first} edit={edit} />.{' '}
        </>
      )}
      A head is a sink where α of the first token is above ε ={' '}
      <ScrubNumber
        value={epsilon}
        label="epsilon"
        range={[0, 1]}
        scale="linear"
        problem={(value) => (value >= 0 && value <= 1 ? null : 'from 0 to 1')}
        onChange={(value, gesture) => edit({ epsilon: value }, gesture)}
      />
      , over T ={' '}
      <ScrubNumber
        value={result.metricTokens}
        label="tokens of the sink rate"
        range={[2, Math.max(2, T)]}
        scale="linear"
        multipleOf={1}
        problem={(value) => (Number.isInteger(value) && value >= 2 ? null : 'a whole number from 2')}
        onChange={(value, gesture) => edit({ metricTokens: value >= T ? null : value }, gesture)}
      />{' '}
      tokens{metricTokens === null ? ', all of them' : ''}.
    </p>
  )
}

const firsts = [
  { id: 'kept', label: 'kept' },
  { id: 'removed', label: 'removed' },
  { id: 'replaced', label: 'replaced by' },
]

function FirstToken({
  first,
  edit,
}: {
  readonly first: AttentionExperiment['first']
  readonly edit: Edit<AttentionExperiment>
}) {
  const [replacing, setReplacing] = useState(false)
  const [draft, setDraft] = useState('')
  const replaced = typeof first === 'object'
  const put = () => {
    if (draft.trim() === '') return
    setReplacing(false)
    edit({ first: { replace: draft } })
  }
  const choose = (id: string) => {
    setReplacing(id === 'replaced')
    if (id === 'kept' || id === 'removed') edit({ first: id })
  }
  return (
    <>
      <ChoiceWord
        label="First token"
        value={replaced || replacing ? 'replaced' : first}
        options={firsts}
        onChange={choose}
      />
      {(replaced || replacing) && (
        <input
          className="att-replace"
          aria-label="Token in its place"
          size={6}
          value={replacing || !replaced ? draft : String(first.replace)}
          onChange={(event) => {
            setReplacing(true)
            setDraft(event.target.value)
          }}
          onBlur={put}
          onKeyDown={(event) => {
            if (event.key === 'Enter') put()
          }}
        />
      )}
      {replacing && <span className="att-until"> (type one, then Enter; until then {standing(first)})</span>}
    </>
  )
}

/** What the figures are of, while another first token is being typed. */
const standing = (first: AttentionExperiment['first']): string =>
  typeof first === 'object' ? `“${first.replace}” stands there` : `it is ${first}`
