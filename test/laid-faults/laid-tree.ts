import { existsSync, readFileSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { isMap, member, type Value } from '@overlay-render/golden'
import { type Document, parseAllDocuments } from 'yaml'

import { type Draw, pick } from '../differential/draw.ts'

/** An object of a file that a kustomization lists, and its document to change. */
export interface LaidObject {
  readonly file: string
  readonly documents: readonly Document[]
  readonly document: Document
  readonly object: Value
  readonly kind: string
  readonly name: string
}

/** A copy of a workspace to lay faults in. Files are relative to the workspace. */
export class LaidTree {
  readonly folder: string
  /** The folders of the overlays to check. */
  readonly overlays: readonly string[]
  /** Files and names of objects that a fault has, so that no other one touches or hides it. */
  readonly used = new Set<string>()
  readonly #before = new Map<string, string | undefined>()

  constructor(folder: string, overlays: readonly string[]) {
    this.folder = folder
    this.overlays = overlays
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8')
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file))
  }

  /** Whether the settings of the workspace name a file. */
  isSetting(name: string): boolean {
    return this.has('overlay-render.yaml') && this.read('overlay-render.yaml').includes(name)
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file)
    if (!this.#before.has(file))
      this.#before.set(file, existsSync(path) ? readFileSync(path, 'utf8') : undefined)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  remove(file: string): void {
    if (!this.#before.has(file)) this.#before.set(file, this.read(file))
    rmSync(join(this.folder, file))
  }

  /** Undoes all changes. */
  reset(): void {
    for (const [file, text] of this.#before) {
      if (text === undefined) rmSync(join(this.folder, file), { force: true })
      else writeFileSync(join(this.folder, file), text)
    }
    this.#before.clear()
    this.used.clear()
  }

  /** The kustomizations of the overlays and of what they list. */
  kustomizations(): string[] {
    return [...this.#walk().kustomizations]
  }

  /** The manifests that these list, in random order, without those that a fault has. */
  objects(draw: Draw): LaidObject[] {
    const objects = [...this.#walk().files].flatMap((file) =>
      this.used.has(file) ? [] : this.#objectsIn(file),
    )
    return shuffled(draw, objects).filter(({ name }) => !this.used.has(name))
  }

  /** Writes the documents of a changed object, and keeps its file and name from other faults. */
  save({ file, documents, name }: LaidObject): void {
    this.write(file, printDocuments(documents))
    this.used.add(file).add(name)
  }

  #objectsIn(file: string): LaidObject[] {
    const documents = parseAllDocuments(this.read(file))
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return []
    return documents.flatMap((document) => {
      const object: Value = document.toJS()
      const [kind, name] = [member(object, 'kind'), member(member(object, 'metadata'), 'name')]
      if (!isMap(object) || typeof kind !== 'string' || typeof name !== 'string') return []
      return [{ file, documents, document, object, kind, name }]
    })
  }

  #walk(): { readonly kustomizations: ReadonlySet<string>; readonly files: ReadonlySet<string> } {
    const [kustomizations, files] = [new Set<string>(), new Set<string>()]
    const pending = [...this.overlays]
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      const file = ['kustomization.yaml', 'kustomization.yml']
        .map((name) => join(folder ?? '', name))
        .find((name) => this.has(name))
      if (file === undefined || kustomizations.has(file)) continue
      kustomizations.add(file)
      const content: Value = parseAllDocuments(this.read(file))[0]?.toJS() ?? null
      for (const field of ['resources', 'components', 'bases']) {
        const listed = member(content, field)
        for (const entry of Array.isArray(listed) ? listed : []) {
          const path = relative(this.folder, join(this.folder, folder, String(entry)))
          if (!this.has(path)) continue
          if (statSync(join(this.folder, path)).isDirectory()) pending.push(path)
          else files.add(path)
        }
      }
    }
    return { kustomizations, files }
  }
}

/** The text of documents as they are written in a file. */
export function printDocuments(documents: readonly Document[]): string {
  return documents
    .map((document) => document.toString({ lineWidth: 0 }))
    .join('---\n')
    .replaceAll('---\n---\n', '---\n')
}

export function shuffled<T>(draw: Draw, items: readonly T[]): T[] {
  const left = [...items]
  const drawn: T[] = []
  while (left.length > 0) {
    const item = pick(draw, left)
    left.splice(left.indexOf(item), 1)
    drawn.push(item)
  }
  return drawn
}
