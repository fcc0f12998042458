import type { Engine } from '../engine/contract.ts'
import type { ComputeContext, DataTable, PanelResult, PanelViewProps } from '../panels/contract.ts'
import type { KeptFile } from '../panels/namedFiles.ts'
import type { Hold } from './hold.ts'
import type { Fields } from './fields.ts'

export interface ElsewhereOptions {
  readonly signal: AbortSignal
  readonly progress: ComputeContext['progress']
  readonly hold: Hold
}

/** Tables of numbers that a person brought. */
export interface DataStore {
  /** Keeps the table; `kept` says for how long. */
  readonly keep: (
    table: Omit<DataTable, 'key'>,
  ) => Promise<{ readonly key: string; readonly kept: 'here' | 'this-visit' }>
  readonly find: (key: string) => Promise<DataTable | null>
}

/** Files that a person brought, such as a model's weights. */
export interface FileStore {
  /** The page's address, from which addresses of files start. */
  readonly base: string
  /** Keeps the file; `kept` says for how long. */
  readonly keep: (blob: Blob, name: string) => Promise<{ readonly key: string; readonly kept: 'here' | 'this-visit' }>
  readonly find: (key: string) => Promise<KeptFile | null>
}

/** What a notebook's panels need from the page they are on. */
export interface Surroundings {
  readonly engine: Engine
  /** Runs a panel's computation off the page's thread; `panel` is an id in the registry. */
  readonly computeElsewhere: (
    panel: string,
    experiment: Fields,
    options: ElsewhereOptions,
  ) => AsyncIterable<PanelResult>
  readonly readTable: PanelViewProps<object, PanelResult>['readTable']
  readonly data: DataStore
  readonly files: FileStore
}
