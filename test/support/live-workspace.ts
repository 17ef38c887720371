import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { startThrowAwayServer, type ThrowAwayServer } from '@overlay-render/cluster'

import { type CommandResult, type CommandOptions, runCommand } from './command.ts'
import type { KubernetesPrograms } from './oracles.ts'

/** A workspace with its own API server: the given workspace, or a small one with the single overlay `production`. */
export class LiveWorkspace {
  readonly folder: string
  readonly #tree: string
  readonly #programs: KubernetesPrograms
  #server: ThrowAwayServer | undefined

  constructor(programs: KubernetesPrograms, workspace?: string) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'live-workspace-')))
    this.#tree = workspace ?? join(this.folder, 'tree')
    this.#programs = programs
    mkdirSync(this.bin)
    symlinkSync(programs.kubectl, join(this.bin, 'kubectl'))
    if (workspace === undefined) this.reset()
  }

  get bin(): string {
    return join(this.folder, 'bin')
  }

  /** A folder with the layout of an envtest installation. */
  get assets(): string {
    return join(this.folder, 'assets')
  }

  addAssets(): void {
    const { kubeApiServer, etcd, kubectl } = this.#programs
    mkdirSync(this.assets)
    for (const [name, file] of Object.entries({ 'kube-apiserver': kubeApiServer, etcd, kubectl }))
      symlinkSync(file, join(this.assets, name))
  }

  get kubeconfig(): string {
    return this.#server?.kubeconfig ?? ''
  }

  async start(): Promise<void> {
    this.#server = await startThrowAwayServer(this.#programs)
  }

  async dispose(): Promise<void> {
    await this.#server?.dispose()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Restores the overlay's initial files. */
  reset(): void {
    this.put('kustomization.yaml', KUSTOMIZATION)
    this.put('namespace.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: prow}\n')
    this.put('deck.yaml', DECK)
    this.put('more.yaml', '')
    this.put('secrets/token', 'hunter2\n')
  }

  put(path: string, text: string): void {
    const file = join(this.#tree, 'overlays/production', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  git(...args: string[]): string {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
    return execFileSync('git', ['-C', this.#tree, ...who, ...args], {
      encoding: 'utf8',
    }).trim()
  }

  kubectl(...args: string[]): string {
    return this.kubectlWith('', ...args)
  }

  kubectlWith(input: string, ...args: string[]): string {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.folder, KUBECONFIG: this.kubeconfig }
    return execFileSync(this.#programs.kubectl, args, {
      encoding: 'utf8',
      env,
      input,
      maxBuffer: 2 ** 28,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  }

  async run(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const env = {
      PATH: `${this.bin}:${process.env['PATH'] ?? ''}`,
      HOME: this.folder,
      KUBECONFIG: this.kubeconfig,
      ...options.env,
    }
    return runCommand(['-C', this.#tree, ...args], { ...options, env, cwd: this.folder })
  }
}

const KUSTOMIZATION = `
namespace: prow
resources: [namespace.yaml, deck.yaml, more.yaml]
generatorOptions: {disableNameSuffixHash: true}
secretGenerator:
- {name: token, files: [secrets/token]}
`

export const DECK = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: deck
spec:
  replicas: 1
  selector: {matchLabels: {app: deck}}
  template:
    metadata: {labels: {app: deck}}
    spec:
      containers:
      - name: deck
        image: deck:v1
        env:
        - {name: A, value: '1'}
`
