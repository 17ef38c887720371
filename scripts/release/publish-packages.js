import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'

import { packAll } from '../assemble.js'

/**
 * Publishes every package after its dependencies, with a provenance statement: the commit and the workflow
 * that built it.
 *
 * @param root the repository, at a commit tagged with its version
 * @param options `dryRun`: npm only prints what it would publish; `environment`: the environment of the
 * process
 * @throws Error with one sentence when the commit has no tag, or the packages would have no provenance
 */
export async function publishPackages(root, { dryRun, environment, say }) {
  const version = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')).version
  const { stdout: tags } = await execa('git', ['tag', '--points-at', 'HEAD'], { cwd: root })
  if (!dryRun && !tags.split('\n').includes(`v${version}`))
    throw new Error(
      `this commit is not v${version}: run node scripts/release.js prepare VERSION, and push its tag`,
    )
  if (!dryRun && environment.ACTIONS_ID_TOKEN_REQUEST_URL === undefined)
    throw new Error(
      'packages are published with provenance, which the release workflow alone can give: push the tag',
    )
  const folder = mkdtempSync(join(tmpdir(), 'overlay-render-release-'))
  try {
    const files = new Map((await packAll(folder)).map(({ name, file }) => [name, file]))
    const how = dryRun ? ['--dry-run'] : ['--provenance']
    for (const name of publishingOrder(root)) {
      await execa(
        'npm',
        ['publish', files.get(name), '--access', 'public', '--tag', tagOf(version), ...how],
        { cwd: folder, all: true },
      )
      say(`${name} ${version}: ${dryRun ? 'would be published' : 'published'}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** npm installs a release candidate only on request. */
function tagOf(version) {
  return version.includes('-') ? 'next' : 'latest'
}

/** Lists the packages by name, dependencies first, so that an install during publishing finds all dependencies. */
export function publishingOrder(root) {
  const manifests = readdirSync(join(root, 'packages')).map((name) =>
    JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')),
  )
  const pending = new Map(manifests.map(({ name, dependencies = {} }) => [name, Object.keys(dependencies)]))
  const order = []
  while (pending.size > 0) {
    const ready = [...pending]
      .filter(([, needs]) => needs.every((need) => !pending.has(need)))
      .map(([name]) => name)
    if (ready.length === 0)
      throw new Error(`packages depend on each other in a circle: ${[...pending.keys()].join(', ')}`)
    for (const name of ready) pending.delete(name)
    order.push(...ready.sort())
  }
  return order
}
