import '../../src/notebook/panel.css'
import { useEffect, useRef, useState, useSyncExternalStore, type ComponentType } from 'react'
import { createEngine } from '../../src/engine/engine.ts'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import type { Engine } from '../../src/engine/contract.ts'
import type {
  AnyPanel,
  DataTable,
  NamedFile,
  PanelResult,
  PanelViewProps,
  RunStatus,
} from '../../src/panels/contract.ts'
import { addressSource } from '../../src/models/readers/addressSource.ts'
import { blobSource } from '../../src/models/readers/byteSource.ts'
import { createExperimentStore } from '../../src/panels/experimentStore.ts'
import { openExperiment } from '../../src/panels/openExperiment.ts'
import { createHold } from '../../src/notebook/hold.ts'
import { RunLine } from '../../src/notebook/view/RunLine.tsx'
import { readTable } from '../../src/panels/readTable.ts'
import { Surface } from '../Surface.tsx'

type Fields = Record<string, unknown>
type View = ComponentType<PanelViewProps<Fields, PanelResult>>

export interface LivePanelProps {
  readonly panel: AnyPanel
  /** Over the panel's defaults. */
  readonly experiment?: Fields
  /** Default: the CPU alone. */
  readonly engine?: Engine
  /** Pixels; default 1000. */
  readonly width?: number
  readonly theme?: 'light' | 'dark'
  /** False: stays before its first result. Default true. */
  readonly runs?: boolean
  /** Gives the store to a test. */
  readonly onStore?: (store: ReturnType<typeof createExperimentStore<Fields>>) => void
}

interface Run {
  readonly result: PanelResult | null
  readonly stale: boolean
  readonly status: RunStatus
}

const cpu = createEngine([cpuSource])
const noFields: Fields = {}

/** A panel at work: its store, its runs, its view, and how a run goes, as in a notebook. */
export function LivePanel({
  panel,
  experiment: given = noFields,
  engine = cpu,
  runs = true,
  ...props
}: LivePanelProps) {
  const [store] = useState(() => {
    const opened = openExperiment(panel, given, panel.version)
    if ('problems' in opened) throw new Error(opened.problems.join(' '))
    return createExperimentStore(panel.schema, opened.experiment)
  })
  const [tables] = useState(() => new Map<string, DataTable>())
  const [files] = useState(() => new Map<string, NamedFile>())
  const { experiment } = useSyncExternalStore(store.subscribe, store.getState)
  const [View, setView] = useState<View | null>(null)
  const [run, setRun] = useState<Run>({ result: null, stale: false, status: { state: 'idle' } })
  const [hold] = useState(createHold)
  const [paused, setPaused] = useState(false)
  const stopRun = useRef<() => void>(() => undefined)
  const { onStore } = props

  const pause = (held: boolean) => {
    hold.set(held)
    setPaused(held)
  }
  const advance = () => {
    hold.set(false)
    hold.set(true)
  }

  useEffect(() => onStore?.(store), [store, onStore])
  useEffect(() => void panel.view().then((view) => setView(() => view)), [panel])
  useEffect(() => {
    if (!runs) return
    const controller = new AbortController()
    const { signal } = controller
    const show = (next: Partial<Run>) => !signal.aborted && setRun((before) => ({ ...before, ...next }))
    const data = async (key: string) => tables.get(key) ?? null
    const file = async (reference: string) =>
      files.get(reference) ?? {
        name: reference,
        source: await addressSource(new URL(reference, document.baseURI).href, signal, () => undefined),
      }
    const work = async () => {
      show({ stale: true })
      const compute = await panel.compute()
      const progress = (fraction: number, doing: string) => show({ status: { state: 'running', fraction, doing } })
      for await (const result of compute(experiment, { engine, signal, progress, data, file })) {
        show({ result, stale: false })
        await hold.passed(signal)
      }
      show({ status: { state: 'done' } })
    }
    work().catch((error: unknown) => show({ status: { state: 'failed', message: String(error) } }))
    stopRun.current = () => {
      show({ status: { state: 'idle' } })
      controller.abort()
    }
    return () => controller.abort()
  }, [experiment, panel, engine, runs, tables, files, hold])

  const keepData = async (table: Omit<DataTable, 'key'>) => {
    const key = `table-${tables.size}`
    tables.set(key, { ...table, key })
    return key
  }
  const keepFile = async (blob: Blob, name: string) => {
    const key = `file-${files.size}`
    files.set(key, { name, source: blobSource(blob) })
    return key
  }
  return (
    <Surface width={props.width ?? 1000} theme={props.theme ?? 'light'}>
      {View && (
        <View
          {...{ experiment, engine, readTable, keepData, keepFile }}
          {...run}
          edit={store.edit}
          rerun={() => undefined}
          stop={() => stopRun.current()}
          {...{ paused, pause, advance }}
        />
      )}
      {run.status.state === 'running' && (
        <RunLine status={run.status} paused={paused} rerun={() => undefined} stop={() => stopRun.current()} />
      )}
    </Surface>
  )
}
