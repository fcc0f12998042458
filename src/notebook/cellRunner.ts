import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnyPanel, ComputeContext, PanelResult, RunStatus } from '../panels/contract.ts'
import type { ExperimentStore } from '../panels/experimentStore.ts'
import { sameValue } from '../panels/sameValue.ts'
import { createHold } from './hold.ts'
import { onPageVisibility, pageIsVisible } from './pageVisibility.ts'
import type { Surroundings } from './surroundings.ts'
import { fileKeys } from './fileStore.ts'
import { missingTables, tableKeys } from './tables.ts'
import type { Fields } from './fields.ts'

/** What a panel's experiment gave so far. Derived, never saved. */
export interface RunState {
  readonly result: PanelResult | null
  /** True where the result belongs to an older experiment. */
  readonly stale: boolean
  readonly status: RunStatus
  /** Keys of tables that the experiment names and this browser does not have. */
  readonly missing: readonly string[]
  /** True while a person holds the run before its next result. */
  readonly paused: boolean
}

export interface CellRunner extends Pick<StoreApi<RunState>, 'getState' | 'subscribe'> {
  /** Asks for results until the function it returns is called: nothing runs that nobody sees. */
  readonly want: () => () => void
  readonly rerun: () => void
  /** Numbers or a file with this key have come to this browser: a run that lacks them begins anew. */
  readonly brought: (key: string) => void
  /** Stops the run; what it gave so far stays. */
  readonly stop: () => void
  /** Holds the run before its next result, or lets it go on; a new run is not held. */
  readonly pause: (paused: boolean) => void
  /** Lets a held run give one more result. */
  readonly advance: () => void
  readonly dispose: () => void
}

type Progress = ComputeContext['progress']

/** A run on the page's thread shows as running only when its first result takes longer than this; milliseconds. */
const patience = 50

/** Runs one panel's experiment whenever it changes; the newest experiment wins. */
export function createCellRunner(
  panel: AnyPanel,
  experiments: ExperimentStore<Record<string, unknown>>,
  surroundings: Surroundings,
): CellRunner {
  const state = createStore<RunState>(() => ({
    result: null,
    stale: false,
    status: { state: 'idle' },
    missing: [],
    paused: false,
  }))
  const hold = createHold()
  let latest = 0
  let controller: AbortController | null = null
  let due = true
  let wants = 0

  const results = async function* (experiment: Fields, signal: AbortSignal, progress: Progress) {
    if (!panel.fitsInFrame({ ...experiment })) {
      yield* surroundings.computeElsewhere(panel.id, experiment, { signal, progress, hold })
      return
    }
    const compute = await panel.compute()
    // What fits in a frame reads no file.
    const file = () => Promise.reject(new Error(`${panel.id}: files are read off the page's thread`))
    yield* compute(
      { ...experiment },
      { engine: surroundings.engine, signal, progress, data: surroundings.data.find, file },
    )
  }

  async function run(experiment: Fields, ticket: number, signal: AbortSignal): Promise<void> {
    const isNewest = () => ticket === latest && !signal.aborted
    const show = (next: Partial<RunState>) => isNewest() && state.setState(next)
    const progress: Progress = (fraction, doing) => show({ status: { state: 'running', fraction, doing } })
    const begin = () => {
      const { result, status } = state.getState()
      const started = { state: 'running', fraction: 0, doing: 'starting' } as const
      show({ stale: result !== null, status: status.state === 'running' ? status : started })
    }
    const here = panel.fitsInFrame({ ...experiment })
    if (!here) begin()
    let gave = false
    const timer = here ? setTimeout(() => gave || begin(), patience) : null
    try {
      for await (const result of results(experiment, signal, progress)) {
        if (!isNewest()) return
        gave = true
        show({ result, stale: false })
        // The run began with an experiment that looked elsewhere.
        if (experiments.getState().experiment !== experiment) lookAgain()
        await hold.passed(signal)
      }
      show({ status: { state: 'done' }, paused: false })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const { result, stale } = state.getState()
      // A run may fail after it gave part of its own answer: that part is not of an older experiment.
      const older = stale || (result !== null && !gave)
      show({ stale: older, status: { state: 'failed', message }, paused: false })
    } finally {
      if (timer !== null) clearTimeout(timer)
    }
  }

  function start(): void {
    due = false
    const ticket = ++latest
    controller?.abort()
    controller = new AbortController()
    pause(false)
    const { experiment } = experiments.getState()
    void run(experiment, ticket, controller.signal)
    void missingTables(experiment, surroundings.data).then(
      (missing) => ticket === latest && state.setState({ missing }),
    )
  }

  const seen = () => wants > 0 && pageIsVisible()
  const holdIfIdle = () => hold.set(!seen() || state.getState().paused)

  function attend(): void {
    holdIfIdle()
    if (seen() && due) start()
  }

  function pause(paused: boolean): void {
    if (paused && state.getState().status.state !== 'running') return
    state.setState({ paused })
    holdIfIdle()
  }

  /** Says what there is to see where the experiment looks now. */
  function lookAgain(): void {
    const { experiment } = experiments.getState()
    const { result } = state.getState()
    if (result === null) return
    void reworded(panel, experiment, result).then((worded) => {
      const isNewest = experiments.getState().experiment === experiment && state.getState().result === result
      if (isNewest) state.setState({ result: worded })
    })
  }

  function invalidate(): void {
    due = true
    if (seen()) return start()
    controller?.abort()
    state.setState({ stale: state.getState().result !== null, status: { state: 'idle' }, paused: false })
  }

  const forget = [
    experiments.subscribe((now, before) => {
      if (now.experiment === before.experiment) return
      if (onlyLooksElsewhere(panel, before.experiment, now.experiment)) lookAgain()
      else invalidate()
    }),
    onPageVisibility(attend),
  ]

  return {
    getState: state.getState,
    subscribe: state.subscribe,
    want() {
      wants++
      attend()
      let wanted = true
      return () => {
        if (wanted) wants--
        wanted = false
        attend()
      }
    },
    rerun: start,
    brought(key) {
      const { experiment } = experiments.getState()
      const { missing, status } = state.getState()
      const named = tableKeys(experiment).includes(key) || fileKeys(experiment).includes(key)
      if (named && (status.state === 'failed' || missing.includes(key))) start()
    },
    stop() {
      controller?.abort()
      state.setState({ status: { state: 'idle' }, paused: false })
    },
    pause,
    advance() {
      // Open and shut at once: what waits at the gate passes, and nothing after it.
      hold.set(false)
      holdIfIdle()
    },
    dispose() {
      controller?.abort()
      for (const each of forget) each()
    },
  }
}

/** Whether two experiments differ in nothing that the run reads. */
function onlyLooksElsewhere({ viewOnly }: AnyPanel, before: Fields, after: Fields): boolean {
  if (!viewOnly) return false
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...fields].every((field) => viewOnly.fields.includes(field) || sameValue(before[field], after[field]))
}

async function reworded({ viewOnly }: AnyPanel, experiment: Fields, result: PanelResult): Promise<PanelResult> {
  if (!viewOnly) return result
  const describe = await viewOnly.describe()
  return { ...result, ...describe({ ...experiment }, result) }
}
