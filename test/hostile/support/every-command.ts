import { execFileSync } from 'node:child_process'

import { COMMANDS } from '../../../packages/cli/src/command-table/index.ts'
import { layFiles, laySmallWorkspace, type SmallWorkspace, type Uid } from './small-workspace.ts'

/** For each command, arguments with which it does its work in a workspace of `layForEveryCommand` and prints the result. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  init: ['-C', 'bare', 'init'],
  render: ['render', 'x'],
  'golden check': ['golden', 'check'],
  'golden update': ['golden', 'update'],
  watch: ['watch', 'x'],
  secrets: ['secrets', 'x'],
  explain: ['explain', 'x', 'ConfigMap/a'],
  vendor: ['vendor'],
  review: ['review', '--base', 'HEAD~1'],
  'report merge': ['report', 'merge', 'part.json', '--json'],
  affected: ['affected', '--base', 'HEAD~1'],
  check: ['check', '--format', 'json'],
  diff: ['diff', 'overlays/x/cm.yaml', 'HEAD~1:x'],
  plan: ['plan', 'x'],
  'kustomize which': ['kustomize', 'which'],
  'kustomize install': ['kustomize', 'install'],
  'kustomize version': ['kustomize', 'version'],
  'pin compare': ['pin', 'compare', '4.5.4', '4.5.4'],
  'jobs diff': ['jobs', 'diff', 'HEAD~1', '.'],
  'jobs explain': ['jobs', 'explain', 'job'],
  'jobs check': ['jobs', 'check'],
  'kubeconfig merge': ['kubeconfig', 'merge', 'kubeconfig.yaml', '--out', 'merged.yaml'],
  'kubeconfig check': ['kubeconfig', 'check', 'kubeconfig.yaml', '--json'],
  inventory: ['inventory'],
  'cache info': ['cache', 'info'],
  'cache clear': ['cache', 'clear'],
  apply: ['apply', 'x', '--yes', '--json'],
  'deploy-test': ['deploy-test', 'x', '--json'],
}

/** Commands that are not in the command table and parse their own flags. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  yq: ['yq', '.', 'names.yaml'],
  'yq write': ['yq', 'write', '--script', 'script-v3.yaml', 'names.yaml'],
  'yq migrate': ['yq', 'migrate', 'script-v3.yaml'],
  completion: ['completion', 'bash'],
  version: ['version'],
  help: ['--help'],
}

/** Every command by name. @throws Error when a command of the table has no arguments here, so that new commands get tested */
export function everyCommand(): ReadonlyMap<string, readonly string[]> {
  const missing = COMMANDS.map(({ name }) => name).filter((name) => !(name in ARGUMENTS))
  if (missing.length > 0)
    throw new Error(
      `no arguments for ${missing.join(', ')}: add them to test/hostile/support/every-command.ts`,
    )
  return new Map([...Object.entries(ARGUMENTS), ...Object.entries(OTHERS)])
}

const JOB =
  'presubmits:\n  org/repo:\n  - {name: job, always_run: true, spec: {containers: [{image: a, command: [sh]}]}}\n'

const FILES: Readonly<Record<string, string>> = {
  'overlay-render.yaml':
    'version: 1\nconfigs: {base: base, files: [config/config.yaml]}\nsecrets: stub\nprow: {jobs: [jobs], config: base/config.yaml}\n',
  'jobs/job.yaml': JOB,
  'kubeconfig.yaml':
    'apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: "https://example.com"}}]\nusers: []\ncontexts: []\n',
  'golden/x.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: n}\ndata: {a: accepted}\n',
  'script-v3.yaml': '- command: update\n  path: a.b\n  value: 1\n',
  'bare/overlays/y/kustomization.yaml': 'resources: [cm.yaml]\n',
  'bare/overlays/y/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
}

/** Creates a workspace in which every command has work to do: two commits, changed jobs, a kubeconfig and a folder for `init`. */
export function layForEveryCommand(uid?: Uid, more: Readonly<Record<string, string>> = {}): SmallWorkspace {
  const workspace = laySmallWorkspace(uid, { ...FILES, ...more })
  const { folder } = workspace
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
    const owner = ['-c', `safe.directory=${folder}`]
    execFileSync('git', [...identity, ...owner, ...args], { cwd: folder, stdio: 'pipe' })
  }
  git('add', '--all')
  git('commit', '--quiet', '-m', 'before')
  const changed = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: n}\ndata: {a: changed}\n'
  layFiles(folder, { 'overlays/x/cm.yaml': changed, 'jobs/job.yaml': JOB.replace('image: a', 'image: b') })
  git('commit', '--quiet', '--all', '-m', 'after')
  return workspace
}
