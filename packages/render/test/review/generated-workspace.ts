import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { chance, type Draw, pick } from '../../../../test/differential/draw.ts'
import { layTree } from '../temporary-tree.ts'

// Workspaces whose overlays depend on each other: one names an object that another one, or Prow for another one, creates.

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const
const OBJECTS = ['cm-0', 'cm-1', 'cm-2'] as const
const KINDS = ['Zero', 'One'] as const

/** One feature of an overlay: the texts of its files, and its line in the kustomization. */
interface Feature {
  readonly file: string
  readonly text: (draw: Draw) => string
}

const plugins = (name: string): string => `config_updater: {maps: {${name}.yaml: {name: ${name}}}}`

/** The manifests that an overlay may have. */
const RESOURCES: readonly Feature[] = [
  {
    file: 'pod.yaml',
    text: (draw) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\nspec:\n  containers: [{name: a, image: "a:1"}]\n  volumes: [{name: v, configMap: {name: ${pick(draw, OBJECTS)}}}]\n`,
  },
  {
    // The plugins of Prow, embedded by hand: no config of the workspace.
    file: 'embedded.yaml',
    text: (draw) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: embedded, namespace: default}\ndata:\n  plugins: |\n    ${plugins(pick(draw, OBJECTS))}\n`,
  },
  {
    file: 'definition.yaml',
    text: (draw) => {
      const kind = pick(draw, KINDS)
      const plural = `${kind.toLowerCase()}s`
      const type = pick(draw, ['string', 'integer'])
      return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${plural}.example.com}\nspec:\n  group: example.com\n  scope: Cluster\n  names: {kind: ${kind}, plural: ${plural}, singular: ${kind.toLowerCase()}, listKind: ${kind}List}\n  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {size: {type: ${type}}}}}}]\n`
    },
  },
  {
    file: 'custom.yaml',
    text: (draw) =>
      `apiVersion: example.com/v1\nkind: ${pick(draw, KINDS)}\nmetadata: {name: x}\nsize: ${pick(draw, ['"1"', '1'])}\n`,
  },
  {
    file: 'plain.yaml',
    text: (draw) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${pick(draw, OBJECTS)}, namespace: default}\n`,
  },
]

/** What an overlay may do besides. */
const OTHERS: readonly Feature[] = [
  {
    file: 'yq_scripts/plugins.yaml',
    text: (draw) =>
      pick(draw, [
        `.config_updater.maps["x.yaml"].name = "${pick(draw, OBJECTS)}"\n`,
        `.a = load("../../shared/${pick(draw, ['f', 'g'])}.yaml").a\n`,
        '.a = 1\n',
      ]),
  },
  { file: 'spare.yaml', text: () => 'apiVersion: v1\nkind: Service\nmetadata: {name: spare}\n' },
]

const SHARED: readonly Feature[] = [
  { file: 'hack/make.sh', text: (draw) => `kubectl create configmap ${pick(draw, OBJECTS)} --from-file=x\n` },
  { file: 'shared/f.yaml', text: () => 'a: 1\n' },
  { file: 'shared/g.yaml', text: () => 'a: 2\n' },
  { file: 'shared/spare.yaml', text: () => 'apiVersion: v1\nkind: Service\nmetadata: {name: spare}\n' },
]

const SETTINGS =
  'version: 1\nsecrets: stub\nconfigs: {base: files, files: [plugins/plugins.yaml], allow: [load]}\nrules:\n- {rule: no-namespace, severity: off}\n'

/** A repository with a generated workspace at its top. */
export class GeneratedWorkspace {
  readonly folder: string
  readonly #draw: Draw

  constructor(draw: Draw) {
    this.#draw = draw
    this.folder = layTree({ 'overlay-render.yaml': SETTINGS, 'files/plugins.yaml': 'plugins: {}\n' })
    this.#git('init', '--quiet', '--initial-branch=main')
    for (const name of NAMES) if (name < 'd' || chance(draw, 1, 2)) this.#drawOverlay(name, 1)
    for (const feature of SHARED) this.#drawFile('', feature, 1)
    this.#git('add', '--all')
    this.#git('commit', '--quiet', '--message=base')
  }

  /** Changes some of the overlays, and the files beside them. */
  change(): void {
    const draw = this.#draw
    for (const name of NAMES) {
      if (chance(draw, 1, 16)) rmSync(join(this.folder, 'overlays', name), { recursive: true, force: true })
      else if (chance(draw, 2, 5)) this.#drawOverlay(name, 2)
    }
    for (const feature of SHARED) this.#drawFile('', feature, 4)
  }

  /** Draws each file of the overlay again with a chance of 1 in `rarely`. */
  #drawOverlay(name: string, rarely: number): void {
    const draw = this.#draw
    const folder = join('overlays', name)
    const resources = RESOURCES.filter((feature) => this.#drawFile(folder, feature, rarely))
    for (const feature of OTHERS) this.#drawFile(folder, feature, rarely)
    const generates = chance(draw, 1, 2)
      ? 'configMapGenerator: [{name: plugins, files: [configs/plugins/plugins.yaml]}]\n'
      : ''
    const base = name !== 'a' && chance(draw, 1, 6) ? ['../a'] : []
    const listed = [...resources.map(({ file }) => file), ...base]
    this.#write(join(folder, 'kustomization.yaml'), `resources: [${listed.join(', ')}]\n${generates}`)
  }

  /** Whether the file exists afterwards. */
  #drawFile(folder: string, { file, text }: Feature, rarely: number): boolean {
    const draw = this.#draw
    const path = join(folder, file)
    const place = join(this.folder, path)
    if (!chance(draw, 1, rarely)) return this.#has(path)
    rmSync(place, { force: true })
    if (chance(draw, 1, 2)) return false
    this.#write(path, text(draw))
    return true
  }

  #has(path: string): boolean {
    return existsSync(join(this.folder, path))
  }

  #write(path: string, text: string): void {
    const place = join(this.folder, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }

  #git(...args: string[]): void {
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: this.folder,
    })
  }
}
