import { commands } from '../../src/cli/commands/index.ts'
import { runProcess } from '../../src/cli/process.ts'
import { fakePanel } from '../cli/fakePanel.ts'

await runProcess(commands([fakePanel]), '0')
