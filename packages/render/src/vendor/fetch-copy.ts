import { join, posix, relative, sep } from 'node:path'

import {
  combineFaults,
  digestOfFiles,
  vendoredFilePath,
  type GitLocation,
  parseGitRemote,
  holdsCredentials,
  type InputGraph,
  KustomizeFault,
  type RemoteInput,
  remoteKey,
  vendoredRepositoryPath,
  sha256Of,
  walkInputs,
} from '@overlay-render/kustomize'
import {
  fetchCommit,
  fetchRemote,
  type FetchOptions,
  makeTemporaryFolder,
  openRepository,
  type RemoteRules,
  RevisionTree,
  SystemFault,
  Tree,
} from '@overlay-render/system'

import type { NewCopy } from './lay-vendored.ts'

/** Options for fetching a remote. */
export interface FetchCopyOptions extends RemoteRules {
  /** The pinned kustomize version. */
  readonly version: string
  readonly signal?: AbortSignal | undefined
}

/** Time limit in milliseconds and size limit in bytes for one remote. */
const TIMEOUT = 120_000
const MAX_BYTES = 64 * 1024 * 1024

/**
 * Fetches what kustomize would fetch for a remote: a file, or a folder of a repository with all files that its kustomizations read
 * in that repository. As in kustomize, a URL is tried as a file first.
 *
 * @throws KustomizeFault `vendored-copy`, at the line that names the remote
 */
export async function fetchCopy(remote: RemoteInput, options: FetchCopyOptions): Promise<NewCopy> {
  const { written } = remote
  if (holdsCredentials(written))
    throw fault(remote, 'it holds a user, a password or a token', 'remove it from the URL')
  const limits: FetchOptions = { ...options, timeout: TIMEOUT, maxBytes: MAX_BYTES }
  const place = isFolder(remote) ? parseGitRemote(written) : undefined
  try {
    if (remote.form === 'git') {
      if (place === undefined)
        throw fault(remote, 'its URL is not https', 'write it as https://HOST/REPOSITORY')
      return await fetchRepository(remote, place, limits, options.version)
    }
    const answer = await fetchRemote(new URL(written), limits)
    const isPage = /^\s*<(?:!doctype|html)/iu.test(answer.bytes.subarray(0, 200).toString('latin1'))
    if (answer.status >= 200 && answer.status < 300 && !isPage) {
      const url = remoteKey(written)
      const sha256 = sha256Of(answer.bytes)
      return {
        remote: { url, commit: undefined, sha256 },
        files: new Map([[vendoredFilePath(url, sha256), answer.bytes]]),
      }
    }
    if (place === undefined)
      throw fault(remote, isPage ? 'it is a web page' : `the server answered ${answer.status}`)
    return await fetchRepository(remote, place, limits, options.version)
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code === 'aborted') throw error
    throw fault(remote, error.sentence, error.hint, error)
  }
}

function isFolder({ role, form }: RemoteInput): boolean {
  return form === 'git' || role === 'resource' || role === 'plugin'
}

async function fetchRepository(
  remote: RemoteInput,
  place: GitLocation,
  limits: FetchOptions,
  version: string,
): Promise<NewCopy> {
  const temporary = await makeTemporaryFolder('vendor')
  try {
    const commit = await fetchCommit(place.repository, place.ref, { ...limits, folder: temporary.path })
    const repository = await openRepository(temporary.path, limits.signal)
    if (repository === undefined) throw fault(remote, 'git has made no repository of it')
    const { workTree } = repository
    const tree = await RevisionTree.open(repository, commit, join(workTree, place.folder), limits)
    try {
      const files = await tree.settle(async () => {
        const shown = (path: string): string =>
          `${place.repository.pathname.slice(1)}:${relative(workTree, path)}`
        const view = new Tree(tree.view, { boundary: [workTree], shown })
        const graph = walkInputs(join(workTree, place.folder), { tree: view, version, allowNetwork: true })
        return readGraph(graph, view, workTree)
      }, limits.signal)
      const folder = vendoredRepositoryPath(place, commit)
      return {
        remote: { url: remoteKey(remote.written), commit, sha256: digestOfFiles(files) },
        files: new Map([...files].map(([path, bytes]) => [posix.join(folder, path), bytes])),
      }
    } finally {
      tree.dispose()
    }
  } finally {
    await temporary.dispose()
  }
}

/** The files of a graph by the paths in kustomizations. Links become copies of their target files. */
function readGraph(graph: InputGraph, { view }: Tree, top: string): Map<string, Uint8Array> {
  if (graph.faults.length > 0) throw combineFaults(graph.faults)
  const files = new Map<string, Uint8Array>()
  for (const { path, real } of graph.files) {
    for (const name of [path, real]) {
      const place = relative(top, name).split(sep).join('/')
      if (!place.startsWith('../')) files.set(place, view.readFile(real))
    }
  }
  return files
}

function fault(
  { written, position }: RemoteInput,
  why: string,
  hint?: string,
  cause?: Error,
): KustomizeFault {
  const message = `"${written}" cannot be vendored: ${why}`
  return new KustomizeFault({ code: 'vendored-copy', message, position, hint, cause })
}
