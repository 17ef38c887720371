import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'

import { startThrowAwayServer } from '@overlay-render/cluster'

import type { KubernetesPrograms } from '../support/oracles.ts'
import { isMap, type JsonObject } from './draw-object.ts'

/** The answer of a real API server for an object, with strict field validation. */
export interface ServerVerdict {
  /** `decoded`: every field is known and has the right type, even if its value is invalid; `absent`: the kind is not served. */
  readonly answer: 'decoded' | 'unknown-field' | 'wrong-type' | 'absent'
  /** The invalid field values. */
  readonly causes: readonly Cause[]
  readonly message: string
}

interface Cause {
  readonly reason: string
  readonly field: string
  readonly message: string
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string }
  }[]
  readonly users: readonly { readonly user: { readonly token: string } }[]
}

interface ServedKind {
  readonly name: string
  readonly kind: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
}

/** A throw-away API server that gives verdicts. It stores none of the objects it checks. */
export class StrictServer {
  readonly #server: string
  readonly #agent: Agent
  readonly #token: string
  readonly #dispose: () => Promise<void>
  readonly #kinds = new Map<string, readonly ServedKind[]>()

  private constructor(kubeconfig: string, dispose: () => Promise<void>) {
    const { clusters, users }: Kubeconfig = JSON.parse(readFileSync(kubeconfig, 'utf8'))
    const { server = '', 'certificate-authority-data': authority = '' } = clusters[0]?.cluster ?? {}
    this.#server = server
    this.#token = users[0]?.user.token ?? ''
    this.#agent = new Agent({ keepAlive: true, maxSockets: 4, ca: Buffer.from(authority, 'base64') })
    this.#dispose = dispose
  }

  static async start({ kubeApiServer, etcd }: KubernetesPrograms): Promise<StrictServer> {
    const { kubeconfig, dispose } = await startThrowAwayServer({ kubeApiServer, etcd })
    return new StrictServer(kubeconfig, dispose)
  }

  async dispose(): Promise<void> {
    this.#agent.destroy()
    await this.#dispose()
  }

  /** Creates an object that others need, such as a namespace or a definition. */
  async create(object: JsonObject): Promise<void> {
    const { status, text } = await this.#post(object, '')
    if (status !== 201 && status !== 409) throw new Error(`${status}: ${text.slice(0, 500)}`)
  }

  /** Makes the next verdicts ask for the served kinds again. */
  forgetKinds(): void {
    this.#kinds.clear()
  }

  /** The OpenAPI document of the server. */
  async openApi(): Promise<object> {
    const { text } = await this.#ask('GET', '/openapi/v2', '')
    return JSON.parse(text)
  }

  async verdict(object: JsonObject): Promise<ServerVerdict> {
    const { status, text } = await this.#post(object, '?dryRun=All&fieldValidation=Strict')
    if (status === 404) return { answer: 'absent', causes: [], message: '' }
    const { message = '', details }: { message?: string; details?: { causes?: Cause[] } } = JSON.parse(text)
    const causes = details?.causes ?? []
    return { answer: answerOf(message, causes), causes, message }
  }

  async #post(object: JsonObject, query: string): Promise<Answer> {
    const apiVersion = String(object['apiVersion'])
    const api = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`
    const kind = (await this.#kindsOf(api)).find((each) => each.kind === object['kind'])
    if (kind === undefined) return { status: 404, text: '{}' }
    const { metadata } = object
    const namespace = isMap(metadata) ? String(metadata['namespace'] ?? 'default') : 'default'
    const folder = kind.namespaced ? `${api}/namespaces/${namespace}` : api
    return this.#ask('POST', `${folder}/${kind.name}${query}`, JSON.stringify(object))
  }

  async #kindsOf(api: string): Promise<readonly ServedKind[]> {
    const known = this.#kinds.get(api)
    if (known !== undefined) return known
    const { status, text } = await this.#ask('GET', api, '')
    const { resources = [] }: { resources?: ServedKind[] } = status === 200 ? JSON.parse(text) : {}
    const kinds = resources.filter(({ name, verbs }) => !name.includes('/') && verbs.includes('create'))
    this.#kinds.set(api, kinds)
    return kinds
  }

  async #ask(method: string, path: string, body: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' }
    return new Promise((resolve, reject) => {
      const asked = request(`${this.#server}${path}`, { method, headers, agent: this.#agent }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() })
        })
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}

interface Answer {
  readonly status: number
  readonly text: string
}

function answerOf(message: string, causes: readonly Cause[]): ServerVerdict['answer'] {
  if (/strict decoding error/u.test(message)) return 'unknown-field'
  // The server checks the types of custom resources after it decodes them.
  const isType = causes.some(({ reason }) => reason === 'FieldValueTypeInvalid')
  return isType || /cannot be handled as|cannot unmarshal/u.test(message) ? 'wrong-type' : 'decoded'
}
