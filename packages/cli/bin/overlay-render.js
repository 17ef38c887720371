#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'

// A run is short. Node 20 optimises hot functions early and on the main thread, which such a run pays for and never
// gains from; the cost for minutes of work is a few per cent. Later Nodes keep compiled code instead.
if (process.versions.node.startsWith('20.')) v8.setFlagsFromString('--interrupt-budget=1000000')
else
  module.enableCompileCache?.(
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'overlay-render/compiled'),
  )

const bundle = new URL('../dist/bundle/main.js', import.meta.url)

// A clone whose build failed has no bundle: say so, rather than show how Node resolves modules.
if (existsSync(fileURLToPath(bundle))) {
  const { main } = await import(bundle.href)
  await main(process.argv.slice(2))
} else {
  process.stderr.write(
    'overlay-render is not built: run `npx -y pnpm@12 install` in its clone and read the first error.\n',
  )
  process.exitCode = 3
}
