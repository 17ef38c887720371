import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'

const UNRELEASED = '## [Unreleased]\n'

/**
 * Sets the version of every package, dates the changelog, commits and tags. Publishes nothing.
 *
 * @param root the repository
 * @param version such as `1.2.3` or `1.2.3-rc.1`
 * @param today such as `2026-11-28`
 * @throws Error with one sentence when the release is not possible; then nothing is written
 */
export async function prepareRelease(root, version, today) {
  const git = async (...args) => (await execa('git', args, { cwd: root })).stdout
  const folders = readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'package.json'))
  const manifests = folders.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const versions = new Set(manifests.map(({ text }) => JSON.parse(text).version))
  const [current = ''] = versions
  if (versions.size !== 1) throw new Error(`the packages have several versions: ${[...versions].join(', ')}`)
  requireLater(version, current)
  if ((await git('status', '--porcelain')) !== '')
    throw new Error('the work tree has changes: commit them first')
  if ((await git('tag', '--list', `v${version}`)) !== '')
    throw new Error(`the tag v${version} exists already`)
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  const dated = dateChangelog(changelog, version, today)
  for (const { path, text } of manifests) {
    writeFileSync(join(root, path), text.replace(/^( {2}"version": ").*(",)$/mu, `$1${version}$2`))
  }
  writeFileSync(join(root, 'CHANGELOG.md'), dated)
  await git(
    'commit',
    '--all',
    '--message',
    `release: ${version}`,
    '--message',
    'All packages get one version.',
  )
  await git('tag', '--annotate', `v${version}`, '--message', `overlay-render ${version}`)
}

/** Titles the unreleased changes with the version, and adds an empty "Unreleased" section above them. */
function dateChangelog(changelog, version, today) {
  const start = changelog.indexOf(UNRELEASED)
  if (start < 0) throw new Error('CHANGELOG.md has no section "## [Unreleased]"')
  const rest = changelog.slice(start + UNRELEASED.length)
  const end = rest.search(/^## /mu)
  if (!/^- /mu.test(end < 0 ? rest : rest.slice(0, end)))
    throw new Error('CHANGELOG.md names no change since the last release')
  return `${changelog.slice(0, start)}${UNRELEASED}\n## [${version}] - ${today}\n${rest}`
}

const VERSION = /^(?<release>\d+\.\d+\.\d+)(?:-(?<label>[\da-z.-]+))?$/u

function requireLater(version, current) {
  const [wanted, present] = [version, current].map((text) => VERSION.exec(text)?.groups)
  if (wanted === undefined || present === undefined)
    throw new Error(`${JSON.stringify(version)} is not a version such as 1.2.3 or 1.2.3-rc.1`)
  const numbers = ({ release }) => release.split('.').map(Number)
  const difference = numbers(wanted)
    .map((number, index) => number - numbers(present)[index])
    .find((each) => each !== 0)
  // A release is later than its own release candidates.
  const isLater =
    difference === undefined ? present.label !== undefined && wanted.label !== present.label : difference > 0
  if (!isLater) throw new Error(`${version} is not later than ${current}`)
}
