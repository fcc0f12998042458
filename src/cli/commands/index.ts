import type { AnyPanel } from '../../panels/contract.ts'
import type { Command } from '../command.ts'
import { estimateCommand } from './estimate.ts'
import { evalCommand } from './eval.ts'
import { listCommand } from './list.ts'
import { runCommand } from './run.ts'
import { spectrumCommand } from './spectrum.ts'
import { unargmaxableCommand } from './unargmaxable.ts'

/** Every subcommand, in the order in which help lists them. */
export const commands = (panels: readonly AnyPanel[]): readonly Command[] => [
  listCommand(panels),
  evalCommand,
  estimateCommand,
  runCommand(panels),
  spectrumCommand,
  unargmaxableCommand,
]
