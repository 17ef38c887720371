#!/usr/bin/env node
import { existsSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

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
