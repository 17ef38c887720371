import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { openWorkspace } from '../src/index.ts'

describe('the context of the cluster that an overlay is compared with', () => {
  let folder: string
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'context-')))
    put('tree/overlays/production/kustomization.yaml', 'resources: [map.yaml]\n')
    put('tree/overlays/production/map.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n')
    // This kubectl knows no context, and prints the one it was asked for.
    put('bin/kubectl', '#!/bin/sh\necho "error: context was not found: $1" >&2\nexit 1\n')
    chmodSync(join(folder, 'bin/kubectl'), 0o755)
    vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`)
    vi.stubEnv('PULL_BASE_SHA', undefined)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-C', join(folder, 'tree'), '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args],
      {
        encoding: 'utf8',
      },
    ).trim()
  const configure = (context: string): void =>
    put('tree/overlay-render.yaml', `version: 1\nprow: {overlays: {production: ${context}}}\n`)
  const commit = (): string => {
    git('add', '--all')
    git('commit', '--quiet', '--message=all')
    return git('rev-parse', 'HEAD')
  }
  const compare = async (side: string): Promise<unknown> => {
    const workspace = await openWorkspace(join(folder, 'tree'))
    return workspace.diffLive(side, 'production')
  }

  test('is the one that the configuration names for it', async () => {
    configure('prod')
    await expect(compare('live:production')).rejects.toMatchObject({
      code: 'context-unknown',
      sentence: 'kubectl knows no context prod',
    })
  })

  test('is the one that the side names; the name may contain colons', async () => {
    await expect(compare('live:arn:aws:eks:cluster/prod:production')).rejects.toMatchObject({
      sentence: 'kubectl knows no context arn:aws:eks:cluster/prod',
    })
  })

  test('is never the current context', async () => {
    await expect(compare('live:production')).rejects.toMatchObject({ code: 'context-missing' })
    await expect(compare('live::production')).rejects.toMatchObject({ code: 'context-unknown' })
    configure("''")
    await expect(compare('live:production')).rejects.toMatchObject({ code: 'context-missing' })
  })

  test('is never taken from a change that is not merged', async () => {
    git('init', '--quiet')
    configure('testing')
    git('update-ref', 'refs/remotes/origin/main', commit())
    configure('prod')
    commit()
    await expect(compare('live:production')).rejects.toMatchObject({
      code: 'context-unreviewed',
      sentence: expect.stringContaining('refs/remotes/origin/main names testing'),
    })
    await expect(compare('live:prod:production')).rejects.toMatchObject({ code: 'context-unknown' })
  })

  test("is that of the pull request's base in a presubmit", async () => {
    git('init', '--quiet')
    configure('testing')
    vi.stubEnv('PULL_BASE_SHA', commit())
    await expect(compare('live:production')).rejects.toMatchObject({ code: 'context-unknown' })
    configure('prod')
    commit()
    await expect(compare('live:production')).rejects.toMatchObject({ code: 'context-unreviewed' })
  })
})
