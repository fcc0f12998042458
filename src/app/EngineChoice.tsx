import { useCallback, useSyncExternalStore } from 'react'
import type { PanelViewProps } from '../panels/contract.ts'

/** The engine as panels are handed it; the page only shows it and passes a choice on. */
export type PageEngine = PanelViewProps<object, never>['engine']
type Status = ReturnType<PageEngine['status']>
type RungStatus = Status['rungs'][number]

const names: Record<RungStatus['id'], string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'CPU, float64' }

/** A rung in words: its device, its speed, or why it does not run. */
function describe(rung: RungStatus): string {
  const speed = rung.nanosecondsPerEntry === null ? null : `${rung.nanosecondsPerEntry.toPrecision(2)} ns an entry`
  const state = { idle: 'tried when something long runs', probing: 'being tried', ready: null }
  const known = rung.state in state ? state[rung.state as keyof typeof state] : rung.state
  return [rung.device, known, speed, rung.reason].filter((part) => part !== null && part !== '').join(' · ')
}

export function useEngineStatus(engine: PageEngine): Status {
  const subscribe = useCallback((listener: () => void) => engine.subscribe(listener), [engine])
  return useSyncExternalStore(subscribe, () => engine.status())
}

/** What runs long work, in words. A figure that trains or runs a model measures for itself, and may find another rung. */
export function longWorkOn(status: Status): string {
  if (status.choice === 'auto') return 'whatever is faster here; a figure that trains or runs a model says which'
  const rung = status.rungs.find(({ id }) => id === status.running)
  const device = rung?.device ? ` (${rung.device})` : ''
  return `${names[status.running]}${device}${status.running === status.choice ? ', as you chose' : ', since your choice failed'}`
}

/** Where long work runs, why not elsewhere, and a choice. */
export function EngineChoice({ engine }: { readonly engine: PageEngine }) {
  const status = useEngineStatus(engine)
  return (
    <fieldset className="choices">
      <legend>Long work runs on</legend>
      <label>
        <input type="radio" name="rung" checked={status.choice === 'auto'} onChange={() => engine.choose('auto')} />
        Whatever is faster here
        {status.choice === 'auto' && <small>Now: {names[status.running]}.</small>}
      </label>
      {status.rungs.map((rung) => (
        <label key={rung.id}>
          <input
            type="radio"
            name="rung"
            checked={status.choice === rung.id}
            disabled={rung.state === 'unavailable'}
            onChange={() => engine.choose(rung.id)}
          />
          {names[rung.id]}
          <small>{describe(rung)}</small>
        </label>
      ))}
    </fieldset>
  )
}
