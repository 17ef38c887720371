import { join } from 'node:path'

import type { FollowedLink, Position, Resolution, Tree } from '@overlay-render/system'

import { type KustomizeCode, KustomizeFault } from '../kustomize-fault.ts'
import type {
  ChartInput,
  GeneratorEntry,
  GeneratorName,
  GraphRoot,
  InputFile,
  InputGraph,
  Mention,
  MissingInput,
  RemoteInput,
} from './input-graph.ts'
import type { GeneratorDraft } from './reference.ts'
import { describeMissing } from './missing-input.ts'

export interface RootRecord extends GraphRoot {
  readonly namedBy: Position[]
}

/** The results of a walk so far. */
export class GraphRecord {
  /** By real path; a folder of plugin configurations has a separate key for each root that lists it. */
  readonly roots: Map<string, RootRecord> = new Map()
  readonly absent: Set<string> = new Set()
  readonly faults: KustomizeFault[] = []
  readonly #tree: Tree
  readonly #files: InputFile[] = []
  readonly #links = new Map<string, FollowedLink>()
  readonly #generators: GeneratorEntry[] = []
  readonly #missing = new Map<string, MissingInput>()
  readonly #remotes: RemoteInput[] = []
  readonly #charts: ChartInput[] = []

  constructor(tree: Tree) {
    this.#tree = tree
  }

  addFile(resolution: Resolution & { readonly outcome: 'found' }, mention: Mention): void {
    this.addLinks(resolution)
    this.#files.push({ ...mention, real: resolution.real, links: resolution.links })
  }

  /** Links above the boundary, such as macOS's temporary folder, do not belong to the user. */
  addLinks({ links }: Resolution): void {
    for (const link of links) {
      if (this.#tree.contains(link.path)) this.#links.set(link.path, link)
    }
  }

  addMissing(
    resolution: Resolution & { readonly outcome: 'missing' },
    mention: Mention,
    generator: GeneratorName | undefined,
  ): void {
    this.addLinks(resolution)
    if (this.#missing.has(mention.path)) return
    const hidden = this.#tree.view.hides?.(resolution.real) ?? false
    const missing = { ...resolution, hidden }
    this.#missing.set(mention.path, describeMissing(missing, mention, generator, this.#tree.shown))
  }

  addRemote(remote: RemoteInput): void {
    this.#remotes.push(remote)
  }

  addChart(chart: ChartInput): void {
    this.#charts.push(chart)
  }

  addGenerator(draft: GeneratorDraft, root: string, locate: (offset: number) => Position): void {
    const { kind, name, namespace, behavior, literalKeys } = draft
    const sources = draft.sources.map(({ form, key, written, at }) => {
      const path = join(root, written)
      const resolution = this.#tree.follow(path)
      const exists = resolution.outcome === 'found'
      return { form, key, written, path, real: resolution.real, exists, position: locate(at) }
    })
    this.#generators.push({
      kind,
      name,
      namespace,
      behavior,
      position: locate(draft.at),
      root,
      literalKeys,
      sources,
    })
  }

  addFault(code: KustomizeCode, message: string, position: Position | undefined, hint?: string): void {
    this.faults.push(new KustomizeFault({ code, message, position, hint }))
  }

  toGraph(root: string): InputGraph {
    return {
      root,
      roots: [...this.roots.values()],
      files: this.#files,
      realFiles: [...new Set(this.#files.map(({ real }) => real))].sort(),
      links: [...this.#links.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
      absent: [...this.absent].sort(),
      generators: this.#generators,
      missing: [...this.#missing.values()],
      remotes: this.#remotes,
      charts: this.#charts,
      faults: this.faults,
    }
  }
}
