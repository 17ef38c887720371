import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

import { prepareRelease } from '../../scripts/release/prepare-release.js'
import { publishingOrder, publishPackages } from '../../scripts/release/publish-packages.js'
import { root } from '../support/oracles.ts'

const CHANGELOG =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- `render`\n\n## [0.1.0] - 2026-01-01\n\n- all\n'

describe('a release', () => {
  let folder = ''
  const git = async (...args: string[]): Promise<string> => (await execa('git', args, { cwd: folder })).stdout
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'overlay-render-release-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const name of ['cli', 'yq']) {
      mkdirSync(join(folder, 'packages', name), { recursive: true })
      const manifest = { name, version: '0.1.0', dependencies: {} }
      writeFileSync(
        join(folder, 'packages', name, 'package.json'),
        `${JSON.stringify(manifest, undefined, 2)}\n`,
      )
    }
    writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG)
    await git('init', '--quiet')
    await git('config', 'user.name', 'a')
    await git('config', 'user.email', 'a@example.com')
    await git('config', 'commit.gpgsign', 'false')
    await git('config', 'tag.gpgsign', 'false')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'a')
  })

  test('gives all packages the version, dates the changelog, commits and tags', async () => {
    await prepareRelease(folder, '0.2.0', '2026-11-28')
    for (const name of ['cli', 'yq']) {
      expect(JSON.parse(read(`packages/${name}/package.json`))).toEqual({
        name,
        version: '0.2.0',
        dependencies: {},
      })
    }
    expect(read('CHANGELOG.md')).toBe(
      CHANGELOG.replace('## [Unreleased]\n', '## [Unreleased]\n\n## [0.2.0] - 2026-11-28\n'),
    )
    expect(await git('log', '-1', '--format=%s')).toBe('release: 0.2.0')
    expect(await git('tag', '--points-at', 'HEAD')).toBe('v0.2.0')
    expect(await git('status', '--porcelain')).toBe('')
  })

  test.each([
    ['0.1.0', /not later/u],
    ['0.0.9', /not later/u],
    ['0.1.0-rc.1', /not later/u],
    ['next', /is not a version/u],
    ['1.0', /is not a version/u],
  ])('version %s is refused, and nothing changes', async (version, message) => {
    await expect(prepareRelease(folder, version, '2026-11-28')).rejects.toThrow(message)
    expect(await git('status', '--porcelain')).toBe('')
  })

  test('a release candidate has a lower version than its release', async () => {
    await prepareRelease(folder, '0.2.0-rc.1', '2026-11-28')
    writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG)
    await git('commit', '--all', '--quiet', '--message', 'b')
    await prepareRelease(folder, '0.2.0', '2026-11-29')
    expect(await git('tag')).toBe('v0.2.0\nv0.2.0-rc.1')
  })

  test('needs a clean work tree, a change in the changelog, and an unused tag', async () => {
    await git('tag', 'v0.2.0')
    await expect(prepareRelease(folder, '0.2.0', '2026-11-28')).rejects.toThrow(/exists already/u)
    writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG.replace('- `render`\n', ''))
    await expect(prepareRelease(folder, '0.3.0', '2026-11-28')).rejects.toThrow(/has changes/u)
    await git('commit', '--all', '--quiet', '--message', 'b')
    await expect(prepareRelease(folder, '0.3.0', '2026-11-28')).rejects.toThrow(/names no change/u)
  })

  test('is published only from its tag, and only with provenance', async () => {
    const options = { dryRun: false, environment: {}, say: () => undefined }
    await expect(publishPackages(folder, options)).rejects.toThrow(/is not v0\.1\.0/u)
    await git('tag', 'v0.1.0')
    await expect(publishPackages(folder, options)).rejects.toThrow(/with provenance/u)
  })
})

test('each package is published after its dependencies', () => {
  const order = publishingOrder(root)
  const needs = order.map((name) => {
    const folder = name === 'overlay-render' ? 'cli' : name.replace('@overlay-render/', '')
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'))
    return Object.keys((manifest as { dependencies?: object }).dependencies ?? {})
  })
  for (const [index, names] of needs.entries()) {
    for (const name of names) expect(order.indexOf(name)).toBeLessThan(index)
  }
  expect(order.at(-1)).toBe('overlay-render')
})

test('the workflow may sign provenance, and publishes what passed .ci/run', () => {
  const workflow: unknown = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'))
  expect(workflow).toMatchObject({
    on: { push: { tags: ['v*'] } },
    permissions: {},
    jobs: { publish: { permissions: { contents: 'read', 'id-token': 'write' } } },
  })
  const runs = JSON.stringify(workflow)
  expect(runs.indexOf('.ci/run')).toBeLessThan(runs.indexOf('release.js publish'))
})
