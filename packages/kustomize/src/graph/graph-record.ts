import type { Position } from '@overlay-render/system'

import { type KustomizeCode, KustomizeFault } from '../kustomize-fault.ts'
import type {
  GeneratorEntry,
  GeneratorName,
  GraphRoot,
  InputFile,
  InputGraph,
  Mention,
  MissingInput,
  RemoteInput,
} from './input-graph.ts'
import type { GeneratorDraft } from './list-references.ts'
import { describeMissing } from './missing-input.ts'
import { type FollowedLink, isWithin, type PathResolver, type Resolution } from './resolve-path.ts'

export interface RootRecord extends GraphRoot {
  readonly namedBy: Position[]
}

export interface RecordContext {
  readonly resolver: PathResolver
  /** Real folders. */
  readonly boundary: readonly string[]
  readonly show: (path: string) => string
}

/** What a walk has found so far. */
export class GraphRecord {
  /** By real path; a folder that stands for plugin configurations has a key of its own for each root that lists it. */
  readonly roots: Map<string, RootRecord> = new Map()
  readonly absent: Set<string> = new Set()
  readonly faults: KustomizeFault[] = []
  readonly #context: RecordContext
  readonly #files: InputFile[] = []
  readonly #links = new Map<string, FollowedLink>()
  readonly #generators: GeneratorEntry[] = []
  readonly #missing = new Map<string, MissingInput>()
  readonly #remotes: RemoteInput[] = []

  constructor(context: RecordContext) {
    this.#context = context
  }

  addFile(resolution: Resolution & { readonly outcome: 'found' }, mention: Mention): void {
    this.addLinks(resolution)
    this.#files.push({ ...mention, real: resolution.real, links: resolution.links })
  }

  /** Links above the boundary, such as the temporary folder of macOS, are not the user's. */
  addLinks({ links }: Resolution): void {
    for (const link of links) {
      if (this.#context.boundary.some((folder) => isWithin(link.path, folder)))
        this.#links.set(link.path, link)
    }
  }

  addMissing(
    resolution: Resolution & { readonly outcome: 'missing' },
    mention: Mention,
    generator: GeneratorName | undefined,
  ): void {
    this.addLinks(resolution)
    if (this.#missing.has(mention.path)) return
    this.#missing.set(mention.path, describeMissing(resolution, mention, generator, this.#context.show))
  }

  addRemote(remote: RemoteInput): void {
    this.#remotes.push(remote)
  }

  addGenerator(draft: GeneratorDraft, root: string, locate: (offset: number) => Position): void {
    const { kind, name, namespace, behavior, literalKeys } = draft
    const sources = draft.sources.map(({ form, key, written, at }) => {
      const path = this.#context.resolver.absolute(root, written)
      const resolution = this.#context.resolver.resolve(path)
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
      faults: this.faults,
    }
  }
}
