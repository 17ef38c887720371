import { parentPort, workerData } from 'node:worker_threads'

import { limitMemory } from './limit-memory.ts'

// Imports next to nothing of this project: the bundle makes one small file of it, which a thread can start from.

/** One template to render. */
export interface TemplateQuestion {
  readonly source: string
  readonly values: Readonly<Record<string, unknown>>
}

/** The text; or what the engine says against the template; or that it was refused memory; or that the text is too long. */
export type TemplateAnswer =
  | { readonly text: string }
  | { readonly said: string }
  | { readonly exhausted: true }
  | { readonly tooLong: true }

/** This module, for `openWorker`. */
export const WORKER: string = import.meta.url
export const ROLE = 'overlay-render-template'

/** Bytes of memory for the engine: far more than a manifest takes. */
export const MEMORY: number = 512 * 1024 * 1024

/** Characters of what a template makes: kustomize takes long over a text of more. */
export const MAX_CHARACTERS: number = 16 * 1024 * 1024

const WASM_PAGE = 64 * 1024

/** Steps of the template engine after which a template counts as endless. */
const FUEL = 10_000_000

/** Renders one template, or tells what the engine says against it. */
export async function answerTemplate({ source, values }: TemplateQuestion): Promise<TemplateAnswer> {
  const { Environment } = await import('minijinja-js')
  const environment = new Environment()
  try {
    environment.trimBlocks = true
    environment.keepTrailingNewline = true
    environment.undefinedBehavior = 'strict'
    environment.fuel = FUEL
    environment.enablePyCompat()
    // A name that ends in .html or .yaml would switch escaping on.
    const text = environment.renderNamedStr('template', source, values)
    environment.free()
    return text.length > MAX_CHARACTERS ? { tooLong: true } : { text }
  } catch (error) {
    // The engine traps when memory is refused. It cannot be used after that, so there is nothing to free.
    if (error instanceof Error && error.name === 'RuntimeError') return { exhausted: true }
    environment.free()
    return { said: error instanceof Error ? error.message : String(error) }
  }
}

// Neither the library of TypeScript that is used here nor the types of Node 20 have it.
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object }

/** The modules of this thread, each with a limit on its memory. */
class LimitedModule extends WebAssembly.Module {
  constructor(bytes: Uint8Array) {
    super(limitMemory(bytes, MEMORY / WASM_PAGE))
  }
}

if (workerData === ROLE) {
  WebAssembly.Module = LimitedModule
  // Compiled while the first question is still to come; what fails here fails there again.
  answerTemplate({ source: '{{ a }}', values: { a: '' } }).catch(() => undefined)
  const port = parentPort
  port?.on('message', async (question: TemplateQuestion) => port.postMessage(await answerTemplate(question)))
}
