import { readdirSync, readFileSync } from 'node:fs'

import { makeTemporaryFolder } from '@overlay-render/system'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { runInFolder, type YqCall } from './run-in-folder.ts'

/** The result of the real yq, as record.js recorded it. */
interface Recorded {
  readonly status: number
  readonly stdout?: string
  /** The text from `Error: ` on, without the usage text. */
  readonly error?: string
  readonly files?: Readonly<Record<string, string>>
}

interface Case extends YqCall {
  readonly name: string
  /** Our result where it differs from yq on purpose; `why` gives the reason. */
  readonly ours?: Recorded
  readonly why?: string
  readonly real: Recorded
}

const folder = new URL('cases/', import.meta.url)

for (const file of readdirSync(folder)) {
  const cases: readonly Case[] = parse(readFileSync(new URL(file, folder), 'utf8'))
  describe(`yq ${file.replace('.yaml', '').replaceAll('-', ' ')}`, () => {
    test.each(cases.map((entry) => [entry.name, entry] as const))(
      '%s',
      async (_, { real, ours, ...call }) => {
        const temporary = await makeTemporaryFolder('yq-case')
        try {
          const { status, stdout, stderr, files } = await runInFolder(temporary.path, call)
          const error = /^Error: [^]*?(?=\n*(?![^]))/m.exec(stderr)?.[0]
          expect({ status, stdout, error, files }).toEqual({
            stdout: '',
            error: undefined,
            files: {},
            ...(ours ?? real),
          })
        } finally {
          await temporary.dispose()
        }
      },
    )
  })
}
