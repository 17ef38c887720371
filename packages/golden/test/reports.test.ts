import type { Finding } from '@overlay-render/system'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'

import { formatDiff, formatReport, REPORT_FORMATS, reportFormat } from '../src/index.ts'
import { diffOf, document } from './support/manifests.ts'
import { HOSTILE, largeDiff, sampleDiff } from './support/sample.ts'

const accept = 'overlay-render golden update testing'
const same = diffOf(document('Pod', 'a'), document('Pod', 'a'))
// Every control character, and one that changes the direction of text.
const CONTROLS = `${Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('')}\u007F\u0085\u202E\uFFFE`
const escapeAll = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
const controls = diffOf(
  document('ConfigMap', 'a', `data: {x: ${JSON.stringify('plain')}}\n`),
  document('ConfigMap', 'a', `data: {x: "${escapeAll(CONTROLS)}"}\n`),
)

const finding = (line: number): Finding => ({
  rule: 'dead-image',
  severity: 'warning',
  message: 'images changes nothing',
  hint: 'did you mean b?',
  position: { file: 'a.yaml', line, column: 5 },
})

test.each(['html', 'markdown'] as const)('a finding has its position in %s', (format) => {
  const report = formatReport([{ title: 't', diff: { ...same, findings: [finding(29)] } }], format)
  expect(report).toContain('a.yaml:29:5: images changes nothing: did you mean b?')
})

describe('the name of a format', () => {
  test.each(REPORT_FORMATS)('%s is known', (name) => {
    expect(formatDiff(same, reportFormat(name))).toMatch(/\n$/u)
  })

  test.each([
    ['htlm', 'did you mean html?'],
    ['constructor', undefined],
  ])('%s is rejected', (name, hint) => {
    expect(() => reportFormat(name)).toThrow(
      expect.objectContaining({
        code: 'format-unknown',
        message: `"${name}" is not a report format; the formats are text, json, markdown, html, junit, json-patch`,
        ...(hint === undefined ? {} : { hint }),
      }),
    )
  })
})

describe('text', () => {
  const text = formatReport([{ title: 'testing', diff: sampleDiff(), acceptCommand: accept }], 'text')

  test('begins with a table of changes and ends with the command that accepts them', () => {
    const lines = text.split('\n')
    expect(lines.slice(0, 5)).toEqual([
      'testing: 4 changed, 2 added, 1 removed, 1 renamed, 1 difference ignored',
      '',
      '  - Service      prow/gone                                          removed',
      '  > ConfigMap    prow/plugins-5c8b2mkt6d → prow/plugins-7h4t9gfk2b  renamed, 1 change',
      '  ~ ConfigMap    prow/config                                        3 changes',
    ])
    expect(lines.slice(-4)).toEqual([
      '1 difference ignored by the rule: Deployment $.spec.replicas',
      '',
      `To accept: ${accept}`,
      '',
    ])
  })

  test('shows a change within an embedded file with its path', () => {
    expect(text).toContain(
      [
        '~ ConfigMap prow/config',
        '    data["config.yaml"] > .deck.spyglass.gcs_browser_prefix',
        '      - https://gcsweb.example.com/gcs/',
        '      + https://gcsweb.example.org/gcs/',
      ].join('\n'),
    )
  })

  test('is one line when nothing differs', () => {
    expect(formatReport([{ title: 'testing', diff: same, acceptCommand: accept }], 'text')).toBe(
      'testing: 1 unchanged\n',
    )
  })

  test.each([40, 60, 80])('fits into %i columns, where no path is wider', (width) => {
    for (const colour of [false, true]) {
      const report = formatReport([{ title: 'testing', diff: sampleDiff() }], 'text', { width, colour })
      // oxlint-disable-next-line no-control-regex -- removes the escape sequences of colours
      const lines = report.replaceAll(/\u001B\[[\d;]+m/gu, '').split('\n')
      const tooLong = lines.filter((line) => line.length > width)
      expect(tooLong.filter((line) => line.trim().includes(' '))).toEqual([])
    }
  })

  test('contains no escape sequences without the colour option', () => {
    expect(text).not.toContain('\u001B')
    expect(formatDiff(sampleDiff(), 'text', { colour: true })).toContain('\u001B[32m')
    expect(formatDiff(controls, 'text')).not.toMatch(/[^\n\P{Cc}]/u)
  })
})

describe('json', () => {
  test('has the changes, their paths and their effects', () => {
    const report = JSON.parse(
      formatReport([{ title: 'testing', diff: sampleDiff(), acceptCommand: accept }], 'json'),
    )
    expect(report.version).toBe(1)
    const [comparison] = report.comparisons
    expect(comparison).toMatchObject({
      title: 'testing',
      before: 'golden/testing.yaml',
      after: 'testing',
      differs: true,
      counts: { changed: 4, added: 2, removed: 1, renamed: 1, unchanged: 0, ignored: 1 },
      ignored: [{ rule: 'Deployment $.spec.replicas', count: 1 }],
      acceptCommand: accept,
    })
    const config = comparison.resources.find(
      (item: { resource: { name: string } }) => item.resource.name === 'config',
    )
    expect(config.changes[0]).toEqual({
      change: 'replaced',
      path: 'data["config.yaml"] > .deck.spyglass.gcs_browser_prefix',
      steps: [
        { key: 'data' },
        { key: 'config.yaml' },
        { file: true },
        { key: 'deck' },
        { key: 'spyglass' },
        { key: 'gcs_browser_prefix' },
      ],
      before: 'https://gcsweb.example.com/gcs/',
      after: 'https://gcsweb.example.org/gcs/',
    })
    expect(comparison.effects).toContainEqual({
      kind: 'pods-roll',
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' },
      reason: 'spec.template.metadata.annotations.note changes',
    })
  })
})

describe('json-patch', () => {
  test('leaves secrets out and lists their paths', () => {
    const patches = JSON.parse(formatDiff(sampleDiff(), 'json-patch'))
    expect(
      patches.find((item: { resource: { kind: string } }) => item.resource.kind === 'Secret'),
    ).toMatchObject({
      change: 'changed',
      patch: [],
      omitted: ['/data/token'],
    })
  })

  test('keeps integers beyond 2^53', () => {
    const diff = diffOf(
      document('Pod', 'a', 'spec: {a: 1}\n'),
      document('Pod', 'a', 'spec: {a: 9007199254740993}\n'),
    )
    expect(formatDiff(diff, 'json-patch')).toContain('"value": 9007199254740993\n')
  })
})

describe('markdown', () => {
  const GITHUB_LIMIT = 65_536

  test('shows small differences in full', () => {
    const page = formatReport([{ title: 'testing', diff: sampleDiff(), acceptCommand: accept }], 'markdown')
    expect(page).toContain('### testing: 4 changed, 2 added, 1 removed, 1 renamed, 1 difference ignored')
    expect(page).toContain('<details><summary>changed: ConfigMap prow/config, 3 changes</summary>')
    expect(page).toContain('- echo two\n+ echo 2\n')
    expect(page).not.toContain('To fit into')
  })

  test('large parts are shortened until the page fits, with a note', () => {
    const lines = (word: string): string =>
      Array.from({ length: 200 }, (_, index) => `    ${word} ${index}\n`).join('')
    const config = (name: string, word: string): string =>
      document('ConfigMap', name, `data:\n  x: |\n${lines(word)}`)
    const names = Array.from({ length: 30 }, (_, index) => `c-${index}`)
    const small = (replicas: number): string => document('Service', 'small', `spec: {a: ${replicas}}\n`)
    const diff = diffOf(
      [small(1), ...names.map((name) => config(name, `old ${name}`))].join('---\n'),
      [small(2), ...names.map((name) => config(name, `new ${name}`))].join('---\n'),
    )
    const page = formatReport([{ title: 'testing', diff }], 'markdown')
    expect(page.length).toBeLessThanOrEqual(GITHUB_LIMIT)
    expect(page.length).toBeGreaterThan(GITHUB_LIMIT * 0.9)
    expect(page).toContain('# spec.a\n- 1\n+ 2\n')
    expect(page).toContain(
      'To fit into 65536 characters, 30 resources shortened: the html report has everything.',
    )
  })

  test.each([1, 4])('a thousand changed resources in %i comparisons fit', (count) => {
    const entries = Array.from({ length: count }, (_, index) => ({
      title: `overlay-${index}`,
      diff: largeDiff(1000),
    }))
    const page = formatReport(entries, 'markdown')
    expect(page.length).toBeLessThanOrEqual(GITHUB_LIMIT)
    expect(page).toMatch(/the details of \d+ resources left out|980 more changes in several places/u)
  })

  const wordy = (word: string, resources: number, lines: number): string =>
    Array.from({ length: resources }, (_, index) =>
      document(
        'ConfigMap',
        `c-${index}`,
        `data:\n${Array.from({ length: lines }, (_, line) => `  k${line}: "${word} ${index} ${'x'.repeat(80)}"\n`).join('')}`,
      ),
    ).join('---\n')

  // Equal changes in several comparisons are groups, which are shortened, too.
  test.each([
    { comparisons: 1, resources: 3, lines: 2000 },
    { comparisons: 2, resources: 40, lines: 40 },
    { comparisons: 2, resources: 300, lines: 3 },
    { comparisons: 60, resources: 40, lines: 2 },
  ])(
    '$comparisons comparisons of $resources resources with $lines changes: no block is cut, every head is there',
    ({ comparisons, resources, lines }) => {
      const diff = diffOf(wordy('old', resources, lines), wordy('new', resources, lines))
      const entries = Array.from({ length: comparisons }, (_, index) => ({
        title: `overlay-${index}`,
        diff: { ...diff, findings: [finding(index)] },
        acceptCommand: `golden update overlay-${index}`,
      }))
      const page = formatReport(
        [...entries, { title: 'broken', problem: 'it does not build\n'.repeat(5000) }],
        'markdown',
      )
      expect(page.length).toBeLessThanOrEqual(GITHUB_LIMIT)
      expect(page.match(/^```+/gmu)?.length ?? 0).toSatisfy((fences: number) => fences % 2 === 0)
      expect(page.match(/<details>/gu)?.length).toBe(page.match(/<\/details>/gu)?.length)
      for (const { title, acceptCommand } of entries) {
        expect(page).toContain(`### ${title}: ${resources} changed`)
        expect(page).toContain(`\n${acceptCommand}\n`)
      }
      expect(page).toContain('### broken: not compared')
      expect(page).toMatch(/the html report has everything|\| … \| \d+ more \|/u)
    },
    60_000,
  )

  test('comparisons whose heads do not fit are counted', () => {
    const diff = sampleDiff()
    const entries = Array.from({ length: 2000 }, (_, index) => ({ title: `overlay-${index}`, diff }))
    const page = formatReport(entries, 'markdown')
    expect(page.length).toBeLessThanOrEqual(GITHUB_LIMIT)
    const heads = page.match(/^### /gmu)?.length ?? 0
    expect(heads).toBeGreaterThan(200)
    expect(page).toContain(`${2000 - heads} comparisons left out`)
  })

  test('a very long line does not fill the page', () => {
    const long = (character: string): string =>
      document('ConfigMap', 'a', `data: {x: "${character.repeat(100_000)}"}\n`)
    expect(formatDiff(diffOf(long('a'), long('b')), 'markdown').length).toBeLessThan(3000)
  })

  test('text from manifests cannot end a block, become a tag or mention people', () => {
    const name = `x <img> @team [a](b) | #1`
    const diff = diffOf(
      document('Pod', JSON.stringify(name), 'spec: {a: "x"}\n'),
      document('Pod', JSON.stringify(name), 'spec: {a: "```\\n```\\n"}\n'),
    )
    const page = formatDiff(diff, 'markdown')
    expect(page).not.toContain('<img>')
    expect(page).not.toMatch(/@team/u)
    expect(page).toContain('````diff\n')
  })
})

describe('junit', () => {
  const read = (xml: string): { name: string; attributes: Record<string, string>; text: string }[] => {
    const found: { name: string; attributes: Record<string, string>; text: string }[] = []
    const parser = new SaxesParser()
    parser.on('error', (error) => {
      throw error
    })
    parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes, text: '' }))
    parser.on('text', (text) => {
      const last = found.at(-1)
      if (last !== undefined) last.text += text
    })
    parser.write(xml).close()
    return found
  }

  test('each comparison is a test case, and those that differ fail', () => {
    const xml = formatReport(
      [
        { title: 'testing', diff: sampleDiff(), acceptCommand: accept },
        { title: 'production', diff: same },
      ],
      'junit',
    )
    const elements = read(xml)
    expect(elements.find(({ name }) => name === 'testsuite')?.attributes).toMatchObject({
      tests: '2',
      failures: '1',
    })
    expect(
      elements.filter(({ name }) => name === 'testcase').map(({ attributes }) => attributes['name']),
    ).toEqual(['testing', 'production'])
    const failure = elements.find(({ name }) => name === 'failure')
    expect(failure?.text).toContain(JSON.stringify(HOSTILE))
    expect(failure?.text).toContain(`To accept: ${accept}`)
  })

  test('contains no character that is invalid in XML', () => {
    const xml = formatReport([{ title: `a${CONTROLS}\uD800b`, diff: controls }], 'junit')
    expect(xml).not.toMatch(/[^\n\P{Cc}]|\p{Cs}|\uFFFE/u)
    expect(read(xml).filter(({ name }) => name === 'failure')).toHaveLength(1)
  })

  test('the text of a failure is limited', () => {
    const xml = formatReport([{ title: 'large', diff: largeDiff(1000) }], 'junit')
    expect(xml.length).toBeLessThan(60_000)
    expect(xml).toContain('more resources: see the html report')
  })
})

test.each(REPORT_FORMATS)('%s reports any number of comparisons', (name) => {
  expect(formatReport([], reportFormat(name))).toMatch(/\n$|^$/u)
  // The summary of a job says that nothing differs.
  expect(formatReport([], 'markdown')).toBe('No differences.\n')
  expect(
    formatReport(
      [
        { title: 'a', diff: same },
        { title: 'b', diff: same },
      ],
      reportFormat(name),
    ),
  ).toMatch(/\n$/u)
})

describe.each(REPORT_FORMATS.filter((name) => name !== 'json-patch'))(
  'a failed comparison, as %s',
  (name) => {
    test('is in the report with the reason', () => {
      const entries = [
        { title: 'broken', problem: 'kustomize failed\nbecause of ]]> a <tag>' },
        { title: 'testing', diff: same },
      ]
      const report = formatReport(entries, reportFormat(name))
      expect(report).toContain('broken')
      expect(report).toContain('kustomize failed')
      expect(report).toContain('testing')
    })
  },
)

test.each(REPORT_FORMATS)('%s shows objects of ten thousand levels, changed and added', (name) => {
  const deep = (leaf: string): string =>
    document('Pod', 'a', `spec: ${'{a: '.repeat(9_900)}${leaf}${'}'.repeat(9_900)}\n`)
  for (const before of [deep('1'), '']) {
    const report = formatDiff(diffOf(before, deep('2')), reportFormat(name))
    expect(report).toContain('Pod')
    expect(report.length).toBeLessThan(10_000_000)
  }
})

test('a changed order is shown without its unchanged start and end', () => {
  const list = (names: string): string => document('Pod', 'a', `spec: {args: [${names}]}\n`)
  const text = formatDiff(diffOf(list('a, b, c, d, e'), list('a, c, b, d, e')), 'text')
  expect(text).toContain('      - …, b, c, …\n      + …, c, b, …\n')
})

test('a large added object is shortened, and the other lines are counted', () => {
  const body = Array.from(
    { length: 200 },
    (_, index) => `  k${String(index).padStart(3, '0')}: {a: "1\\n2\\n"}\n`,
  ).join('')
  const text = formatDiff(diffOf('', document('ConfigMap', 'a', `data:\n${body}`)), 'text')
  expect(text.match(/^ {6}\+ /gmu)).toHaveLength(80)
  // Four lines for each of 200 keys, after six other lines.
  expect(text).toContain(`… ${200 * 4 + 6 - 80} more lines`)
})

test.each(['text', 'json', 'markdown', 'html'])(
  '%s leaves out effects when the sides are different clusters',
  (name) => {
    const show = (sameCluster: boolean): string =>
      formatReport([{ title: 'testing and production', diff: sampleDiff(), sameCluster }], reportFormat(name))
    expect(show(true)).toContain('cannot be changed once the object exists')
    expect(show(false)).not.toContain('cannot be changed once the object exists')
  },
)

describe('a change within a line', () => {
  const image = (tag: string): string =>
    document('ConfigMap', 'a', `data: {image: "gcr.io/k8s-prow/deck:${tag}"}\n`)
  const diff = diffOf(image('v20260901-4be1d07'), image('v20260915-9c8d7e6-é'))
  const marked = [
    '- gcr.io/k8s-prow/deck:v20260901-4be1d07',
    '+ gcr.io/k8s-prow/deck:v20260915-9c8d7e6-é',
    '                              ^^^^^^^^^^^^',
  ]

  test.each([
    ['text', '      '],
    ['markdown', ''],
  ] as const)('has carets below it as %s, where no colour is', (format, indent) => {
    expect(formatDiff(diff, format)).toContain(marked.map((line) => indent + line).join('\n'))
  })

  test('has its own colour on a terminal, and no carets', () => {
    const text = formatDiff(diff, 'text', { colour: true })
    expect(text).not.toContain('^^^')
    expect(text).toContain('\u001B[7;32m')
  })

  test('has carets below the old line where the new one lacks something', () => {
    const value = (text: string): string =>
      document('ConfigMap', 'a', `data: {x: ${JSON.stringify(`the quick brown ${text}fox`)}}\n`)
    expect(formatDiff(diffOf(value('lazy '), value('')), 'text')).toContain(
      [
        '      - the quick brown lazy fox',
        '                        ^^^^^',
        '      + the quick brown fox',
      ].join('\n'),
    )
  })
})

describe('a note', () => {
  const note = {
    title: 'Prow jobs',
    summary: '1 of 2 jobs change',
    text: '~ pull-unit\n    spec\n      - a: <b>&\n      + a: c``` @all\n',
  }
  const entries = [note, { title: 'testing', diff: same }]

  test('is in each report with its lines, and passes', () => {
    expect(formatReport(entries, 'text')).toContain('Prow jobs: 1 of 2 jobs change\n  ~ pull-unit\n')
    expect(formatReport(entries, 'junit')).toContain('failures="0" errors="0"')
    expect(JSON.parse(formatReport(entries, 'json'))).toMatchObject({
      comparisons: [note, { title: 'testing' }],
    })
    const html = formatReport(entries, 'html')
    expect(html).toContain('<h2>Prow jobs <span>1 of 2 jobs change</span></h2>')
    expect(html).toContain('<del>')
    expect(html).not.toContain('<b>&')
  })

  test('in markdown is a fold that its own text cannot end', () => {
    const markdown = formatReport(entries, 'markdown')
    expect(markdown).toContain('<summary>1 of 2 jobs change</summary>\n\n````diff\n~ pull-unit\n')
    expect(markdown).toContain('+ a: c``` @all\n````\n')
  })

  test('shows control characters as text', () => {
    for (const format of ['text', 'markdown', 'html', 'junit'] as const) {
      const report = formatReport([{ ...note, text: `a ${CONTROLS} b` }], format)
      expect(report.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E\uFFFE]/u)
    }
  })
})
