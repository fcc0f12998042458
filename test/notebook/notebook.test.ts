import { describe, expect, it, vi } from 'vitest'
import { createNotebook, type Notebook } from '../../src/notebook/notebook.ts'
import type { SavedPanel } from '../../src/notebook/instance.ts'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'
import { bareSurroundings, defaults, tallyPanel } from './tallyPanel.ts'

const open = (text: string, saved: SavedPanel[] = []): Notebook =>
  createNotebook(parseNotebook(text), { surroundings: bareSurroundings(), saved, panels: [tallyPanel()] })
const fence = (body: string, header = 'tally #t version=2') => `Prose.\n\n\`\`\`softscope ${header}\n${body}\n\`\`\`\n`
const stateOf = (notebook: Notebook, id = 't') => notebook.panel(id)!.getState()
const experimentOf = (notebook: Notebook, id = 't') => stateOf(notebook, id).live!.experiments.getState().experiment
const edit = (notebook: Notebook, patch: Record<string, unknown>, id = 't', gesture?: string) =>
  stateOf(notebook, id).live!.experiments.edit(patch, gesture)

describe('opening a notebook', () => {
  it('lays the written fields over the defaults', () => {
    expect(experimentOf(open(fence('numbers: [4, 5]')))).toEqual({ ...defaults, numbers: [4, 5] })
  })

  it('says which field is wrong by its path, and keeps the other panels working', () => {
    const notebook = open(fence('numbers: [4, x]') + fence('factor: 2', 'tally #other version=2'))
    expect(stateOf(notebook).problems).toEqual(['numbers.1: expected number, received "x".'])
    expect(experimentOf(notebook, 'other')).toMatchObject({ factor: 2 })
  })

  it('says at which line and column the YAML breaks', () => {
    expect(stateOf(open(fence('numbers: [1,\nfactor: 2'))).problems).toEqual([
      'The YAML cannot be read: line 2, column 1: deficient indentation.',
    ])
  })

  it('says which panels there are where a type is unknown or missing', () => {
    expect(stateOf(open(fence('', 'telly #t'))).problems).toEqual(['There is no panel “telly”. The panels are: tally.'])
    expect(stateOf(open(fence('', '#t'))).problems).toEqual(['This block names no panel. The panels are: tally.'])
  })

  it('refuses YAML aliases, a few bytes of which can stand for gigabytes', () => {
    expect(stateOf(open(fence('note: &a x\nnumbers: *a'))).problems[0]).toContain('alias')
  })

  it('keeps an unknown field in the text and says that it means nothing', async () => {
    const notebook = open(fence('logits: [1]\nfactor: 2'))
    expect(stateOf(notebook).notices).toEqual([
      'logits: this panel has no such field; it has numbers, factor, parts, note.',
    ])
    edit(notebook, { factor: 3 })
    expect(await notebook.text()).toBe(fence('logits: [1]\nfactor: 3'))
  })

  it('brings an experiment of an older version to this one, and writes the new version with the first change', async () => {
    const text = fence('times: 4 # old name', 'tally #t')
    const notebook = open(text)
    expect(experimentOf(notebook)).toEqual({ ...defaults, factor: 4 })
    expect(await notebook.text()).toBe(text)
    edit(notebook, { note: 'new' })
    const again = open(await notebook.text())
    expect(await notebook.text()).toContain('```softscope tally #t version=2\n')
    expect(experimentOf(again)).toEqual({ ...defaults, factor: 4, note: 'new' })
    expect(stateOf(again).notices).toEqual([])
  })

  it('says that an experiment is from a newer version, and opens what it can', () => {
    const state = stateOf(open(fence('factor: 2', 'tally #t version=7')))
    expect(state.notices[0]).toContain('version 7; here it is 2')
    expect(state.live).not.toBeNull()
  })

  it('shows a migration that fails as the panel’s problem', () => {
    expect(stateOf(open(fence('times: never', 'tally #t'))).problems[0]).toContain('times was never')
  })
})

describe('a broken panel', () => {
  it('opens with the author’s sound fields and the defaults for the rest, and says which', () => {
    const notebook = open(fence('numbers: [4, x]\nfactor: 3'))
    notebook.panel('t')!.repair()
    expect(experimentOf(notebook)).toEqual({ ...defaults, factor: 3 })
    expect(stateOf(notebook).notices).toEqual(['numbers.1: expected number, received "x".'])
  })

  it('keeps the author’s text until something changes, and then changes the fields alone', async () => {
    const text = fence('numbers: [4, x] # mine\nfactor: 3')
    const notebook = open(text)
    expect(await notebook.text()).toBe(text)
    notebook.panel('t')!.repair()
    edit(notebook, { factor: 5 })
    expect(await notebook.text()).toBe(fence('numbers: [1, 2, 3] # mine\nfactor: 5'))
  })

  it('keeps YAML that cannot be read as a comment', async () => {
    const notebook = open(fence('numbers: [4'))
    notebook.panel('t')!.repair()
    edit(notebook, { factor: 5 })
    expect(await notebook.text()).toContain('\n# numbers: [4\n')
    expect(experimentOf(open(await notebook.text()))).toEqual({ ...defaults, factor: 5 })
  })
})

describe('changes', () => {
  it('are undone and redone in the order of time, across panels', () => {
    const notebook = open(fence('', 'tally #a version=2') + fence('', 'tally #b version=2'))
    edit(notebook, { factor: 2 }, 'a')
    edit(notebook, { factor: 3 }, 'b')
    edit(notebook, { factor: 4 }, 'a')
    const factors = () => ['a', 'b'].map((id) => experimentOf(notebook, id)['factor'])
    const seen = [factors()]
    for (const step of [notebook.undo, notebook.undo, notebook.undo, notebook.undo, notebook.redo, notebook.redo]) {
      step()
      seen.push(factors())
    }
    expect(seen).toEqual([
      [4, 3],
      [2, 3],
      [2, 1],
      [1, 1],
      [1, 1],
      [2, 1],
      [2, 3],
    ])
  })

  it('of one drag undo as one, and one that changes nothing makes no step', () => {
    const notebook = open(fence(''))
    for (const factor of [2, 3, 4]) edit(notebook, { factor }, 't', 'drag 1')
    edit(notebook, { factor: 4 })
    notebook.undo()
    expect(experimentOf(notebook)['factor']).toBe(1)
    expect(notebook.canUndo()).toBe(false)
  })

  it('undone in one panel by itself leave the order of the others right', () => {
    const notebook = open(fence('', 'tally #a version=2') + fence('', 'tally #b version=2'))
    edit(notebook, { factor: 2 }, 'a')
    edit(notebook, { factor: 3 }, 'b')
    stateOf(notebook, 'a').live!.experiments.undo()
    notebook.undo()
    expect(['a', 'b'].map((id) => experimentOf(notebook, id)['factor'])).toEqual([1, 1])
    notebook.redo()
    expect(experimentOf(notebook, 'b')['factor']).toBe(3)
  })

  it('that the schema refuses change nothing and say why', () => {
    const notebook = open(fence(''))
    edit(notebook, { factor: 11 })
    expect(experimentOf(notebook)['factor']).toBe(1)
    expect(stateOf(notebook).live!.experiments.getState().refused).toContain('factor')
    expect(notebook.dirty()).toBe(false)
  })

  it('are told to listeners, make the notebook dirty, and revert as one step', () => {
    const notebook = open(fence('factor: 2'))
    const listener = vi.fn<() => void>()
    const unsubscribe = notebook.subscribe(listener)
    edit(notebook, { factor: 3, note: 'x' })
    expect([listener.mock.calls.length, notebook.dirty()]).toEqual([1, true])
    notebook.panel('t')!.revert()
    expect([experimentOf(notebook)['factor'], notebook.dirty()]).toEqual([2, false])
    unsubscribe()
    notebook.undo()
    expect([experimentOf(notebook)['factor'], listener.mock.calls.length]).toEqual([3, 2])
  })
})

describe('a link’s experiments', () => {
  const saved = (experiment: SavedPanel['experiment'], version = 2, id = 't', type = 'tally') => ({
    id,
    type,
    version,
    experiment,
  })

  it('stand before the document’s and come back out as they went in', () => {
    const notebook = open(fence('factor: 2'))
    expect(notebook.saved()).toEqual([])
    edit(notebook, { factor: 3 })
    const again = open(fence('factor: 2'), notebook.saved())
    expect(experimentOf(again)).toEqual(experimentOf(notebook))
    expect(again.saved()).toEqual(notebook.saved())
  })

  it('drop a wrong or unknown field, list it, and keep the others', () => {
    const notebook = open(fence('factor: 2'), [saved({ factor: 99, note: 'kept', colour: 'red' })])
    expect(experimentOf(notebook)).toEqual({ ...defaults, note: 'kept' })
    expect(stateOf(notebook).notices).toEqual([
      expect.stringMatching(/^From the link: factor: /),
      'From the link: colour: this panel has no such field; it has numbers, factor, parts, note.',
    ])
  })

  it('of an older version are brought to this one', () => {
    expect(experimentOf(open(fence(''), [saved({ times: 5 }, 1)]))['factor']).toBe(5)
  })

  it('for panels that the notebook does not have, or of another type, are listed', () => {
    const notebook = open(fence(''), [saved({}, 2, 'gone'), saved({}, 2, 't', 'other')])
    expect(notebook.notices).toEqual([
      'The link changes the panel #gone, which this notebook does not have.',
      'The link holds #t as “other”; in this notebook it is “tally”.',
    ])
  })

  it('open a panel whose text is broken', () => {
    const notebook = open(fence('numbers: ['), [saved({ factor: 4 })])
    expect(experimentOf(notebook)['factor']).toBe(4)
  })
})
