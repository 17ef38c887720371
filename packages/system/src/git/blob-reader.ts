import type { RunningProcess } from '../start-process.ts'
import type { GitRepository } from './open-repository.ts'

const LINE_END = 10

/** Reads objects of a repository through one long-running `git cat-file --batch`. */
export class BlobReader {
  readonly #repository: GitRepository
  #conversation: Conversation | undefined

  constructor(repository: GitRepository) {
    this.#repository = repository
  }

  /**
   * The contents by id, in the order of the ids; undefined for an object that the repository lacks. In a partial clone git
   * exits at the first missing object, so the ids after it are not in the map.
   *
   * @param ids full object ids, each once
   */
  async read(ids: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
    const contents = new Map<string, Uint8Array | undefined>()
    if (ids.length === 0) return contents
    this.#conversation ??= new Conversation(await this.#repository.start('cat-file', ['--batch']))
    this.#conversation.ask(ids)
    for (const id of ids) {
      const answer = await this.#conversation.answer()
      contents.set(id, answer === 'ended' ? undefined : answer)
      if (answer === 'ended') {
        this.dispose()
        break
      }
    }
    return contents
  }

  dispose(): void {
    this.#conversation?.end()
    this.#conversation = undefined
  }
}

class Conversation {
  readonly #process: RunningProcess
  readonly #chunks: AsyncIterator<Buffer>
  #pending: Buffer = Buffer.alloc(0)

  constructor(process: RunningProcess) {
    this.#process = process
    this.#chunks = process.stdout[Symbol.asyncIterator]()
    // Drain stderr: a full pipe would block git.
    process.stderr.resume()
  }

  ask(ids: readonly string[]): void {
    this.#process.stdin.write(`${ids.join('\n')}\n`)
  }

  /** The next object's content, undefined when it is missing; `ended` when git has exited. */
  async answer(): Promise<Uint8Array | undefined | 'ended'> {
    let end = this.#pending.indexOf(LINE_END)
    for (; end < 0; end = this.#pending.indexOf(LINE_END)) {
      if (!(await this.#fill(this.#pending.length + 1))) return 'ended'
    }
    // `<id> blob <size>`, or `<id> missing`.
    const [, , size] = this.#pending.subarray(0, end).toString().split(' ')
    this.#pending = this.#pending.subarray(end + 1)
    if (size === undefined) return undefined
    const length = Number(size)
    if (!(await this.#fill(length + 1))) return 'ended'
    const content = this.#pending.subarray(0, length)
    this.#pending = this.#pending.subarray(length + 1)
    return content
  }

  end(): void {
    this.#process.kill()
  }

  /** Reads until `size` bytes are pending; false when git exits first. */
  async #fill(size: number): Promise<boolean> {
    const chunks = [this.#pending]
    let length = this.#pending.length
    for (; length < size;) {
      const next = await this.#chunks.next()
      if (next.done === true) return false
      chunks.push(next.value)
      length += next.value.length
    }
    this.#pending = chunks.length === 1 ? this.#pending : Buffer.concat(chunks)
    return true
  }
}
