import { parentPort, workerData } from 'node:worker_threads'

import { limitMemory } from './limit-memory.ts'

// Has few imports of this project, so that the bundle makes it one small file from which a thread can start.

/** One template to render. */
export interface TemplateQuestion {
  readonly source: string
  readonly values: Readonly<Record<string, unknown>>
}

/** The rendered text, an error of the engine, or which limit was exceeded. */
export type TemplateAnswer =
  | { readonly text: string }
  | { readonly said: string }
  | { readonly exhausted: true }
  | { readonly tooLong: true }

/** The URL of this module, for `openWorker`. */
export const WORKER: string = import.meta.url
/** The worker data that tells this module to run as the template worker. */
export const ROLE = 'overlay-render-template'

/** Memory limit of the engine in bytes: far more than a manifest takes. */
export const MEMORY: number = 512 * 1024 * 1024

/** Most characters of a rendered template: kustomize is slow for larger texts. */
export const MAX_CHARACTERS: number = 16 * 1024 * 1024

const WASM_PAGE = 64 * 1024

/** Most steps of the engine for one template; one with more counts as endless. */
const FUEL = 10_000_000

/** Renders one template. */
export async function answerTemplate({ source, values }: TemplateQuestion): Promise<TemplateAnswer> {
  const { Environment } = await import('minijinja-js')
  const environment = new Environment()
  try {
    environment.trimBlocks = true
    environment.keepTrailingNewline = true
    environment.undefinedBehavior = 'strict'
    environment.fuel = FUEL
    environment.enablePyCompat()
    // A template name that ends in .html or .yaml would turn on escaping.
    const text = environment.renderNamedStr('template', source, values)
    environment.free()
    return text.length > MAX_CHARACTERS ? { tooLong: true } : { text }
  } catch (error) {
    // Without memory the engine traps. It is unusable then, so there is nothing to free.
    if (error instanceof Error && error.name === 'RuntimeError') return { exhausted: true }
    environment.free()
    return { said: error instanceof Error ? error.message : String(error) }
  }
}

// The configured TypeScript library and the types of Node 20 lack it.
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object }

/** A WebAssembly module with a limit on its memory. */
class LimitedModule extends WebAssembly.Module {
  constructor(bytes: Uint8Array) {
    super(limitMemory(bytes, MEMORY / WASM_PAGE))
  }
}

if (workerData === ROLE) {
  WebAssembly.Module = LimitedModule
  // Compiles the engine before the first question comes. An error here occurs again then.
  answerTemplate({ source: '{{ a }}', values: { a: '' } }).catch(() => undefined)
  const port = parentPort
  port?.on('message', async (question: TemplateQuestion) => port.postMessage(await answerTemplate(question)))
}
