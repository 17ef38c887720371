import { cpSync } from 'node:fs'
import { join } from 'node:path'

import { makeTemporaryFolder } from '@overlay-render/system'
import { describe, expect, test } from 'vitest'

import {
  type ManualExample,
  manualExamples,
  readCommandLine,
} from '../../../yq/test/conformance/manual-examples.ts'
import { hasYqSources, YQ_LIBRARY } from '../../../yq/test/conformance/yq-sources.ts'
import { runInFolder } from './run-in-folder.ts'

/** Examples whose output depends on chance, the clock or other programs, or is shown differently in the manual. */
const INCOMPARABLE = /\bshuffle\b|\bnow\b|--security-enable-system-operator|update\.yq/
/** Formats that are not supported here. */
const LEFT_OUT = new Set(['hcl', 'kyaml', 'lua', 'toml'])

function examplesOf(pages: 'operators' | 'usage'): ManualExample[] {
  return manualExamples(pages).filter(
    ({ page, command }) =>
      !LEFT_OUT.has(page) && !INCOMPARABLE.test(command) && readCommandLine(command).words[0] === 'yq',
  )
}

async function run({ files, command, title }: ManualExample): Promise<string> {
  const temporary = await makeTemporaryFolder('yq-manual')
  try {
    const { environment, words } = readCommandLine(command)
    // Some examples load files of yq's sources.
    cpSync(join(YQ_LIBRARY, '../../examples'), join(temporary.path, 'examples'), { recursive: true })
    const folder = join(temporary.path, 'pkg/yqlib')
    // The manual leaves the flag out of these commands.
    const extra = /^FIXED|inline merge anchor/.test(title) ? ['--yaml-fix-merge-anchor-to-spec'] : []
    const outcome = await runInFolder(folder, {
      args: [...extra, ...words.slice(1), ...securityOf(title)],
      files: Object.fromEntries(files.map(({ name, text }) => [name, text])),
      env: environment,
    })
    const error = /^Error: [^]*?(?=\n*(?![^]))/m.exec(outcome.stderr)?.[0]
    return error === undefined ? outcome.stdout : `${error}\n`
  } finally {
    await temporary.dispose()
  }
}

/** The flags that switch the operators off; the manual leaves them out, too. */
function securityOf(title: string): string[] {
  if (!title.includes('security is enabled')) return []
  return ['--security-disable-env-ops', '--security-disable-file-ops']
}

for (const pages of ['operators', 'usage'] as const) {
  const examples = hasYqSources ? examplesOf(pages) : []
  describe.skipIf(!hasYqSources)(
    `yq's manual of ${pages}, through the command (skipped: needs the sources of yq 4.53.6 in Go's module cache)`,
    () => {
      test.each(examples.map((example) => [`${example.page}: ${example.title}`, example] as const))(
        '%s',
        async (_, example) => {
          expect(await run(example)).toBe(example.output)
        },
      )
    },
  )
}
