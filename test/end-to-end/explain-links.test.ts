import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

/** The `explain` commands in an HTML report, without HTML escapes, for use in a shell. */
function explainCommandsIn(html: string): string[] {
  const commands = html.replaceAll('<wbr>', '').matchAll(/<code>overlay-render (explain [^<]*)<\/code>/gu)
  return [...commands].map(([, command = '']) => command.replaceAll('&lt;', '<').replaceAll('&amp;', '&'))
}

test('each changed value of an html report has the command that explains it, and the command runs', async () => {
  const tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  onTestFinished(() => tree.dispose())
  const kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: tree.path, stdio: 'ignore' })
  git('init', '--quiet')
  git('add', '--all')
  git(
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@example.com',
    'commit',
    '--quiet',
    '--no-gpg-sign',
    '-m',
    'base',
  )
  const file = join(kustom, 'overlays/workloads/resources/image-puller.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/image: \S+/u, 'image: registry.example/changed:1'))
  const report = join(tree.path, 'report.html')
  for (const command of [
    ['golden', 'check', 'workloads'],
    ['diff', 'HEAD:workloads', 'workloads'],
    ['review', '--base', 'HEAD'],
  ]) {
    await runCommand([...command, '--report', `html=${report}`], { cwd: kustom })
    const [explain = '', ...others] = new Set(explainCommandsIn(readFileSync(report, 'utf8')))
    expect({ command, others }).toEqual({ command, others: [] })
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${explain}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n')
    const { status, stdout } = await runCommand(words, { cwd: kustom })
    expect(stdout).toMatch(
      /registry\.example\/changed:1 .*overlays\/workloads\/resources\/image-puller\.yaml:\d+:\d+/u,
    )
    expect(status).toBe(0)
  }
})
