import { basename, dirname, join, posix, relative, sep } from 'node:path'

import { isGitRemote, isUrl, KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'
import { diskView, type Position, positionAt, type TreeView } from '@overlay-render/system'
import { parse, YAMLParseError } from 'yaml'

import { listTrackedFiles } from '../tracked-files.ts'

/** The parts of a kustomization that `init` needs. All paths are relative to the workspace. */
export interface FoundKustomization {
  readonly folder: string
  readonly file: string
  readonly kind: 'Kustomization' | 'Component'
  /** The folders that it uses. */
  readonly folders: readonly string[]
  /** The files under `resources` that are not in the tree. */
  readonly missing: readonly string[]
  /** URLs, git remotes and charts, as written. */
  readonly remotes: readonly string[]
  /** Every file and folder of the tree that it names somewhere. */
  readonly reads: readonly string[]
}

/** The files that `init` looks at: those that git tracks, in the workspace and around it. */
export class Survey {
  /** An absolute real path. */
  readonly workspace: string
  /** Relative to the workspace, with forward slashes, sorted; those outside start with `../`. */
  readonly files: readonly string[]
  readonly kustomizations: readonly FoundKustomization[]
  readonly #known: ReadonlySet<string>
  readonly #folders: ReadonlySet<string>
  readonly #view: TreeView

  private constructor(workspace: string, files: readonly string[], view: TreeView) {
    this.workspace = workspace
    this.files = files
    this.#known = new Set(files)
    this.#folders = new Set(files.flatMap(foldersAbove))
    this.#view = view
    this.kustomizations = files
      .filter((path) => !path.startsWith('../') && isKustomization(path))
      .flatMap((path) => this.#readKustomization(path) ?? [])
  }

  /** Lists the files. @param leftOut a folder of the workspace to leave out */
  static async of(
    workspace: string,
    workTree: string | undefined,
    leftOut: string | undefined,
  ): Promise<Survey> {
    const paths = workTree === undefined ? listFolder(workspace) : await listTrackedFiles(workTree)
    const files = paths.map((path) => relative(workspace, path).split(sep).join('/')).sort()
    const own = leftOut === undefined ? files : files.filter((path) => !path.startsWith(`${leftOut}/`))
    return new Survey(workspace, own, diskView)
  }

  /** Whether the tree has a file of that path. */
  has(path: string): boolean {
    return this.#known.has(path)
  }

  /** The text of a file; undefined for no file, and for one over `most` bytes: scripts and kustomizations are small. */
  read(path: string, most: number = MAX_TEXT): string | undefined {
    const full = join(this.workspace, path)
    if (this.#view.kindOf(full) !== 'file') return undefined
    const bytes = this.#view.readFile(full)
    return bytes.byteLength > most ? undefined : Buffer.from(bytes).toString('utf8')
  }

  /** The values of a YAML file; undefined when it is not a map. */
  readMap(path: string): Readonly<Record<string, unknown>> | undefined {
    const text = this.read(path)
    try {
      const value: unknown = text === undefined ? undefined : parse(text, PARSING)
      return isRecord(value) ? value : undefined
    } catch (error) {
      // Ansible and Jinja files may only look like YAML.
      if (error instanceof YAMLParseError || error instanceof ReferenceError) return undefined
      throw error
    }
  }

  /** The position of an offset in a file's text. */
  position(path: string, text: string, offset: number): Position {
    return positionAt(path, text, offset)
  }

  #readKustomization(file: string): FoundKustomization | undefined {
    const value = this.readMap(file)
    if (value === undefined) return undefined
    const folder = dirname(file)
    const entries = ['resources', 'bases', 'components'].flatMap((field) => textsOf(value[field]))
    const isRemote = (entry: string): boolean => isUrl(entry) || isGitRemote(entry)
    const charts = [
      ...namesIn(value['helmCharts'], 'name'),
      ...namesIn(value['helmChartInflationGenerator'], 'chartName'),
    ]
    const local = entries.filter((entry) => !isRemote(entry) || this.#isThere(posix.join(folder, entry)))
    return {
      folder,
      file,
      kind: value['kind'] === 'Component' ? 'Component' : 'Kustomization',
      folders: local.map((entry) => posix.join(folder, entry)).filter((path) => !this.has(path)),
      missing: local.filter((entry) => /\.ya?ml$/u.test(entry) && !this.has(posix.join(folder, entry))),
      remotes: [
        ...entries.filter((entry) => !local.includes(entry)),
        ...charts.map((name) => `chart ${name}`),
      ],
      reads: textsIn(value)
        .map((text) => posix.join(folder, text).replace(/\/$/u, ''))
        .filter((path) => this.#isThere(path)),
    }
  }

  #isThere(path: string): boolean {
    return this.has(path) || this.#folders.has(path)
  }
}

/** The folders that a file is in, up to the workspace. */
function foldersAbove(file: string): string[] {
  const folders: string[] = []
  for (
    let folder = posix.dirname(file);
    folder !== '.' && !folder.endsWith('..');
    folder = posix.dirname(folder)
  )
    folders.push(folder)
  return folders
}

const MAX_TEXT = 512 * 1024
/** Aliases are shared, not copied, so that their number does no harm: a config of Prow can have hundreds. */
const PARSING = { merge: true, logLevel: 'error', maxAliasCount: -1 } as const
const MAX_FILES = 20_000

function isKustomization(path: string): boolean {
  return KUSTOMIZATION_NAMES.some((name) => basename(path) === name)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function namesIn(list: unknown, key: string): string[] {
  return Array.isArray(list) ? list.filter(isRecord).map((entry) => String(entry[key])) : []
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

/** Every text in a value; an entry of a generator may be `key=file`. What several aliases share is read once. */
function textsIn(value: unknown): string[] {
  const texts: string[] = []
  const seen = new Set()
  const pending = [value]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if (typeof next === 'string')
      texts.push(next, ...(next.includes('=') ? [next.slice(next.indexOf('=') + 1)] : []))
    else if (Array.isArray(next)) pending.push(...(next as unknown[]))
    else if (isRecord(next)) pending.push(...Object.values(next))
  }
  return texts.filter((text) => text !== '' && text.length < MAX_PATH)
}

const MAX_PATH = 4096

/** Outside of git: the files below a folder. Hidden folders and `node_modules` are left out. */
function listFolder(folder: string): string[] {
  const found: string[] = []
  const pending = [folder]
  for (let next = pending.pop(); next !== undefined && found.length < MAX_FILES; next = pending.pop()) {
    for (const name of diskView.list(next)) {
      const path = join(next, name)
      const kind = diskView.kindOf(path)
      if (kind === 'folder' && !name.startsWith('.') && name !== 'node_modules') pending.push(path)
      else if (kind === 'file') found.push(path)
    }
  }
  return found
}
