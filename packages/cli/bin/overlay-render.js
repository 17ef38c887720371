#!/usr/bin/env node
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const { loadBundle } = require('./load-bundle.js')

const bundle = join(__dirname, '../dist/bundle')

// A clone whose build failed has no bundle. This message is clearer than Node's error about module resolution.
if (existsSync(join(bundle, 'main.cjs'))) {
  const args = process.argv.slice(2)
  // `-C DIR` may come before the command.
  const command = args[0] === '-C' ? args[2] : args[0]
  void loadBundle(bundle, command).main(args)
} else {
  process.stderr.write(
    'overlay-render is not built: run `npx -y pnpm@12 install` in its clone and read the first error.\n',
  )
  process.exitCode = 3
}
