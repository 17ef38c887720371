import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  diffManifests,
  formatDiff,
  GoldenFault,
  parseManifests,
  REPORT_FORMATS,
  reportFormat,
} from '../src/index.ts'
import { document } from './support/manifests.ts'

const CANARY = 'cAnArY-7731-xyz'

/** Forms in which a report could leak the canary: plain, base64 at each alignment, hexadecimal, URL escapes. */
const ENCODINGS = [
  CANARY,
  ...[0, 1, 2].map((shift) =>
    Buffer.from(`${'_'.repeat(shift)}${CANARY}`)
      .toString('base64')
      .slice(4, -4),
  ),
  Buffer.from(CANARY).toString('hex'),
  CANARY.replaceAll('-', '%2D'),
  CANARY.slice(0, 8),
]

const toHex = (text: string, layers: number): string =>
  layers === 0 ? text : toHex(Buffer.from(text).toString('hex'), layers - 1)
const indent = (text: string, by = '  '): string => text.replace(/^(?=.)/gmu, by)
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const wrapped = (text: string, width: number, by: string): string =>
  (base64(text).match(new RegExp(`.{1,${width}}`, 'gu')) ?? []).join(by)

/** Spellings of `kind: Secret`, each following `apiVersion: v1`. */
const KINDS = [
  'kind: Secret',
  'kind: "Secret"',
  "kind: 'Secret'",
  '"kind": Secret',
  'kind: &k Secret',
  'kind: !!str Secret',
  'kind: Secret # of the bot',
  'kind: # of the bot\n  Secret',
  'kind: >-\n  Secret',
  'kind: |-\n  Secret',
  'kind:\n  Secret',
  'kind: "\\u0053ecret"',
  'kind: "\\x53ecret"',
  'kind: "Sec\\\n  ret"',
  '"k\\u0069nd": Secret',
  '? kind\n: Secret',
  'x: &k Secret\nkind: *k',
  'x: &k kind\n*k : Secret',
  'kind: !!binary U2VjcmV0',
  'kind: !<tag:yaml.org,2002:binary> "U2Vj\\\n  cmV0"',
  'kind: !<tag:yaml.org,2002:str> Secret',
  'kind: secret',
  'kind: SECRET',
  'kind: Secrets',
  'kind: Sercet',
  'kind: Secre',
  'Kind: Secret',
]

/** Fields with the canary. */
const BODIES = [
  (value: string): string => `data:\n  token: ${base64(value)}\n`,
  (value: string): string => `stringData:\n  token: ${value}\n`,
  (value: string): string => `stringData: {token: "${value}"}\n`,
  (value: string): string => `stringdata:\n  token: ${value}\n`,
  (value: string): string => `Data:\n  token: ${value}\n`,
  (value: string): string => `spec:\n  data:\n    token: ${value}\n`,
  (value: string): string => `token: ${value}\n`,
  (value: string): string => `data: ${value}\n`,
  (value: string): string => `stringData:\n- ${value}\n`,
  (value: string): string => `stringData:\n  token: |\n    one\n    ${value}\n`,
]

const METADATA = [
  'metadata:\n  name: s\n',
  'metadata: {name: s}\n',
  `metadata:\n  name: s\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"a":"${CANARY}"}}'\n`,
  `metadata:\n  name: s\n  stringData:\n    a: ${CANARY}\n`,
  `metadata:\n  name: s\n  labels:\n    a: ${CANARY}\n  annotations:\n    a: "is ${CANARY}"\n`,
]

const asYaml = fc
  .tuple(fc.constantFrom(...KINDS), fc.constantFrom(...METADATA), fc.constantFrom(...BODIES))
  .map(
    ([kind, metadata, body]) =>
      (value: string): string =>
        `apiVersion: v1\n${kind}\n${metadata.replaceAll(CANARY, value)}${body(value)}`,
  )

const inJson = (value: string): Record<string, unknown> => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  data: { token: base64(value) },
})
const asJson = fc.constantFrom(
  (value: string): string => JSON.stringify(inJson(value)),
  (value: string): string => JSON.stringify(inJson(value), undefined, 2),
  (value: string): string => JSON.stringify(inJson(value)).replace('"Secret"', '"\\u0053ecret"'),
  (value: string): string => JSON.stringify({ kind: 'List', items: [{ ...inJson(value), kind: undefined }] }),
  (value: string): string =>
    JSON.stringify({ kind: 'SecretList', items: [{ metadata: {}, stringData: { a: value } }] }),
)

/** A Secret in languages other than YAML. */
const ASSIGNMENTS = [
  'kind = "Secret"\n[stringData]\nk = "CANARY"\n',
  "kind = 'Secret'\nstringData.k = 'CANARY'\n",
  'manifest = {\n  "kind" = "Secret"\n  "data" = {\n    "k" = "CANARY"\n  }\n}\n',
  'kind => "Secret", stringData => { k => "CANARY" }\n',
  'V1Secret(kind="Secret", string_data={"k": "CANARY"})\n',
  'local m = { kind = `Secret`, data = "CANARY" }\n',
]

/** A heredoc delimiter that no inner heredoc uses. */
const endOf = (text: string): string => `EOF${text.length}`

/** Ways to embed one text in another, each beside text that is not secret. */
const LAYERS: Record<string, (text: string, neighbour: string) => string> = {
  'a block scalar': (text, neighbour) => `neighbour: ${neighbour}\nfile: |\n${indent(text)}`,
  'a folded list item': (text, neighbour) => `- ${neighbour}\n- ${JSON.stringify(text)}\n`,
  'a JSON member': (text, neighbour) => JSON.stringify({ neighbour, file: text }),
  'indented JSON': (text, neighbour) => JSON.stringify([{ neighbour }, { file: text }], undefined, 2),
  'base64 in YAML': (text, neighbour) => `neighbour: ${neighbour}\nfile: ${base64(text)}\n`,
  'wrapped base64': (text, neighbour) =>
    `neighbour: ${neighbour}\nfile: |\n${indent(wrapped(text, 60, '\n'))}\n`,
  'base64 wrapped by a quoted text': (text, neighbour) =>
    `neighbour: ${neighbour}\nfile: "echo\n  ${wrapped(text, 76, '\n  ')}"\n`,
  'base64 wrapped in a script': (text, neighbour) =>
    `#!/bin/sh\necho ${neighbour}; if true; then base64 -d\n${wrapped(text, 61, '\\\n')}\ndone\n`,
  'base64 put together in a script': (text, neighbour) =>
    `#!/usr/bin/python\n# ${neighbour} {\nx = (${wrapped(text, 64, '" +\n "').replace(/.*/su, '"$&"')})\n`,
  'a quoted heredoc of base64': (text, neighbour) =>
    `{"neighbour": "${neighbour}", "run": ${JSON.stringify(`#!/bin/sh\nx <<E\n${wrapped(text, 40, '\n')}\nE\n`)}, {`,
  'a ConfigMap': (text, neighbour) =>
    document('ConfigMap', 'inner', `data:\n  neighbour: ${neighbour}\n  file: |\n${indent(text, '    ')}`),
  'a heredoc': (text, neighbour) =>
    `#!/bin/sh\nset -e\necho ${neighbour}\ncat <<'${endOf(text)}' | kubectl apply -f -\n${text.replace(/\n*$/u, '\n')}${endOf(text)}\necho done\n`,
  'a heredoc with a dash': (text, neighbour) =>
    `#!/bin/sh\necho ${neighbour}; cat > x <<-${endOf(text)}\n${text.replace(/\n*$/u, '\n')}\t${endOf(text)}\n`,
  'base64 in a script': (text, neighbour) =>
    `#!/bin/sh\necho ${neighbour}\necho ${base64(text)} | base64 -d | kubectl apply -f -\n`,
  'a comment': (text, neighbour) => `neighbour: ${neighbour}\n# before:\n#\n${indent(text, '# ')}\nlast: 1\n`,
  'several documents': (text, neighbour) => `neighbour: ${neighbour}\n---\nfile: ${JSON.stringify(text)}\n`,
  'a data URL': (text, neighbour) =>
    JSON.stringify({ neighbour, files: [{ source: `data:,${encodeURIComponent(text)}` }] }),
  'a query in a script': (text, neighbour) =>
    `#!/bin/sh\necho ${neighbour}\ncurl -d 'manifest=${encodeURIComponent(text)}&a=b' https://example.com\n`,
  hexadecimal: (text, neighbour) => `neighbour: ${neighbour}\nfile: "${Buffer.from(text).toString('hex')}"\n`,
  'a key': (text, neighbour) => `neighbour: ${neighbour}\n${JSON.stringify(text)}: 1\n`,
}

const UNSEEN: ReadonlySet<string> = new Set(['a comment', 'a key', 'a query in a script', 'a data URL'])

const HOLDERS: Record<string, (text: string, neighbour: string) => string> = {
  'data of a ConfigMap': (text, neighbour) =>
    document('ConfigMap', 'c', `data:\n  neighbour: ${neighbour}\n  file: ${JSON.stringify(text)}\n`),
  'binaryData of a ConfigMap': (text, neighbour) =>
    document('ConfigMap', 'c', `data:\n  neighbour: ${neighbour}\nbinaryData:\n  file: ${base64(text)}\n`),
  'an annotation': (text, neighbour) =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: ${JSON.stringify(text)}\nspec: {a: ${neighbour}}\n`,
  'an argument': (text, neighbour) =>
    document('Job', 'j', `spec: {a: ${neighbour}, args: [sh, -c, ${JSON.stringify(text)}]}\n`, 'batch/v1'),
}

const nested = fc.record({
  secret: fc.oneof(asYaml, asJson),
  layers: fc.array(fc.constantFrom(...Object.keys(LAYERS)), { maxLength: 3 }),
  holder: fc.constantFrom(...Object.keys(HOLDERS)),
  change: fc.constantFrom('changed', 'added', 'removed', 'neighbours only'),
})

const build = (
  secret: (value: string) => string,
  layers: readonly string[],
  holder: string,
  [value, mark]: readonly [string, string],
): string => {
  let text = secret(value)
  for (const [index, layer] of layers.entries())
    text = LAYERS[layer]?.(text, `neighbour-${index}-${mark}`) ?? ''
  return HOLDERS[holder]?.(text, `neighbour-out-${mark}`) ?? ''
}

const show = (before: string, after: string, format: string): string => {
  try {
    const diff = diffManifests(parseManifests(before, { file: 'a' }), parseManifests(after, { file: 'b' }))
    // The html report marks changes within a line.
    return formatDiff(diff, reportFormat(format)).replaceAll(/<\/?mark>/gu, '')
  } catch (error) {
    // Not every spelling has its identity at the top level.
    if (!(error instanceof GoldenFault)) throw error
    return JSON.stringify(error, Object.getOwnPropertyNames(error))
  }
}

/**
 * The same cases in every run. After changing the search, try others: `HIDDEN_SECRETS_SEED=1 HIDDEN_SECRETS_RUNS=2000`;
 * a failure prints its seed.
 */
const SEARCH = {
  seed: Number(process.env.HIDDEN_SECRETS_SEED ?? 20261128),
  numRuns: Number(process.env.HIDDEN_SECRETS_RUNS ?? 200),
}

describe('no report leaks a Secret in nested texts, and the text beside it is shown', () => {
  test.each(REPORT_FORMATS)('%s', (format) => {
    fc.assert(
      fc.property(nested, ({ secret, layers, holder, change }) => {
        const before = build(secret, layers, holder, [`${CANARY}1`, 'old'])
        const value = change === 'neighbours only' ? `${CANARY}1` : `${CANARY}2`
        const after = build(secret, layers, holder, [value, 'new'])
        const text = show(change === 'added' ? '' : before, change === 'removed' ? '' : after, format)
        for (const encoding of ENCODINGS) expect(text).not.toContain(encoding)
        const mark = change === 'removed' ? 'old' : 'new'
        // A patch removes an object without its value, and cannot change a part of a text; comments are no content; long keys are cut, queries and data URLs are hidden whole.
        const patch = format === 'json-patch'
        const unseen = (layer: string): boolean => patch || UNSEEN.has(layer)
        const hidden = layers.findLastIndex(unseen)
        const neighbours = [
          ...(patch && change === 'removed' ? [] : ['out']),
          ...[...layers.keys()].filter((index) => index > hidden),
        ]
        for (const name of neighbours) expect(text).toContain(`neighbour-${name}-${mark}`)
      }),
      SEARCH,
    )
  })

  // Found by the search; each leaked once.
  test.each([
    { layers: ['wrapped base64', 'a JSON member', 'a comment'] },
    { layers: ['a quoted heredoc of base64'] },
    { layers: ['base64 put together in a script', 'a JSON member', 'a comment'] },
  ])('$layers', ({ layers }) => {
    for (const body of BODIES) {
      const secret = (value: string): string =>
        `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n${body(value)}`
      for (const holder of Object.keys(HOLDERS)) {
        for (const format of REPORT_FORMATS) {
          const after = build(secret, layers, holder, [CANARY, 'new'])
          const text = show(build(secret, [], holder, ['', 'old']), after, format)
          for (const encoding of ENCODINGS) expect(text).not.toContain(encoding)
        }
      }
    }
  })

  test.each(ASSIGNMENTS)('in a language with assignments: %s', (text) => {
    const make = (value: string): string =>
      document('ConfigMap', 'c', `data:\n  file: ${JSON.stringify(text.replace('CANARY', value))}\n`)
    for (const format of REPORT_FORMATS) {
      const shown = show(make(`${CANARY}1`), make(`${CANARY}2`), format)
      for (const encoding of ENCODINGS) expect(shown).not.toContain(encoding)
    }
  })

  test('a script that only assigns a kind is shown', () => {
    const make = (value: string): string =>
      document('ConfigMap', 'c', `data:\n  file: "kind=secret\\nkubectl get $kind ${value}\\n"\n`)
    expect(show(make('before'), make('after'), 'text')).toContain('kubectl get $kind after')
  })

  /** Texts with fragments of escapes and hexadecimal digits, without a Secret. */
  const harmless = fc.oneof(
    fc
      .array(
        fc.constantFrom(
          '%',
          '%%',
          '%s',
          '%25',
          '%2',
          '%zz',
          'date',
          '${name%suffix}',
          '=',
          '&',
          "'",
          'abc/',
          ' ',
        ),
        {
          minLength: 1,
          maxLength: 60,
        },
      )
      .map((parts) => parts.join('')),
    fc.string({ unit: fc.constantFrom('%', '2', '5', 'a', 'f'), maxLength: 200 }),
  )

  test('per cent signs and digits alone are not escapes', () => {
    fc.assert(
      fc.property(harmless, (text) => {
        const make = (mark: string): string =>
          document('ConfigMap', 'c', `data:\n  file: ${JSON.stringify(`${text} ${mark}`)}\n`)
        expect(show(make('before'), make('after'), 'text')).toContain('after')
      }),
      SEARCH,
    )
  })

  test.each([
    ['escapes of escapes', (layers: number) => `%${'25'.repeat(layers)}41`],
    [
      'hexadecimal digits of such digits',
      (layers: number) => toHex('a text that goes on', Math.min(layers, 12)),
    ],
  ])('%s end at a bound, however many there are', (_, make) => {
    for (const layers of [1, 11, 12, 13, 14, 50_000]) {
      const manifest = document(
        'ConfigMap',
        'c',
        `data:\n  file: ${JSON.stringify(make(layers))}\n  mark: old\n`,
      )
      expect(show(manifest, manifest.replace('old', 'new'), 'text')).toContain('new')
    }
  })

  test('all spellings, as a document and in an embedded file', () => {
    for (const kind of KINDS) {
      for (const body of BODIES) {
        for (const wrap of [
          (text: string): string => text,
          (text: string): string => document('ConfigMap', 'c', `data:\n  file: |\n${indent(text, '    ')}`),
        ]) {
          const make = (value: string): string =>
            wrap(`apiVersion: v1\n${kind}\nmetadata:\n  name: s\n${body(value)}`)
          for (const format of REPORT_FORMATS) {
            const text = show(make(`${CANARY}1`), make(`${CANARY}2`), format)
            for (const encoding of ENCODINGS) expect(text).not.toContain(encoding)
          }
        }
      }
    }
  })
})
