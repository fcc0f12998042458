import { useState } from 'react'
import { Popover } from '../../charts/Popover.tsx'
import type { Edit } from '../contract.ts'
import type { AttentionExperiment } from './experiment.ts'
import { linked } from './headSettings.ts'
import { presets } from './presets.ts'
import type { AttentionResult } from './result.ts'
import { savingInPython } from './savingInPython.ts'

export interface SourceProps {
  readonly result: AttentionResult | null
  readonly edit: Edit<AttentionExperiment>
  readonly table: boolean
  readonly setTable: (table: boolean) => void
  /** Takes files, each for what it is. */
  readonly bring: (files: readonly File[]) => void
}

/** Which model it is, and the ways to another. */
export function Source({ result, edit, table, setTable, bring }: SourceProps) {
  return (
    <div className="att-controls">
      <p className="att-source">{cardText(result)}</p>
      <div className="att-buttons">
        <Popover button="Models" title="Models that come with the page">
          <div className="popover-list">
            {presets.map(({ label, experiment }) => (
              <button key={label} type="button" data-closes onClick={() => edit(experiment)}>
                {label}
              </button>
            ))}
          </div>
        </Popover>
        <FileButton bring={bring} />
        <Popover button="Link or import" title="Link a model, or bring attention from elsewhere">
          <LinkFields edit={edit} />
        </Popover>
        <button type="button" className="tool-button" aria-pressed={table} onClick={() => setTable(!table)}>
          Table
        </button>
      </div>
    </div>
  )
}

function cardText(result: AttentionResult | null): string {
  if (result === null) return 'No model is open yet.'
  const { model, layers, heads, tokens } = result
  if (model === null) return `Attention from elsewhere: ${layers} × ${heads} heads, ${tokens.length} tokens.`
  const shared = model.kvHeads === model.heads ? '' : ` (${model.kvHeads} of keys and values)`
  return `${model.name}: ${model.family}, ${model.layers} × ${model.heads} heads${shared}, width ${model.width}, ${model.vocabulary.toLocaleString('en-US')} tokens, ${model.parameters.toLocaleString('en-US')} weights, ${model.normalizerSaid ? 'trained with' : 'read with the usual'} ${model.normalizer.id}.`
}

/** One button for all files of a model: weights, config and tokenizer are told apart by what is in them. */
export function FileButton({ bring }: Pick<SourceProps, 'bring'>) {
  return (
    <label className="tool-button att-file">
      Open files
      <input
        type="file"
        multiple
        className="att-hidden"
        title="A .bin of llama2.c and its tokenizer; or safetensors with config.json and tokenizer.json; or attention maps. They stay in this browser."
        accept=".bin,.safetensors,.json,.npy"
        onChange={(event) => {
          bring([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </label>
  )
}

function LinkFields({ edit }: Pick<SourceProps, 'edit'>) {
  const [model, setModel] = useState('')
  const [tokenizer, setTokenizer] = useState('')
  return (
    <div className="att-link">
      <label>
        Address of a model (.safetensors or .bin)
        <input
          type="url"
          value={model}
          placeholder="https://…/model.safetensors"
          onChange={(event) => setModel(event.target.value)}
        />
      </label>
      <label>
        Of its tokenizer, if it lies elsewhere
        <input
          type="url"
          value={tokenizer}
          placeholder="tokenizer.json beside it"
          onChange={(event) => setTokenizer(event.target.value)}
        />
      </label>
      <button
        type="button"
        className="tool-button"
        data-closes
        disabled={model.trim() === ''}
        onClick={() => edit(linked(model.trim(), tokenizer))}
      >
        Load it
      </button>
      <p>
        Attention from any Python tool: save maps of shape [layers, heads, T, T] and, if you like, the tokens; then open
        both files. With a the attentions of one text, a tensor [1, heads, T, T] for each layer, and ids its tokens:
      </p>
      <pre>{savingInPython}</pre>
    </div>
  )
}
