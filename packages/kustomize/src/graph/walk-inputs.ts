import { dirname, isAbsolute, join, relative, resolve } from 'node:path'

import type { Position } from '@overlay-render/system'

import { type KustomizeCode, KustomizeFault } from '../kustomize-fault.ts'
import { checkEnvFile, checkPatchFile } from './check-content.ts'
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
import {
  fieldOf,
  type GeneratorDraft,
  listPluginReferences,
  listReferences,
  type Reference,
  type ReferenceFault,
  type References,
} from './list-references.ts'
import { describeMissing } from './missing-input.ts'
import { type Kustomization, readKustomization } from './read-kustomization.ts'
import { isGitRemote, isUrl, remoteDanger } from './remote-name.ts'
import {
  type FollowedLink,
  isWithin,
  makePathResolver,
  type PathResolver,
  type Resolution,
} from './resolve-path.ts'
import type { TreeView } from './tree-view.ts'
import { makeLocator } from './yaml-value.ts'

export interface WalkOptions {
  readonly view: TreeView
  /** The folders that nothing may be read outside of, such as the git work tree. */
  readonly boundary: readonly string[]
  /** The pinned kustomize version. */
  readonly version: string
  /** Lists remotes without making faults of them; what would run a program or clone a local repository stays refused. */
  readonly allowNetwork?: boolean
  /** How messages name an absolute path; as it is when absent. */
  readonly showPath?: (path: string) => string
}

/**
 * Walks the kustomizations from `root` and lists every file that a build of it reads, without running anything. What is
 * wrong is collected, not thrown: `faults` for what no caller can mend, `missing` for files that a caller may still make.
 *
 * @param root an absolute folder
 */
export function walkInputs(root: string, options: WalkOptions): InputGraph {
  return new Walk(options).run(root)
}

/** A root whose references are being looked up. */
interface Frame {
  readonly root: string
  readonly kustomization: Kustomization
  /** Set while the folder stands for a list of plugin configurations: the root that lists it. */
  readonly pluginsOf: string | undefined
  /** In reverse, the next one last. */
  readonly pending: Reference[]
}

interface RootRecord extends GraphRoot {
  readonly namedBy: Position[]
}

interface GeneratorRecord {
  readonly draft: GeneratorDraft
  readonly frame: Frame
}

class Walk {
  readonly #view: TreeView
  readonly #resolver: PathResolver
  readonly #boundary: readonly string[]
  readonly #version: string
  readonly #allowNetwork: boolean
  readonly #show: (path: string) => string

  readonly #frames: Frame[] = []
  /** How often each folder is, or is above, a root on the way from the build's root to the current frame. */
  readonly #onTheWay = new Map<string, number>()
  readonly #roots = new Map<string, RootRecord>()
  readonly #files: InputFile[] = []
  readonly #links = new Map<string, FollowedLink>()
  readonly #absent = new Set<string>()
  readonly #generators: GeneratorRecord[] = []
  readonly #missing: MissingInput[] = []
  readonly #remotes: RemoteInput[] = []
  readonly #faults: KustomizeFault[] = []

  constructor({ view, boundary, version, allowNetwork = false, showPath = (path) => path }: WalkOptions) {
    this.#view = view
    this.#resolver = makePathResolver(view)
    this.#boundary = boundary.map((folder) => this.#resolver.resolve(resolve(folder)).real)
    this.#version = version
    this.#allowNetwork = allowNetwork
    this.#show = showPath
  }

  run(given: string): InputGraph {
    const resolution = this.#resolver.resolve(resolve(given))
    this.#keepLinks(resolution)
    this.#openFolder(resolution, {
      written: given,
      position: undefined,
      expected: undefined,
      pluginsOf: undefined,
    })
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const reference = frame.pending.pop()
      if (reference === undefined) this.#leave()
      else this.#lookUp(reference, frame)
    }
    return {
      root: resolution.real,
      roots: [...this.#roots.values()],
      files: this.#files,
      realFiles: [...new Set(this.#files.map(({ real }) => real))].sort(),
      links: [...this.#links.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
      absent: [...this.#absent].sort(),
      generators: this.#generators.map((record) => this.#generatorEntry(record)),
      missing: this.#missing,
      remotes: this.#remotes,
      faults: this.#faults,
    }
  }

  // Roots

  #openFolder(
    resolution: Resolution,
    opening: {
      readonly written: string
      readonly position: Position | undefined
      readonly expected: GraphRoot['kind'] | undefined
      readonly pluginsOf: string | undefined
    },
  ): void {
    const { position, expected, pluginsOf, written } = opening
    if (resolution.outcome !== 'found' || resolution.kind !== 'folder') {
      const what = resolution.outcome === 'found' ? 'is not a folder' : 'does not exist'
      this.#fault('input-not-a-folder', `${this.#show(resolve(written))} ${what}`, position)
      return
    }
    const folder = resolution.real
    if (!this.#boundary.some((boundary) => isWithin(folder, boundary))) {
      const hint = `a build reads nothing outside ${this.#boundary.map((path) => this.#show(path)).join(', ')}`
      this.#fault(
        'outside-boundary',
        `${this.#show(folder)} lies outside the tree that may be read`,
        position,
        hint,
      )
      return
    }
    if ((this.#onTheWay.get(folder) ?? 0) > 0) {
      this.#faultOfCycle(folder, position)
      return
    }
    const key = pluginsOf === undefined ? folder : `${folder}\0${pluginsOf}`
    const known = this.#roots.get(key)
    if (known !== undefined) {
      if (position !== undefined) known.namedBy.push(position)
      this.#checkKind(known, expected, position)
      return
    }
    const { outcome, absent } = readKustomization(folder, position, {
      view: this.#view,
      resolver: this.#resolver,
      version: this.#version,
      show: this.#show,
    })
    for (const path of absent) this.#absent.add(path)
    if (outcome instanceof KustomizeFault) {
      this.#faults.push(outcome)
      return
    }
    this.#enter(outcome, { key, folder, pluginsOf, position, expected })
  }

  #enter(
    kustomization: Kustomization,
    entry: {
      readonly key: string
      readonly folder: string
      readonly pluginsOf: string | undefined
      readonly position: Position | undefined
      readonly expected: GraphRoot['kind'] | undefined
    },
  ): void {
    const { key, folder, pluginsOf, position, expected } = entry
    const { path, resolution, kind, faults } = kustomization
    const record: RootRecord = {
      path: folder,
      kind,
      kustomization: resolution.real,
      namedBy: position === undefined ? [] : [position],
    }
    this.#roots.set(key, record)
    this.#checkKind(record, expected, position)
    this.#keepFile(resolution, {
      written: relative(folder, path),
      path,
      shown: this.#show(path),
      role: 'kustomization',
      position,
      root: folder,
    })
    this.#faults.push(...faults)
    const frame: Frame = { root: folder, kustomization, pluginsOf, pending: [] }
    if (pluginsOf !== undefined) this.#checkStaticPlugins(frame)
    this.#add(listReferences(kustomization.value, this.#version), frame)
    this.#frames.push(frame)
    this.#count(folder, 1)
  }

  #leave(): void {
    const frame = this.#frames.pop()
    if (frame !== undefined) this.#count(frame.root, -1)
  }

  #count(root: string, by: number): void {
    for (let folder = root; ; folder = dirname(folder)) {
      this.#onTheWay.set(folder, (this.#onTheWay.get(folder) ?? 0) + by)
      if (dirname(folder) === folder) return
    }
  }

  #checkKind(
    record: GraphRoot,
    expected: GraphRoot['kind'] | undefined,
    position: Position | undefined,
  ): void {
    if (expected === undefined || expected === record.kind) return
    const shown = this.#show(record.path)
    if (record.kind === 'Component') {
      this.#fault(
        'kind-mismatch',
        `${shown} is a Component, not a Kustomization`,
        position,
        'list it under components',
      )
    } else {
      this.#fault(
        'kind-mismatch',
        `${shown} is a Kustomization, not a Component`,
        position,
        'list it under resources',
      )
    }
  }

  #faultOfCycle(folder: string, position: Position | undefined): void {
    const way = this.#frames.map(({ root }) => this.#show(root))
    const code = 'cycle'
    if (this.#frames.some(({ root }) => root === folder)) {
      const from = way.indexOf(this.#show(folder))
      this.#fault(
        code,
        `the kustomizations go in a circle: ${[...way.slice(from), this.#show(folder)].join(' -> ')}`,
        position,
      )
    } else {
      this.#fault(
        code,
        `${this.#show(folder)} holds the kustomization that names it, which kustomize takes for a circle`,
        position,
      )
    }
  }

  // References

  #add({ references, generators, inlinePlugins, faults }: References, frame: Frame): void {
    this.#faults.push(...faults.map((fault) => this.#faultAt(fault, frame.kustomization.locate)))
    for (const draft of generators) this.#generators.push({ draft, frame })
    const all = [...references]
    for (const { text, at } of inlinePlugins) {
      const inner = listPluginReferences(text, at, this.#version)
      this.#faults.push(...inner.faults.map((fault) => this.#faultAt(fault, frame.kustomization.locate)))
      for (const draft of inner.generators) this.#generators.push({ draft, frame })
      all.push(...inner.references)
    }
    frame.pending.push(...all.toReversed())
  }

  #lookUp(reference: Reference, frame: Frame): void {
    const { written, form, role, at } = reference
    const position = frame.kustomization.locate(at)
    if (written === '') {
      this.#fault('value-invalid', 'an entry is empty where a path is expected', position)
      return
    }
    if (isAbsolute(written)) {
      const hint = `write it relative to ${this.#show(frame.root)}`
      this.#fault(
        'absolute-path',
        `"${written}" is an absolute path, which holds on one machine only`,
        position,
        hint,
      )
      return
    }
    if (form !== 'folder' && isUrl(written)) {
      this.#remote({ written, form: 'url', position })
      return
    }
    const path = resolve(frame.root, written)
    const resolution = this.#resolver.resolve(path)
    const mention: Mention = { written, path, shown: this.#show(path), role, position, root: frame.root }
    const isFile = resolution.outcome === 'found' && resolution.kind === 'file'
    if (form === 'file' || (form === 'file-or-folder' && isFile)) {
      this.#openFile(resolution, mention, reference, frame)
      return
    }
    if (isGitRemote(written)) {
      this.#remote({ written, form: 'git', position }, resolution.outcome === 'found' ? path : undefined)
      return
    }
    if (resolution.outcome !== 'found') {
      this.#miss(resolution, mention, undefined)
      return
    }
    this.#keepLinks(resolution)
    const expected = form === 'folder' ? 'Component' : 'Kustomization'
    const pluginsOf = role === 'plugin' ? frame.root : frame.pluginsOf
    this.#openFolder(resolution, { written: path, position, expected, pluginsOf })
  }

  #openFile(resolution: Resolution, mention: Mention, reference: Reference, frame: Frame): void {
    const { position, root, written, path } = mention
    if (resolution.outcome !== 'found') {
      this.#miss(resolution, mention, reference.generator)
      return
    }
    if (resolution.kind !== 'file') {
      const what = resolution.kind === 'folder' ? 'a folder' : 'not a regular file'
      this.#fault('input-not-a-file', `${this.#show(path)} is ${what}, and a file is expected`, position)
      return
    }
    if (!isWithin(resolution.real, root)) {
      this.#faultOfOutside(resolution, mention)
      return
    }
    this.#keepFile(resolution, mention)
    this.#checkContent(resolution.real, mention, reference)
    const isPlugin =
      mention.role === 'plugin' || (frame.pluginsOf !== undefined && mention.role === 'resource')
    if (isPlugin) this.#openPlugins(resolution.real, written, frame)
  }

  #faultOfOutside(resolution: Resolution, { path, position, root }: Mention): void {
    const link = resolution.links.length > 0
    const what = link ? `is a link to ${this.#show(resolution.real)}, which lies` : 'lies'
    this.#fault(
      'outside-folder',
      `${this.#show(path)} ${what} outside ${this.#show(root)}, the folder of the kustomization that names it`,
      position,
      'kustomize reads files only in and below that folder; move the file there, or name it in a kustomization beside it',
    )
  }

  #miss(resolution: Resolution, mention: Mention, generator: GeneratorDraft | undefined): void {
    if (resolution.outcome === 'loop') {
      this.#fault(
        'link-loop',
        `${this.#show(mention.path)} is a link that leads back to itself`,
        mention.position,
      )
      return
    }
    if (resolution.outcome === 'found') return
    if (this.#missing.some(({ path }) => path === mention.path)) return
    const name = generator === undefined ? undefined : nameOf(generator)
    this.#missing.push(describeMissing(resolution, mention, name, this.#show))
  }

  #remote(remote: RemoteInput, localFolder?: string): void {
    this.#remotes.push(remote)
    const { written, form, position } = remote
    const danger = form === 'git' ? remoteDanger(written) : undefined
    if (this.#allowNetwork && danger === undefined) return
    const noun = form === 'url' ? 'a URL' : 'a git remote'
    if (localFolder !== undefined) {
      const hint = written.includes('_git/')
        ? 'rename the folder so that its name does not end in _git'
        : `write ./${written}`
      this.#fault(
        'network-refused',
        `"${written}" is a folder here, but kustomize takes the name for a git remote`,
        position,
        hint,
      )
      return
    }
    const reason = danger === undefined ? 'the network is not used' : danger
    const hint =
      danger === undefined ? 'keep a copy in the tree and name that, or allow the network' : undefined
    this.#fault('network-refused', `"${written}" is ${noun}, and ${reason}`, position, hint)
  }

  // Content that decides whether a build works

  #checkContent(real: string, mention: Mention, reference: Reference): void {
    const isEnv = mention.role === 'secret-env' || mention.role === 'configmap-env'
    if (!isEnv && reference.targeted !== true) return
    const check = isEnv ? checkEnvFile : checkPatchFile
    const text = this.#readText(real, mention)
    if (text !== undefined) this.#faults.push(...check(text, this.#show(mention.path), this.#version))
  }

  #readText(real: string, { path, position }: Mention): string | undefined {
    try {
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#view.readFile(real))
    } catch (error) {
      const message = `${this.#show(path)} cannot be read`
      this.#faults.push(new KustomizeFault({ code: 'input-not-readable', message, position, cause: error }))
      return undefined
    }
  }

  // Plugins

  /** The configurations in a file that stands under generators, transformers or validators. */
  #openPlugins(real: string, written: string, frame: Frame): void {
    const position = undefined
    const text = this.#readText(real, {
      written,
      path: real,
      shown: this.#show(real),
      role: 'plugin',
      position,
      root: frame.root,
    })
    if (text === undefined) return
    // What a configuration names is relative to the root that lists the configuration, not to its own file.
    const root = frame.pluginsOf ?? frame.root
    const { kustomization } = frame
    const inner: Frame = {
      root,
      pluginsOf: undefined,
      pending: [],
      kustomization: { ...kustomization, locate: makeLocator(this.#show(real), text) },
    }
    this.#add(listPluginReferences(text, undefined, this.#version), inner)
    this.#frames.push(inner)
    this.#count(root, 1)
  }

  /** The output of such a folder is the list of configurations, so only what passes them on unchanged can be followed. */
  #checkStaticPlugins(frame: Frame): void {
    const { value, locate } = frame.kustomization
    if (value.kind !== 'map') return
    const changing = value
      .entries()
      .find((entry) => !PASSIVE.has(entry.key.toLowerCase()) && fieldOf(value, entry.key)?.kind !== 'null')
    if (changing === undefined) return
    this.#fault(
      'graph-dynamic',
      `${this.#show(frame.root)} makes the configurations of its plugins by "${changing.key}", so what they read is not known before the build`,
      locate(changing.at),
      'list the configurations as they are, under resources alone',
    )
  }

  // Records

  #keepFile(resolution: Resolution & { readonly outcome: 'found' }, mention: Mention): void {
    this.#keepLinks(resolution)
    this.#files.push({ ...mention, real: resolution.real, links: resolution.links })
  }

  #keepLinks({ links }: Resolution): void {
    for (const link of links) {
      if (this.#boundary.some((boundary) => isWithin(link.path, boundary))) this.#links.set(link.path, link)
    }
  }

  #generatorEntry({ draft, frame }: GeneratorRecord): GeneratorEntry {
    const { locate } = frame.kustomization
    return {
      ...nameOf(draft),
      behavior: draft.behavior,
      position: locate(draft.at),
      root: frame.root,
      literalKeys: draft.literalKeys,
      sources: draft.sources.map(({ form, key, written, at }) => {
        const path = join(frame.root, written)
        const resolution = this.#resolver.resolve(path)
        return {
          form,
          key,
          written,
          path,
          real: resolution.real,
          exists: resolution.outcome === 'found',
          position: locate(at),
        }
      }),
    }
  }

  #faultAt(
    { code, message, hint, at }: ReferenceFault,
    locate: (offset: number) => Position,
  ): KustomizeFault {
    return new KustomizeFault({ code, message, hint, position: locate(at) })
  }

  #fault(code: KustomizeCode, message: string, position: Position | undefined, hint?: string): void {
    this.#faults.push(new KustomizeFault({ code, message, position, hint }))
  }
}

/** Fields of a kustomization that leave the objects of its files as they are. */
const PASSIVE: ReadonlySet<string> = new Set(['apiversion', 'kind', 'metadata', 'resources', 'bases'])

function nameOf({ kind, name, namespace }: GeneratorDraft): GeneratorName {
  return { kind, name, namespace }
}
