// Compiles src/kernels/wasm/assembly and writes the module, as text, beside its loader: the page, the worker, Node and
// the tests then load it like any other source file. Does nothing if what it would write is newer than every source.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const sources = 'src/kernels/wasm/assembly'
const target = 'src/kernels/wasm/generated/loopsBytes.ts'

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity
const newest = Math.max(
  ...readdirSync(sources, { recursive: true, encoding: 'utf8' }).map((name) => changed(join(sources, name))),
  changed('scripts/buildWasm.mjs'),
  changed('node_modules/assemblyscript/package.json'),
)
if (changed(target) < newest) {
  let bytes
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--initialMemory', '1']
  const { error, stderr } = await asc.main(
    [join(sources, 'index.ts'), ...flags, '--disableWarning', '112', '--outFile', 'loops.wasm'],
    { writeFile: (_name, contents) => (bytes = contents) },
  )
  if (error || !bytes) throw new Error(`the WASM loops do not compile:\n${stderr.toString()}`)
  mkdirSync(join(target, '..'), { recursive: true })
  const text = Buffer.from(bytes).toString('base64')
  writeFileSync(
    target,
    `/** The compiled loops, in base64. Written by scripts/buildWasm.mjs. */\nexport const loopsBase64 =\n  '${text}'\n`,
  )
}
