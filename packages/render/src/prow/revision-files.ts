import { dirname, join } from 'node:path/posix'

import type { SourceFile } from '@overlay-render/prow'
import type { GitRepository } from '@overlay-render/system'

import { RenderFault } from '../render-fault.ts'
import { isWanted } from './folder-files.ts'

interface TreeEntry {
  readonly mode: string
  readonly object: string
  readonly path: string
}

/** Files of one commit, read from git's objects: nothing is checked out. Paths are relative to the top folder. */
export class RevisionFiles {
  readonly #repository: GitRepository
  readonly #commit: string

  constructor(repository: GitRepository, commit: string) {
    this.#repository = repository
    this.#commit = commit
  }

  /** What Prow's loader looks at below a folder. */
  async folder(path: string): Promise<SourceFile[]> {
    const entries = (await this.#list(path)).filter(
      ({ mode, path: file }) => mode.startsWith('100') && isWanted(file.slice(file.lastIndexOf('/') + 1)),
    )
    const contents = await this.#read(entries.map(({ object }) => object))
    return entries.map((entry, index) => ({ path: entry.path, bytes: contents[index] ?? new Uint8Array() }))
  }

  /** One file, through links; undefined when there is none. */
  async file(path: string): Promise<SourceFile | undefined> {
    let at = path
    for (let links = 0; links < 10; links++) {
      const entry = (await this.#list(at)).find((found) => found.path === at)
      if (entry === undefined) return undefined
      const [bytes] = await this.#read([entry.object])
      if (bytes === undefined) return undefined
      if (entry.mode !== '120000') return { path, bytes }
      at = join(dirname(at), Buffer.from(bytes).toString())
    }
    return undefined
  }

  async #list(path: string): Promise<TreeEntry[]> {
    const args = ['-r', '-z', this.#commit, '--', path]
    const { stdout, exitCode, stderr } = await this.#repository.run('ls-tree', args)
    if (exitCode !== 0) throw this.#unreadable(stderr)
    return Buffer.from(stdout)
      .toString()
      .split('\0')
      .flatMap((line) => {
        const [, mode = '', object = '', file = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/su.exec(line) ?? []
        return file === '' ? [] : [{ mode, object, path: file }]
      })
  }

  async #read(objects: readonly string[]): Promise<Uint8Array[]> {
    if (objects.length === 0) return []
    const { stdout, exitCode, stderr } = await this.#repository.run('cat-file', ['--batch'], {
      input: `${objects.join('\n')}\n`,
    })
    if (exitCode !== 0) throw this.#unreadable(stderr)
    const bytes = Buffer.from(stdout)
    const contents: Uint8Array[] = []
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(10, at)
      const size = Number(bytes.subarray(at, end).toString().split(' ')[2])
      if (!Number.isInteger(size)) throw this.#unreadable(bytes.subarray(at, end).toString())
      contents.push(bytes.subarray(end + 1, end + 1 + size))
      at = end + 1 + size + 1
    }
    return contents
  }

  #unreadable(verbose: string): RenderFault {
    return new RenderFault({
      code: 'revision-unknown',
      message: `git cannot give the files of ${this.#commit.slice(0, 12)}`,
      hint: 'a shallow clone has not got every commit: fetch it whole',
      verbose,
    })
  }
}
