import { isAbsolute, join, relative, resolve } from 'node:path'

import { type Position, type Resolution, type Tree, whyNotRead } from '@overlay-render/system'

import { KustomizeFault } from '../kustomize-fault.ts'
import { checkEnvFile, checkPatchFile } from './check-content.ts'
import { GraphRecord, type RootRecord } from './graph-record.ts'
import { addChart } from './add-chart.ts'
import { hideCredentials } from './hide-credentials.ts'
import type { GeneratorName, GraphRoot, InputGraph, Mention, RemoteInput } from './input-graph.ts'
import { listPluginReferences, listReferences, type References } from './list-references.ts'
import { type Kustomization, readKustomization } from './read-kustomization.ts'
import type { GeneratorDraft, Reference } from './reference.ts'
import { type Found, type Place, placeReference } from './place-reference.ts'
import { refuseActive, refuseFile, refuseFolder, refuseKind } from './refuse-place.ts'
import { refuseRemote } from './refuse-remote.ts'
import { isUrl } from './remote-name.ts'
import { RootStack } from './root-stack.ts'
import { makeLocator } from './yaml-value.ts'

export interface WalkOptions {
  /** The tree with the kustomizations. */
  readonly tree: Tree
  /** The pinned kustomize version. */
  readonly version: string
  /** Whether remotes are allowed; dangerous ones are faults anyway. */
  readonly allowNetwork?: boolean | undefined
  /** Called for each file of a generator before it is looked up; the callback may add the file. */
  readonly supply?: ((wanted: WantedFile) => void) | undefined
}

/**
 * Walks the kustomizations from `root` and lists every file that a build of it reads, without running anything. Problems
 * are collected, not thrown: `missing` for files that the caller may still create, and `faults` for everything else.
 *
 * @param root an absolute folder
 */
export function walkInputs(root: string, options: WalkOptions): InputGraph {
  return new Walk(options).run(root)
}

/** A file that a generator is about to read. */
export interface WantedFile extends GeneratorName {
  /** The path as the kustomization writes it. */
  readonly written: string
  /** Absolute and clean, links not followed. */
  readonly path: string
  readonly form: 'file' | 'env'
  readonly position: Position
}

/** A root, or a file of plugin configurations, whose references are being looked up. */
interface Frame extends Place {
  /** For a folder of plugin configurations: the root that lists it. */
  readonly pluginsOf: string | undefined
  /** A stack: the next one is last. */
  readonly pending: Reference[]
}

/** A reference to a folder: its position, the expected kind, and the root whose plugin configurations it has. */
interface FolderUse {
  readonly position: Position | undefined
  readonly expected: GraphRoot['kind'] | undefined
  readonly pluginsOf: string | undefined
}

class Walk {
  readonly #tree: Tree
  readonly #version: string
  readonly #allowNetwork: boolean
  readonly #supply: (wanted: WantedFile) => void
  readonly #shown: (path: string) => string
  readonly #record: GraphRecord
  readonly #frames: Frame[] = []
  readonly #openRoots = new RootStack()

  constructor({ tree, version, allowNetwork = false, supply = () => {} }: WalkOptions) {
    this.#tree = tree
    this.#version = version
    this.#allowNetwork = allowNetwork
    this.#supply = supply
    this.#shown = tree.shown
    this.#record = new GraphRecord(tree)
  }

  run(root: string): InputGraph {
    const path = resolve(root)
    const resolution = this.#tree.follow(path)
    this.#openFolder(path, resolution, { position: undefined, expected: undefined, pluginsOf: undefined })
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const reference = frame.pending.pop()
      if (reference === undefined) this.#leave()
      else this.#lookUp(reference, frame)
    }
    return this.#record.toGraph(resolution.real)
  }

  #enter(frame: Frame): void {
    this.#frames.push(frame)
    this.#openRoots.push(frame.root)
  }

  #leave(): void {
    this.#frames.pop()
    this.#openRoots.pop()
  }

  /** Records a fault, if any, and returns whether there was one. */
  #refuse(fault: KustomizeFault | undefined): boolean {
    if (fault !== undefined) this.#record.faults.push(fault)
    return fault !== undefined
  }

  /** Opens the kustomization of a folder and makes it the current one, unless it has been walked. */
  #openFolder(path: string, resolution: Resolution, use: FolderUse): void {
    const { position, expected, pluginsOf } = use
    const record = this.#record
    record.addLinks(resolution)
    if (resolution.outcome !== 'found' || resolution.kind !== 'folder') {
      const opened = this.#tree.open(path)
      const isFile = opened.outcome === 'file'
      const what = isFile ? 'is not a folder' : whyNotRead(opened, this.#shown)
      record.addFault('input-not-a-folder', `${this.#shown(path)} ${what}`, position)
      return
    }
    const folder = resolution.real
    if (this.#refuse(refuseFolder(folder, this.#openRoots, position, this.#tree))) return
    const key = pluginsOf === undefined ? folder : `${folder}\0${pluginsOf}`
    const known = record.roots.get(key)
    if (known !== undefined) {
      if (position !== undefined) known.namedBy.push(position)
      this.#refuse(refuseKind(known, expected, position, this.#shown))
      return
    }
    const context = { tree: this.#tree, version: this.#version }
    const { outcome, absent } = readKustomization(folder, position, context)
    for (const name of absent) record.absent.add(name)
    if (outcome instanceof KustomizeFault) record.faults.push(outcome)
    else this.#openKustomization(outcome, folder, key, use)
  }

  #openKustomization(kustomization: Kustomization, folder: string, key: string, use: FolderUse): void {
    const { position, expected, pluginsOf } = use
    const { path, resolution, kind, value, locate, faults } = kustomization
    const namedBy = position === undefined ? [] : [position]
    const root: RootRecord = { path: folder, kind, kustomization: resolution.real, namedBy }
    this.#record.roots.set(key, root)
    this.#refuse(refuseKind(root, expected, position, this.#shown))
    const written = relative(folder, path)
    const shown = this.#shown(path)
    this.#record.addFile(resolution, { written, path, shown, role: 'kustomization', position, root: folder })
    this.#record.faults.push(...faults)
    if (pluginsOf !== undefined) this.#refuse(refuseActive(value, this.#shown(folder), locate))
    const frame: Frame = { root: folder, file: resolution.real, locate, pluginsOf, pending: [] }
    this.#addReferences(listReferences(value, this.#version), frame)
    this.#enter(frame)
  }

  #addReferences(found: References, frame: Frame): void {
    const { locate } = frame
    for (const { code, message, hint, at } of found.faults)
      this.#record.addFault(code, message, locate(at), hint)
    for (const draft of found.generators) {
      this.#askForFiles(draft, frame.root, locate)
      this.#record.addGenerator(draft, frame.root, locate)
    }
    const { root } = frame
    const context = { root, tree: this.#tree, version: this.#version, locate, record: this.#record }
    for (const draft of found.charts) addChart(draft, context)
    frame.pending.push(...found.references.toReversed())
    for (const { text, at } of found.inlinePlugins) {
      this.#addReferences(listPluginReferences(text, at, this.#version), frame)
    }
  }

  #askForFiles(draft: GeneratorDraft, root: string, locate: Frame['locate']): void {
    const { kind, name, namespace, sources } = draft
    for (const { form, written, at } of sources) {
      if (written === '' || isAbsolute(written) || isUrl(written)) continue
      this.#supply({ kind, name, namespace, form, written, path: join(root, written), position: locate(at) })
    }
  }

  #lookUp(reference: Reference, frame: Frame): void {
    const placed = placeReference(reference, frame, this.#tree)
    switch (placed.what) {
      case 'refused':
        this.#record.faults.push(placed.fault)
        break
      case 'remote':
        this.#addRemote(placed.remote, placed.isLocal)
        break
      case 'missing':
        this.#record.addMissing(placed.resolution, placed.mention, reference.generator)
        break
      case 'file':
        this.#openFile(placed.resolution, placed.mention, reference, frame)
        break
      case 'folder': {
        const { resolution, expected, mention } = placed
        const { path, position, role } = mention
        const pluginsOf = role === 'plugin' ? frame.root : frame.pluginsOf
        this.#openFolder(path, resolution, { position, expected, pluginsOf })
      }
    }
  }

  #addRemote(remote: RemoteInput, isLocal: boolean): void {
    this.#record.addRemote({ ...remote, written: hideCredentials(remote.written) })
    this.#refuse(refuseRemote(remote, isLocal, this.#allowNetwork))
  }

  #openFile(resolution: Found, mention: Mention, reference: Reference, frame: Frame): void {
    const { role } = mention
    const refused = refuseFile(resolution, mention, this.#shown)
    if (this.#refuse(refused)) return
    this.#record.addFile(resolution, mention)
    if (role === 'configmap-env' || role === 'secret-env') this.#check(checkEnvFile, resolution.real, mention)
    if (reference.targeted === true) this.#check(checkPatchFile, resolution.real, mention)
    const isPlugin = role === 'plugin' || (role === 'resource' && frame.pluginsOf !== undefined)
    if (isPlugin) this.#openPlugins(resolution.real, mention, frame)
  }

  #check(check: typeof checkEnvFile, real: string, mention: Mention): void {
    const text = this.#readText(real, mention)
    if (text !== undefined) this.#record.faults.push(...check(text, mention.shown, this.#version))
  }

  /** References of a configuration are relative to the root that lists it, not to its file. */
  #openPlugins(real: string, mention: Mention, { root, pluginsOf = root }: Frame): void {
    const text = this.#readText(real, mention)
    if (text === undefined) return
    const locate = makeLocator(mention.shown, text)
    const frame: Frame = { root: pluginsOf, file: real, locate, pluginsOf: undefined, pending: [] }
    this.#addReferences(listPluginReferences(text, undefined, this.#version), frame)
    this.#enter(frame)
  }

  #readText(real: string, { shown, position }: Mention): string | undefined {
    try {
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#tree.view.readFile(real))
    } catch (error) {
      const message = `${shown} cannot be read`
      this.#record.faults.push(
        new KustomizeFault({ code: 'input-not-readable', message, position, cause: error }),
      )
      return undefined
    }
  }
}
