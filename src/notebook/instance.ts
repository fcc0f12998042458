import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnyPanel } from '../panels/contract.ts'
import { createExperimentStore, type ExperimentStore } from '../panels/experimentStore.ts'
import { openExperiment, salvageExperiment } from '../panels/openExperiment.ts'
import { sameValue } from '../panels/sameValue.ts'
import { createCellRunner, type CellRunner } from './cellRunner.ts'
import type { PanelFence } from './document.ts'
import type { Fields } from './fields.ts'
import type { Surroundings } from './surroundings.ts'
import type { FenceChange } from './writeNotebook.ts'

/** A panel's experiment in a link. */
export interface SavedPanel {
  readonly id: string
  readonly type: string
  /** Of the experiment's schema. */
  readonly version: number
  readonly experiment: Fields
}

export interface LivePanel {
  readonly panel: AnyPanel
  readonly experiments: ExperimentStore<Record<string, unknown>>
  readonly runner: CellRunner
}

interface InstanceState {
  /** The working panel; null where the experiment cannot be used, for the reasons in `problems`. */
  readonly live: LivePanel | null
  readonly problems: readonly string[]
  /** What a reader should know although the panel works. */
  readonly notices: readonly string[]
}

/** One panel of a notebook. */
export interface PanelInstance extends Pick<StoreApi<InstanceState>, 'getState' | 'subscribe'> {
  readonly id: string
  readonly fence: PanelFence
  /** Null where the fence names a type that there is not. */
  readonly panel: AnyPanel | null
  /** Opens a broken panel with the author's fields where they are right, and the defaults for the rest. */
  readonly repair: () => void
  /** Puts the experiment back to the document's, as an edit that can be undone. */
  readonly revert: () => void
  /** What the person changed, for a link; null where it is the document's. */
  readonly saved: () => SavedPanel | null
  /** The same, for the document's text. */
  readonly change: () => FenceChange | null
}

export interface InstanceOptions {
  readonly fence: PanelFence
  readonly panels: readonly AnyPanel[]
  readonly surroundings: Surroundings
  /** From a link; stands before the document's experiment. */
  readonly saved: SavedPanel | undefined
  readonly onLive: (live: LivePanel) => void
}

export function createInstance({ fence, panels, surroundings, saved, onLive }: InstanceOptions): PanelInstance {
  const panel = panels.find((each) => each.id === fence.type) ?? null
  const fields = 'value' in fence.written ? fence.written.value : {}
  const origin = originOf(fence, panel, panels)
  const state = createStore<InstanceState>(() => ({
    live: null,
    problems: 'problems' in origin ? origin.problems : [],
    notices: [...fence.notices, ...('notices' in origin ? origin.notices : [])],
  }))

  function goLive(experiment: Record<string, unknown>, notices: readonly string[]): void {
    if (!panel) return
    const experiments = createExperimentStore(panel.schema, experiment)
    const live = { panel, experiments, runner: createCellRunner(panel, experiments, surroundings) }
    onLive(live)
    state.setState({ live, problems: [], notices: [...state.getState().notices, ...notices] })
  }

  function change(): FenceChange | null {
    const live = state.getState().live
    if (!live) return null
    const { experiment } = live.experiments.getState()
    const { version } = live.panel
    if (!('problems' in origin)) {
      if (sameValue(experiment, origin.experiment)) return null
      const changes = version === fence.version ? changed(origin.experiment, experiment) : replaced(fields, experiment)
      return { changes, fields: experiment, version }
    }
    const changes =
      version === fence.version ? beyond(fields, live.panel.defaults, experiment) : replaced(fields, experiment)
    return { changes, fields: experiment, version }
  }

  if (panel && saved) {
    const opened = salvageExperiment(panel, saved.experiment, saved.version)
    goLive(
      opened.experiment,
      opened.dropped.map((text) => `From the link: ${text}`),
    )
  } else if (!('problems' in origin)) goLive(origin.experiment, [])

  return {
    id: fence.id,
    fence,
    panel,
    getState: state.getState,
    subscribe: state.subscribe,
    repair() {
      if (!panel || state.getState().live) return
      const opened = salvageExperiment(panel, fields, fence.version)
      goLive(opened.experiment, opened.dropped)
    },
    revert() {
      if (!('problems' in origin)) state.getState().live?.experiments.edit(origin.experiment)
    },
    saved() {
      const live = state.getState().live
      if (!live || change() === null) return null
      const { experiment } = live.experiments.getState()
      return { id: fence.id, type: live.panel.id, version: live.panel.version, experiment }
    },
    change,
  }
}

function originOf(
  fence: PanelFence,
  panel: AnyPanel | null,
  panels: readonly AnyPanel[],
): ReturnType<typeof openExperiment> {
  if (!panel) {
    const known = panels.map(({ id }) => id).join(', ')
    const asked = fence.type === '' ? 'This block names no panel' : `There is no panel “${fence.type}”`
    return { problems: [`${asked}. The panels are: ${known}.`] }
  }
  if ('problem' in fence.written) return { problems: [fence.written.problem.message] }
  return openExperiment(panel, fence.written.value, fence.version)
}

/** Fields that differ; `undefined` for those that are gone. */
function changed(before: Fields, after: Fields): Fields {
  const keys = [...Object.keys(before).filter((key) => !Object.hasOwn(after, key)), ...Object.keys(after)]
  return Object.fromEntries(keys.filter((key) => !sameValue(before[key], after[key])).map((key) => [key, after[key]]))
}

/** All of `after`, and nothing else of what was written: for a text of an older version. */
const replaced = (written: Fields, after: Fields): Fields => ({
  ...Object.fromEntries(Object.keys(written).map((key) => [key, undefined])),
  ...after,
})

/** Fields that the text and the defaults together do not give yet. */
const beyond = (written: Fields, defaults: Fields, after: Fields): Fields =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => !sameValue(value, Object.hasOwn(written, key) ? written[key] : defaults[key]),
    ),
  )
