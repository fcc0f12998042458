import type { ComponentType } from 'react'
import type { GenericSchema } from 'valibot'
import type { Engine } from '../engine/contract.ts'
import type { Source } from '../math/normalizers/contract.ts'
import type { ByteSource } from '../models/readers/byteSource.ts'

/** Numbers and words that a result publishes to the text: `:value[bars.support.sparsemax]` reads support → sparsemax. */
export interface Published {
  readonly [name: string]: Published | number | string | readonly number[]
}

/** What every panel's result has, besides its own numbers. */
export interface PanelResult {
  /** What one sees now, in one or two sentences; a screen reader hears it. */
  readonly sentence: string
  readonly values: Published
  /** Too large for JSON: the command line leaves these out of its results and writes them on request, as NPY. */
  readonly arrays?: Readonly<Record<string, NamedArray>>
}

export interface NamedArray {
  readonly shape: readonly number[]
  /** Row-major. */
  readonly values: Float32Array | Float64Array
}

/** A file, read by range. */
export interface NamedFile {
  /** Without folders. */
  readonly name: string
  readonly source: ByteSource
}

/** Numbers that a person brought: too large for a link, so an experiment names them by their key. */
export interface DataTable {
  /** Hash of the content: the same file has the same key everywhere. */
  readonly key: string
  /** The file's name, or `pasted`. */
  readonly name: string
  readonly rows: number
  readonly cols: number
  /** Shape [rows, cols], row-major. */
  readonly values: Float64Array
  /** Of text, the line that each row stands in, from 1; where one number on each line is one row, of each number. */
  readonly lines?: readonly number[]
  /** Of the columns, where the file has them; length `cols`. */
  readonly names?: readonly string[]
  /** A column of words in the file, one for each row: ids, or what the rows are. */
  readonly rowNames?: readonly string[]
}

export interface ComputeContext {
  readonly engine: Engine
  readonly signal: AbortSignal
  /** @param fraction  0 to 1  @param doing  what is being done, in words */
  readonly progress: (fraction: number, doing: string) => void
  /** The table with this key, or null where this browser does not have it. */
  readonly data: (key: string) => Promise<DataTable | null>
  /**
   * A file that the experiment names: by the key of one that a person brought, by its address (relative to the page), or,
   * on the command line, by its path. The same name gives the same source as long as nothing forgets it.
   * @throws an error that says what to do, where the file is not there
   */
  readonly file: (reference: string) => Promise<NamedFile>
}

/** Experiment → results. Each yield is a whole, drawable result; the last one is final. */
export type Compute<E, R extends PanelResult> = (
  experiment: E,
  context: ComputeContext,
) => AsyncGenerator<R, void, void>

/** Changes some fields. Edits with the same `gesture` (one drag) undo in one step. Throws nothing: a bad edit is refused. */
export type Edit<E> = (patch: Partial<E>, gesture?: string) => void

export type RunStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly fraction: number; readonly doing: string }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly message: string }

/**
 * What a view draws from. The notebook shows around every view: title and summary, the result's sentence, progress with
 * a stop, a failure with a way to run again, why an edit was refused, and data that this browser lacks.
 */
export interface PanelViewProps<E, R extends PanelResult> {
  readonly experiment: E
  /** The newest result, perhaps of an older experiment (`stale`), or null before the first. */
  readonly result: R | null
  readonly stale: boolean
  readonly status: RunStatus
  readonly edit: Edit<E>
  /** Runs again, after a failure. */
  readonly rerun: () => void
  /** Stops the run; what it gave so far stays. */
  readonly stop: () => void
  /** True while a run is held before its next result; a new run is not. */
  readonly paused: boolean
  /** Holds the run, or lets it go on. */
  readonly pause: (paused: boolean) => void
  /** Lets a held run give one more result. */
  readonly advance: () => void
  readonly engine: Engine
  /**
   * Reads a file of numbers (text, CSV, JSON, NPY) off the page's thread.
   * @throws an error that says what is wrong, and at which line and column
   */
  readonly readTable: (file: Blob, name: string) => Promise<Omit<DataTable, 'key'>>
  /** Keeps numbers a person brought, and gives their key. */
  readonly keepData: (table: Omit<DataTable, 'key'>) => Promise<string>
  /** Keeps a file a person brought, and gives the key by which an experiment names it. */
  readonly keepFile: (file: Blob, name: string) => Promise<string>
}

export interface Preset<E> {
  readonly label: string
  readonly experiment: Partial<E>
}

export interface PanelDefinition<E extends object, R extends PanelResult> {
  /** Saved in notebooks and links: never renamed, never reused. */
  readonly id: string
  readonly title: string
  /** One line; it says what to try. */
  readonly summary: string
  /** Of the experiment's schema; goes up when a saved experiment must change. */
  readonly version: number
  readonly sources: readonly Source[]
  /** Accepts what it gives: parsing its own output changes nothing. */
  readonly schema: GenericSchema<unknown, E>
  readonly defaults: E
  readonly presets: readonly Preset<E>[]
  /** Brings a saved experiment of an older version to this one. */
  readonly migrate?: (saved: Readonly<Record<string, unknown>>, version: number) => Record<string, unknown>
  /** Fields that choose what of a result is looked at: a change of these alone runs nothing again. */
  readonly viewOnly?: {
    readonly fields: readonly (keyof E & string)[]
    /** What the result says now that another part of it is looked at. */
    readonly describe: () => Promise<(experiment: E, result: R) => Pick<PanelResult, 'sentence' | 'values'>>
  }
  /** The arrays that a result may have, by name, each with one line on what it holds. */
  readonly arrays?: Readonly<Record<string, string>>
  /** True if the run fits in a frame, so that it runs on the page's thread and a drag feels instant. */
  readonly fitsInFrame: (experiment: E) => boolean
  readonly compute: () => Promise<Compute<E, R>>
  readonly view: () => Promise<ComponentType<PanelViewProps<E, R>>>
}

/** A panel whose experiment and result types the reader does not know; its own schema guards the border. */
export type AnyPanel = PanelDefinition<Record<string, unknown>, PanelResult>

/** Names a panel's parts and forgets their types, which its own schema checks again at every border. */
export function definePanel<E extends object, R extends PanelResult>(definition: PanelDefinition<E, R>): AnyPanel {
  // One cast, here, so that no caller needs one: an experiment reaches compute and view only through `schema`.
  return definition as unknown as AnyPanel
}
