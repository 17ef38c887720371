import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { runCommand } from '../support/command.ts'
import { laySmallWorkspace } from './support/small-workspace.ts'

// A pull request adds an executable and a lock file with its checksum. No command may run it, whichever way it is named.

const WAYS: Record<string, (path: string) => { args: string[]; env: Record<string, string> }> = {
  '--kustomize': (path) => ({ args: ['--kustomize', path], env: {} }),
  'a relative --kustomize': () => ({ args: ['--kustomize', 'tools/kustomize'], env: {} }),
  OVERLAY_RENDER_KUSTOMIZE: (path) => ({ args: [], env: { OVERLAY_RENDER_KUSTOMIZE: path } }),
  OVERLAY_RENDER_KUBECTL: (path) => ({ args: [], env: { OVERLAY_RENDER_KUBECTL: path } }),
  PATH: (path) => ({ args: [], env: { PATH: `${join(path, '..')}:${process.env['PATH'] ?? ''}` } }),
}

const PROGRAMS: Record<string, (mark: string) => Buffer> = {
  'a script': (mark) => Buffer.from(`#!/bin/sh\ntouch ${mark}\necho v5.0.0\n`),
  'a script with the bytes of build information': (mark) =>
    Buffer.concat([
      Buffer.from(`#!/bin/sh\ntouch ${mark}\necho v5.0.0\nexit\n`),
      Buffer.from('\u00ff Go buildinf:', 'latin1'),
    ]),
  // If it ran as `touch build …` or `touch version`, it would create files with these names.
  'a program': () => readFileSync('/usr/bin/touch'),
}

for (const [what, make] of Object.entries(PROGRAMS)) {
  test.each(Object.keys(WAYS))(`${what}, named by %s`, async (way) => {
    const { folder, top, scratch } = laySmallWorkspace()
    const mark = join(top, 'mark')
    const path = join(folder, 'tools/kustomize')
    mkdirSync(join(folder, 'tools'))
    const bytes = make(mark)
    for (const name of ['kustomize', 'kubectl']) {
      writeFileSync(join(folder, 'tools', name), bytes)
      chmodSync(join(folder, 'tools', name), 0o755)
    }
    const isKubectl = way === 'OVERLAY_RENDER_KUBECTL'
    const pin = isKubectl ? 'kubectl: 1.34.2' : 'version: 5.0.0'
    writeFileSync(
      join(folder, 'overlay-render.yaml'),
      `version: 1\nkustomize: {${pin}}\nconfigs: {base: base, files: [config/config.yaml]}\n`,
    )
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    writeFileSync(
      join(folder, 'overlay-render.lock'),
      `${isKubectl ? 'kubectl' : 'kustomize'}:\n  version: ${isKubectl ? '1.34.2' : '5.0.0'}\n  sha256:\n    ${process.platform}-${process.arch}: ${sha256}\n`,
    )
    const { args, env } = WAYS[way]?.(path) ?? { args: [], env: {} }
    const result = await runCommand(['render', 'x', '--secrets', 'stub', ...args], {
      cwd: folder,
      env: { HOME: scratch, XDG_CACHE_HOME: scratch, ...env },
    })
    expect(result.stderr).toMatch(
      /tools\/kustomize is (?:a script, not the program itself|part of the checkout)/,
    )
    expect(result.stderr).toContain(`OVERLAY_RENDER_KUSTOMIZE_SHA256=${sha256}`)
    expect(result.status).toBe(2)
    for (const left of [mark, join(folder, 'version'), join(folder, 'build')])
      expect(existsSync(left)).toBe(false)
  })
}
