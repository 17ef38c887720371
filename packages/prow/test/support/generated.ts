/** A Prow configuration: the text of config.yaml, and the job files by path. */
export interface Configuration {
  readonly config: string
  readonly jobs: Readonly<Record<string, string>>
}

/** A reproducible random generator (mulberry32), so that recorded answers stay valid. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const SCALARS = ['x', '"1"', "'yes'", 'a b', '~', '"a: b"', 'release-1.2', '|-\n{indent}one\n{indent}two']
const NUMBERS = ['0', '1', '012', '0x1F', '1_000', '+3', '0b11', '4.0']
const FLAGS = ['true', 'false', 'yes', 'no', 'on', 'Off', 'y', 'N']
const QUANTITIES = [
  '1',
  '0.5',
  '1500m',
  '1024Mi',
  '1.5Gi',
  '2e3',
  '"0.1"',
  '100M',
  '1000k',
  '5n',
  '0.0001',
  '1Ki',
]
const DURATIONS = ['1h', '90m', '1h30m0s', '1.5h', '300ms', '"2h"', '1m0.5s', '0']
const MISFITS = ['[1]', '{a: b}', '3.7', 'true', '1e6', '123456789.5', '1.10']

/** A random configuration of the fields that decide how Prow reads jobs. It depends only on the seed. */
export function generateConfiguration(seed: number): Configuration {
  const maker = new Maker(makeRandom(seed))
  return { config: maker.config(), jobs: maker.jobFiles() }
}

class Maker {
  readonly #random: () => number
  #decorates = false

  constructor(random: () => number) {
    this.#random = random
  }

  config(): string {
    const lines: string[] = []
    if (this.#chance(0.5)) lines.push('pod_namespace: jobs')
    this.#decorates = this.#chance(0.5)
    if (this.#decorates) lines.push(`decorate_all_jobs: ${this.#pick(['true', 'yes', 'on', 'y'])}`)
    if (this.#chance(0.2)) lines.push('prowjob_default_entries:', '- repo: org', '  config: {tenant_id: T}')
    if (this.#chance(0.3)) lines.push('presets:', ...this.#preset('preset-config', ['"x"']))
    lines.push('plank:', ...this.#decoration())
    if (this.#chance(0.3)) lines.push('  job_queue_capacities: {queue: 1}')
    return `${lines.join('\n')}\n`
  }

  jobFiles(): Record<string, string> {
    const files: Record<string, string> = { 'presets.yaml': this.#presetFile() }
    files['org/one.yaml'] =
      `presubmits:\n  org/one:\n${this.#jobs(3, 'pull')}postsubmits:\n  org/one:\n${this.#jobs(2, 'post')}`
    files['periodics.yml'] = `periodics:\n${this.#jobs(2, 'periodic')}`
    if (this.#chance(0.3)) files['org/note.txt'] = 'not: [yaml'
    if (this.#chance(0.2)) files['org/two.yaml'] = `presubmits:\n  org/one:\n${this.#jobs(1, 'more')}`
    if (this.#chance(0.15)) {
      files['.prowignore'] = this.#pick(['org/two.yaml\n', 'two.yaml\n', '/org\n!/org/one.yaml\n', '*.yml\n'])
    }
    return files
  }

  #presetFile(): string {
    const lines = ['presets:', ...this.#preset('preset-a')]
    if (this.#chance(0.5)) lines.push(...this.#preset('preset-b'))
    return `${lines.join('\n')}\n`
  }

  #preset(
    label: string,
    values: readonly string[] = [...NUMBERS, ...FLAGS, '"x"', ...MISFITS.slice(2)],
  ): string[] {
    const lines = [`- labels: {${label}: "true"}`]
    if (this.#chance(0.8))
      lines.push(
        '  env:',
        `  - {name: ${label.toUpperCase().replaceAll('-', '_')}, value: ${this.#pick(values)}}`,
      )
    if (this.#chance(0.5))
      lines.push(
        '  volumes:',
        `  - {name: ${label}, emptyDir: {}}`,
        '  volumeMounts:',
        `  - {name: ${label}, mountPath: /${label}}`,
      )
    return lines
  }

  #decoration(): string[] {
    const entry = (indent: string): string[] => [
      `${indent}timeout: ${this.#pick(DURATIONS.slice(0, 6))}`,
      `${indent}utility_images: {clonerefs: a, initupload: b, entrypoint: c, sidecar: d}`,
      `${indent}gcs_configuration: {bucket: bucket, path_strategy: explicit${this.#chance(0.3) ? ', mediaTypes: {log: text}' : ''}}`,
      `${indent}gcs_credentials_secret: gcs`,
    ]
    if (this.#chance(0.5)) {
      const lines = ['  default_decoration_configs:', '    "*":', ...entry('      ')]
      if (this.#chance(0.5))
        lines.push('    org:', '      timeout: 9h', '      gcs_configuration: {bucket: other}')
      if (this.#chance(0.3)) lines.push('    org/one: {grace_period: 10m}')
      return lines
    }
    const lines = ['  default_decoration_config_entries:', '  - config:', ...entry('      ')]
    if (this.#chance(0.5))
      lines.push(
        '  - cluster: build',
        '    config: {timeout: 7h, resources: {sidecar: {requests: {cpu: 0.5}}}}',
      )
    if (this.#chance(0.5)) lines.push('  - repo: org/one', '    config: {skip_cloning: true}')
    return lines
  }

  #jobs(count: number, prefix: string): string {
    return Array.from({ length: count }, (_, index) => this.#job(`${prefix}-${index}`, prefix)).join('')
  }

  #job(name: string, prefix: string): string {
    const indent = prefix === 'periodic' ? '' : '  '
    const lines = [`- name: ${name}`]
    const add = (chance: number, line: () => string): void => {
      if (this.#chance(chance)) lines.push(`  ${line()}`)
    }
    const isPull = prefix === 'pull' || prefix === 'more'
    if (prefix === 'periodic')
      lines.push(
        `  ${this.#pick(['cron: "0 1 * * *"', 'interval: 1h', "cron: '@daily'", 'minimum_interval: 90m'])}`,
      )
    if (isPull) add(0.6, () => `always_run: ${this.#pick(FLAGS)}`)
    if (isPull) add(0.3, () => `optional: ${this.#pick(FLAGS)}`)
    if (prefix !== 'periodic') add(0.3, () => `branches: [${this.#pick(['main', '^release-.*$', 'a, b'])}]`)
    if (prefix !== 'periodic') add(0.2, () => `skip_report: ${this.#pick(FLAGS)}`)
    add(0.4, () => `cluster: ${this.#pick(['build', 'default', '""', '~'])}`)
    add(0.3, () => `max_concurrency: ${this.#pick(NUMBERS)}`)
    add(
      0.5,
      () =>
        `labels: {preset-a: "true"${this.#chance(0.5) ? ', preset-b: "true"' : ''}${this.#chance(0.3) ? ', preset-config: "true"' : ''}}`,
    )
    const isDecorated = this.#chance(0.3)
    add(0.3, () => `decorate: ${isDecorated ? 'yes' : this.#pick(FLAGS)}`)
    add(
      isDecorated && this.#decorates ? 0.6 : 0.01,
      () => `decoration_config: {timeout: ${this.#pick(DURATIONS)}, skip_cloning: ${this.#pick(FLAGS)}}`,
    )
    add(0.2, () => 'extra_refs: [{org: org, repo: other, base_ref: main}]')
    add(0.1, () => `annotations: {note: ${this.#pick(this.#chance(0.05) ? MISFITS : ['"1"', 'x', "'yes'"])}}`)
    lines.push(...this.#spec())
    return lines.map((line) => `${indent}${line}\n`).join('')
  }

  #spec(): string[] {
    const command = this.#pick(['[make]', '[sh, -c, "make; make test"]', '["/bin/true", "--x=1"]'])
    const lines = ['  spec:', '    containers:', '    - image: image', `      command: ${command}`]
    if (this.#chance(0.2)) lines.push(`      args: [${this.#pick(['a', '"1"', '"yes"', 'b'])}]`)
    if (this.#chance(0.4)) {
      const value = this.#pick(this.#chance(0.02) ? [...NUMBERS, ...FLAGS] : SCALARS)
      lines.push(
        '      env:',
        '      - name: A',
        `        value: ${value.replaceAll('{indent}', '            ')}`,
      )
    }
    if (this.#chance(0.4))
      lines.push(
        `      resources: {requests: {cpu: ${this.#pick(QUANTITIES)}, memory: ${this.#pick(QUANTITIES)}}}`,
      )
    if (this.#chance(0.2))
      lines.push(`      livenessProbe: {httpGet: {port: ${this.#pick(['80', 'http', '"80"'])}}}`)
    if (this.#chance(0.01)) lines.push('      volumeMounts: [{name: preset-a, mountPath: /x}]')
    return lines
  }

  #chance(share: number): boolean {
    return this.#random() < share
  }

  #pick(list: readonly string[]): string {
    return list[Math.floor(this.#random() * list.length)] ?? ''
  }
}
