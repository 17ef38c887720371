#!/usr/bin/env node
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { setFlagsFromString } = require('node:v8')

const { loadBundle } = require('./load-bundle.js')

// A run is short. Node 20 optimises hot functions early and on the main thread, which such a run pays for and never
// gains from; the cost for minutes of work is a few per cent.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000')

const bundle = join(__dirname, '../dist/bundle')

// A clone whose build failed has no bundle: say so, rather than show how Node resolves modules.
if (existsSync(join(bundle, 'main.cjs'))) {
  const args = process.argv.slice(2)
  // The folder of `-C` may come before the command.
  const command = args[0] === '-C' ? args[2] : args[0]
  void loadBundle(bundle, command).main(args)
} else {
  process.stderr.write(
    'overlay-render is not built: run `npx -y pnpm@12 install` in its clone and read the first error.\n',
  )
  process.exitCode = 3
}
