// Makes a release in two steps. `node scripts/release.js prepare 1.2.3` sets the version of all packages,
// dates the changelog, commits and tags. Pushing the tag starts .github/workflows/release.yml, which runs
// `node scripts/release.js publish`.
import { dirname } from 'node:path'
import { argv, env, exit, stderr, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

import { prepareRelease } from './release/prepare-release.js'
import { publishPackages } from './release/publish-packages.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [, , command, argument] = argv
const say = (line) => stdout.write(`${line}\n`)

try {
  if (command === 'prepare' && argument !== undefined) {
    await prepareRelease(root, argument, new Date().toISOString().slice(0, 10))
    say(`Next: git push --follow-tags publishes ${argument}.`)
  } else if (command === 'publish' && (argument === undefined || argument === '--dry-run')) {
    await publishPackages(root, { dryRun: argument !== undefined, environment: env, say })
  } else {
    stderr.write('usage: node scripts/release.js prepare VERSION | publish [--dry-run]\n')
    exit(2)
  }
} catch (error) {
  stderr.write(`error: ${error.all ?? error.message}\n`)
  exit(1)
}
