import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cwd } from 'node:process'

import { describe, expect, test } from 'vitest'

import { applyV3Script, compile, readDocuments } from '@overlay-render/yq'

import { corpusFiles, corpusScripts, hasCorpus, readCorpusFile } from './corpus.ts'
import type { Verdict } from './oracle.ts'
import { runOurs } from './run-ours.ts'
import { readLines } from './vectors.ts'

/** The recorded output of the real yq 4 for a corpus file. */
interface Digest {
  readonly flags: readonly string[]
  readonly bytes: number
  readonly sha256: string
  readonly error?: true
}

const folder = join(cwd(), 'test/vectors')

function digest({ output, error }: Verdict): Omit<Digest, 'flags'> {
  return {
    bytes: Buffer.byteLength(output),
    sha256: createHash('sha256').update(output).digest('hex'),
    ...(error === undefined ? {} : { error: true }),
  }
}

describe.skipIf(!hasCorpus)('the real trees (skipped where ../shared/corpus is not there)', () => {
  const documents = readLines<Digest & { readonly file: string }>(join(folder, 'corpus-documents.ndjson.gz'))
  const scripts: (Digest & { readonly script: string; readonly base: string })[] = JSON.parse(
    readFileSync(join(folder, 'corpus-v4.json'), 'utf8'),
  )

  test('every YAML file has a recording', () => {
    expect(new Set(documents.map(({ file }) => file))).toEqual(new Set(corpusFiles()))
  })

  test.each(['', '-I4', '-c', '-P'])('every YAML file is printed as yq 4 does with "%s"', (flag) => {
    const different = documents
      .filter(({ flags }) => (flags[0] ?? '') === flag)
      .filter(({ file, flags, bytes, sha256, error }) => {
        const ours = digest(runOurs({ document: readCorpusFile(file), flags }))
        return ours.bytes !== bytes || ours.sha256 !== sha256 || ours.error !== error
      })
    expect(different.map(({ file }) => file)).toEqual([])
  })

  test.each(scripts)(
    '$script gives the bytes of yq 4 with $flags',
    ({ script, base, flags, ...expected }) => {
      const document = readCorpusFile(base)
      expect(digest(runOurs({ document, expression: readCorpusFile(script), flags }))).toEqual(expected)
    },
  )

  test.each(corpusScripts('kubevirt-2021'))(
    '$script sets in its base what it names, and nothing else',
    ({ script, base }) => {
      const unchanged = applyV3Script('', readCorpusFile(base)).text.split('\n')
      const { text, warnings } = applyV3Script(readCorpusFile(script), readCorpusFile(base))
      const commands = compile('.[]').run(readDocuments(readCorpusFile(script)))
      for (const command of commands) {
        const [path, value] = compile('.path, .value').run([command])
        // With a leading dot, the paths of these scripts mean the same in yq 4.
        const found = compile(`.${path?.value ?? ''}`).run(readDocuments(text))
        expect(new Set(found.map((node) => node.value))).toEqual(new Set([value?.value]))
      }
      const added = text.split('\n').filter((line) => !unchanged.includes(line))
      expect(added.length).toBeLessThanOrEqual(5 * commands.length)
      expect(warnings).toEqual([])
    },
  )
})
