import { describe, expect, test } from 'vitest'

import { formatReport, type ManifestDiff } from '../src/index.ts'
import { diffOf, document } from './support/manifests.ts'

const deployment = (name: string, image: string, more = ''): string =>
  document(
    'Deployment',
    name,
    `spec:\n  template:\n    spec:\n      containers:\n      - name: main\n        image: ${image}\n${more}`,
    'apps/v1',
  )
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('---\n')
const report = (format: 'text' | 'markdown' | 'html' | 'json', ...diffs: ManifestDiff[]): string =>
  formatReport(
    diffs.map((diff, index) => ({ title: `overlay-${index}`, diff, sameCluster: false })),
    format,
  )
const occurrences = (text: string, part: string): number => text.split(part).length - 1

const same = diffOf(
  many(37, (index) => deployment(`d${index}`, 'registry.example.com/a:v1')),
  many(37, (index) => deployment(`d${index}`, 'registry.example.com/b:v1')),
)
const bump = diffOf(
  many(19, (index) => deployment(`d${index}`, `registry.example.com/app-${index}:v20260901-4be1d07`)),
  many(19, (index) => deployment(`d${index}`, `registry.example.com/app-${index}:v20260915-9c8d7e6`)),
)

describe('a change in many resources is shown once, with its places', () => {
  test.each(['text', 'markdown'] as const)('%s', (format) => {
    const text = report(format, same).replaceAll('\\', '')
    expect(text).toContain('37 resources: image registry.example.com/a:v1 → registry.example.com/b:v1')
    expect(occurrences(text, 'registry.example.com/b:v1')).toBe(1)
    expect(text).toMatch(/Deployment prow\/d7\s+spec\.template\.spec\.containers\[name=main\]\.image/u)
  })

  test.each(['text', 'markdown'] as const)('a substitution shared by different values, in %s', (format) => {
    const text = report(format, bump).replaceAll('\\', '')
    expect(text).toContain('19 resources: image :v20260901-4be1d07 → :v20260915-9c8d7e6')
    expect(occurrences(text, 'v20260915-9c8d7e6')).toBe(1)
  })

  test('other changes of a resource are shown with the resource', () => {
    const make = (image: string, replicas: number): string =>
      many(3, (index) => deployment(`d${index}`, image, index === 1 ? `  replicas: ${replicas}\n` : ''))
    const text = report('text', diffOf(make('a:v20260901', 1), make('a:v20260902', 2)))
    expect(text).toContain('= 3 resources: image a:v20260901 → a:v20260902')
    expect(text).toContain(
      '~ Deployment prow/d1  1 more change above\n    spec.replicas\n      - 1\n      + 2\n',
    )
    expect(text).not.toContain('~ Deployment prow/d0  ')
  })

  test('in markdown it is a separate paragraph after the effects', () => {
    const page = formatReport([{ title: 'x', diff: same, sameCluster: true }], 'markdown')
    expect(page).toMatch(/^\*\*Applying it\*\*\n\n- \*\*Pods roll\*\* \(37\)\n {2}- Deployment prow\/d0 \(/mu)
    expect(page).toMatch(/\n\n\*\*37 resources: image /u)
  })

  test('items of one list', () => {
    const args = (tag: string): string => {
      const items = many(12, (index) => `image-${index}:${tag}`).replaceAll('---\n', ', ')
      return document('Pod', 'p', `spec: {images: [${items}]}\n`)
    }
    const text = report('text', diffOf(args('v20260901'), args('v20260915')))
    expect(text).toContain('= 12 places in 1 resource: images :v20260901 → :v20260915')
    expect(text).toContain('spec.images[0], spec.images[1], spec.images[2], 9 more')
  })

  test('words in fields of several names: the heading has the words alone', () => {
    const prow = (host: string): string =>
      [
        document('Pod', 'deck', `spec: {args: ["--url=https://${host}/"], hosts: [${host}]}\n`),
        document('ConfigMap', 'config', `data: {"*": "https://${host}/view"}\n`),
      ].join('---\n')
    const text = report('text', diffOf(prow('prow.ci.example.com'), prow('prow.ci.example.org')))
    expect(text).toContain('= 3 places in 2 resources: prow.ci.example.com → prow.ci.example.org\n')
    expect(text).toContain('spec.args[0], spec.hosts[0]')
  })

  test('a tag in fields of several names has no colon', () => {
    const make = (tag: string): string =>
      document('Pod', 'p', `spec: {image: "deck:${tag}", args: ["--sidecar=sidecar:${tag}"]}\n`)
    const text = report('text', diffOf(make('v20260901'), make('v20260915')))
    expect(text).toContain('= 2 places in 1 resource: v20260901 → v20260915\n')
  })

  test('words after a sign', () => {
    const make = (value: string): string =>
      many(2, (index) => document('Pod', `p${index}`, `spec: {arg: "--flag-${index}=${value}"}\n`))
    const text = report('text', diffOf(make('team-infra-old'), make('team-infra-new')))
    expect(text).toContain('= 2 resources: arg team-infra-old → team-infra-new\n')
  })

  test('a key without letters is named with the key above it', () => {
    const make = (value: string): string =>
      many(2, (index) => document('Pod', `p${index}`, `spec: {urls: {"*": ${value}}}\n`))
    const text = report('text', diffOf(make('a'), make('b')))
    expect(text).toContain('= 2 resources: urls["*"] a → b\n')
  })

  test('overlays', () => {
    const added = diffOf('', document('Service', 'new', 'spec: {type: NodePort}\n'))
    const text = report('text', same, same, added, added)
    expect(text).toContain('37 resources in 2 comparisons: image')
    expect(text).toContain(
      'Deployment prow/d3  spec.template.spec.containers[name=main].image  in overlay-0, overlay-1',
    )
    expect(text).toContain('1 resource in 2 comparisons: Service prow/new added')
    expect(occurrences(text, 'type: NodePort')).toBe(1)
  })

  test('sibling keys are one change', () => {
    const resources = (cpu: string, memory: string): string =>
      many(4, (index) =>
        deployment(`d${index}`, 'a', `        resources: {requests: {cpu: ${cpu}, memory: ${memory}}}\n`),
      )
    const text = report('text', diffOf(resources('1', '1Gi'), resources('2', '2Gi')))
    expect(text).toContain(
      '= 4 resources: cpu, memory\n      - cpu: 1\n      + cpu: 2\n      - memory: 1Gi\n      + memory: 2Gi\n',
    )
    expect(text).toContain(
      'Deployment prow/d0  spec.template.spec.containers[name=main].resources.requests\n',
    )
  })

  test('several changes of siblings, one with only words in common', () => {
    const make = (tag: string, more: string): string =>
      many(2, (index) => deployment(`d${index}`, `registry.example.com/app-${index}:${tag}`, more))
    const old = make('v20260901-4be1d07', '')
    const fresh = make(
      'v20260915-9c8d7e6',
      '        securityContext:\n          runAsUser: 1\n          runAsGroup: 2\n',
    )
    for (const format of ['text', 'markdown', 'html'] as const) {
      const page = report(format, diffOf(old, fresh))
      expect(page).not.toMatch(/app-\d:/u)
      expect(page).toContain('v20260915-9c8d7e6')
    }
    expect(report('text', diffOf(old, fresh))).toContain(`= 2 resources: image, securityContext
      @ image
      - :v20260901-4be1d07
      + :v20260915-9c8d7e6
      @ securityContext added
      + runAsUser: 1
      + runAsGroup: 2
    Deployment prow/d0  spec.template.spec.containers[name=main]
`)
  })

  test('a size limit shortens resources, not groups', () => {
    const make = (word: string, tag: string): string =>
      many(300, (index) =>
        document(
          'ConfigMap',
          `c${index}`,
          `data:\n  tag: ${tag}\n  x: "${`${word}-${index} `.repeat(50)}"\n`,
        ),
      )
    const page = report('markdown', diffOf(make('old', 'v20260901'), make('new', 'v20260915')))
    expect(page.length).toBeLessThanOrEqual(65_536)
    expect(page).toContain('**300 resources: tag v20260901 → v20260915**')
    expect(page).toMatch(/left out/u)
  })

  test('the json report lists every place', () => {
    const { groups } = JSON.parse(report('json', bump))
    expect(groups).toHaveLength(1)
    expect(groups[0].words).toEqual({ before: ':v20260901-4be1d07', after: ':v20260915-9c8d7e6' })
    expect(groups[0].places).toHaveLength(19)
  })

  test('equal changes of short values are grouped by key', () => {
    const text = report(
      'text',
      diffOf(
        many(2, (index) => document('Pod', `p${index}`, `spec: {k${index}: 1}\n`)),
        many(2, (index) => document('Pod', `p${index}`, `spec: {k${index}: 2}\n`)),
      ),
    )
    expect(text).not.toContain('= 2 resources')
  })
})

describe('long lines', () => {
  const config = (text: string): string => document('ConfigMap', 'c', `data: {x: ${JSON.stringify(text)}}\n`)
  const filler = 'word '.repeat(100_000)

  test.each(['text', 'markdown', 'html'] as const)('%s shows the change with context', (format) => {
    const shown = report(format, diffOf(config(`${filler}OLD ${filler}`), config(`${filler}NEW ${filler}`)))
    expect(shown.length).toBeLessThan(40_000)
    expect(shown.replaceAll(/<\/?mark>/gu, '')).toMatch(/word word OLD word word/u)
    expect(shown.replaceAll(/<\/?mark>/gu, '')).toMatch(/word word NEW word word/u)
  })

  test('changes within a line are marked', () => {
    const diff = diffOf(config('--a=one --b=two'), config('--a=one --b=three'))
    expect(formatReport([{ title: 't', diff }], 'html')).toMatch(/--b=t<mark>wo<\/mark>/u)
    expect(formatReport([{ title: 't', diff }], 'text', { colour: true })).toContain('\u001B[7;32mhree')
  })

  test('nothing wraps without a width', () => {
    const text = report('text', diffOf(config(`${'w '.repeat(150)}a`), config(`${'w '.repeat(150)}b`)))
    expect(text).toContain(`- ${'w '.repeat(150)}a\n`)
  })
})

test.each([
  [50, true],
  [51, false],
])('a group of %i resources is open in html: %s', (count, isOpen) => {
  const all = (value: string): string =>
    Array.from({ length: count }, (_, index) =>
      document('ConfigMap', `c${index}`, `data: {x: ${value}}\n`),
    ).join('---\n')
  const html = report('html', diffOf(all('before'), all('after')))
  expect(/<details class="group"[^>]*>/u.exec(html)?.[0].includes(' open')).toBe(isOpen)
})
