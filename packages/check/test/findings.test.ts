import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'

import {
  applyRuleSettings,
  type CheckFinding,
  FINDING_FORMATS,
  formatFindings,
  groupByOverlay,
  isOff,
  newFindings,
  readBaseline,
  unknownRules,
  writeBaseline,
} from '../src/index.ts'

function finding(parts: Partial<CheckFinding> = {}): CheckFinding {
  return {
    rule: 'no-namespace',
    severity: 'error',
    message: 'DaemonSet node-agent has no namespace',
    position: { file: 'base/agent.yaml', line: 3, column: 1 },
    object: 'DaemonSet node-agent',
    overlays: ['production'],
    ...parts,
  }
}

describe('a baseline', () => {
  const known = readBaseline(writeBaseline([finding()]))

  test('matches a finding whose line and message changed', () => {
    const moved = finding({
      message: 'said otherwise',
      position: { file: 'base/b.yaml', line: 90, column: 3 },
    })
    expect(newFindings([moved], known)).toEqual([])
  })

  test('does not match another object, rule or overlay', () => {
    expect(newFindings([finding({ object: 'DaemonSet other' })], known)).toHaveLength(1)
    expect(newFindings([finding({ rule: 'schema' })], known)).toHaveLength(1)
    expect(newFindings([finding({ overlays: ['production', 'testing'] })], known)).toEqual([
      finding({ overlays: ['testing'] }),
    ])
  })

  test('matches a finding without an object by its file and message', () => {
    const bare = finding({ object: undefined })
    const kept = readBaseline(writeBaseline([bare]))
    expect(
      newFindings(
        [finding({ object: undefined, position: { file: 'base/agent.yaml', line: 8, column: 1 } })],
        kept,
      ),
    ).toEqual([])
    expect(newFindings([finding({ object: undefined, message: 'another' })], kept)).toHaveLength(1)
  })

  test('is the same text for any order of the findings, and lines that are no keys are ignored', () => {
    const two = [finding(), finding({ object: 'a\tb\n"c"' })]
    expect(writeBaseline(two)).toBe(writeBaseline(two.toReversed()))
    expect(newFindings(two, readBaseline(`junk\n[broken\n${writeBaseline(two)}`))).toEqual([])
  })
})

describe('settings of rules', () => {
  test('change the severity of a rule, and turn it off for a folder; the last match counts', () => {
    const settings = [
      { rule: 'no-namespace', severity: 'info' },
      { rule: 'no-namespace', severity: 'off', path: 'vendor/' },
    ] as const
    const vendored = finding({ position: { file: 'vendor/x/a.yaml', line: 1, column: 1 } })
    expect(applyRuleSettings([finding(), vendored], settings)).toEqual([finding({ severity: 'info' })])
  })

  test('do not change other rules', () => {
    expect(applyRuleSettings([finding()], [{ rule: 'schema', severity: 'off' }])).toEqual([finding()])
  })
})

test('an earlier name of a rule works in settings and baselines', () => {
  const found = finding({ rule: 'dangling-reference' })
  const old = 'reference-to-nothing'
  expect(applyRuleSettings([found], [{ rule: old, severity: 'off' }])).toEqual([])
  expect(isOff(found.rule, [{ rule: old, severity: 'off' }])).toBe(true)
  expect(unknownRules([{ rule: old }, { rule: 'constructor' }], new Set([found.rule]))).toMatchObject([
    { setting: { rule: 'constructor' } },
  ])
  const kept = writeBaseline([found]).replace(found.rule, old)
  expect(newFindings([found], readBaseline(kept))).toEqual([])
})

test('a finding of several overlays is reported once, sorted by file', () => {
  const { overlays: _overlays, ...bare } = finding()
  const other = { ...bare, position: { file: 'a.yaml', line: 1, column: 1 } }
  const grouped = groupByOverlay([
    { overlay: 'b', finding: bare },
    { overlay: 'a', finding: bare },
    { overlay: 'a', finding: other },
  ])
  expect(grouped.map(({ position, overlays }) => [position?.file, overlays])).toEqual([
    ['a.yaml', ['a']],
    ['base/agent.yaml', ['a', 'b']],
  ])
})

describe('formats', () => {
  const hostile = finding({
    message: 'a\n::error::b %0A <x> "y" \u001b[2J',
    hint: 'line\nline',
    position: { file: 'a,b:c.yaml', line: 1, column: 2 },
  })

  const many = Array.from({ length: 10_000 }, (_, index) => finding({ object: `DaemonSet a-${index}` }))

  test.each(FINDING_FORMATS)('%s without findings mentions no rule', (format) => {
    expect(formatFindings([], format)).not.toContain('no-namespace')
  })

  test.each(FINDING_FORMATS.filter((format) => format !== 'text'))(
    '%s has all of 10,000 findings',
    (format) => {
      expect(formatFindings(many, format).split('no-namespace').length).toBeGreaterThan(10_000)
    },
  )

  test('text shows 1,000 of 10,000, by severity, and counts the others by rule', () => {
    const mild = many.map((each): CheckFinding => ({ ...each, severity: 'warning', rule: 'mild' }))
    const lines = formatFindings([...mild, finding({ message: 'the worst' })], 'text')
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(1001)
    expect(lines.at(-2)).toContain('the worst')
    expect(lines.at(-1)).toMatch(/^and 9001 more: 9001 of mild; .*json/u)
    expect(formatFindings(many.slice(0, 1000), 'text')).not.toContain('more')
  })

  test('github: every line is one command, whatever the files say', () => {
    const text = formatFindings([hostile], 'github')
    expect(text).toBe(
      '::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=no-namespace::a\\u000a::error::b %250A <x> "y" \\u001b[2J%0Aline\\u000aline\n',
    )
  })

  test('junit: control characters and markup are escaped', () => {
    const text = formatFindings([hostile], 'junit')
    expect(text).toContain('&lt;x&gt;')
    expect(text).not.toContain('\u001b')
  })

  test('sarif: a result has its rule, its position and a fingerprint without line numbers', () => {
    const log = JSON.parse(
      formatFindings([finding()], 'sarif', [{ name: 'no-namespace', doc: 'It has none.' }]),
    )
    expect(log.version).toBe('2.1.0')
    expect(log.runs[0].tool.driver.rules).toEqual([
      { id: 'no-namespace', shortDescription: { text: 'It has none.' } },
    ])
    expect(log.runs[0].results[0]).toMatchObject({
      ruleId: 'no-namespace',
      level: 'error',
      partialFingerprints: { 'object/v1': 'no-namespace\tproduction\tDaemonSet node-agent' },
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'base/agent.yaml' }, region: { startLine: 3 } } },
      ],
    })
  })

  test('sarif: rules of the standard that its types do not express hold for every kind of finding', () => {
    const forms = [
      finding(),
      finding({ rule: 'schema', severity: 'info', position: undefined, hint: 'a hint', overlays: [] }),
      finding({ rule: 'assert/odd', severity: 'warning', object: undefined }),
      finding({ position: { file: 'a b/é%20#?.yaml', line: 1, column: 1 } }),
      hostile,
    ]
    const log: Log = JSON.parse(formatFindings(forms, 'sarif', [{ name: 'schema', doc: 'It is odd.' }]))
    const [run] = log.runs
    const ids = run?.tool.driver.rules?.map(({ id }) => id) ?? []
    expect(new Set(ids).size).toBe(ids.length)
    expect(run?.results).toHaveLength(forms.length)
    for (const { ruleId, level, message, partialFingerprints, locations = [] } of run?.results ?? []) {
      expect(ids).toContain(ruleId)
      expect(['error', 'warning', 'note', 'none']).toContain(level)
      expect(message.text).not.toBe('')
      expect(Object.values(partialFingerprints ?? {})).not.toContain('')
      for (const { physicalLocation } of locations) {
        const { uri = '' } = physicalLocation?.artifactLocation ?? {}
        // A reference of RFC 3986, relative to the workspace.
        expect(uri).toMatch(/^(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/u)
        expect(uri).not.toMatch(/^\//u)
        expect(physicalLocation?.region?.startLine).toBeGreaterThanOrEqual(1)
        expect(physicalLocation?.region?.startColumn).toBeGreaterThanOrEqual(1)
      }
    }
  })
})
