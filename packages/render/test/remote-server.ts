import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** An https server on this machine with files, redirects and git repositories. */
export interface RemoteServer {
  readonly url: string
  readonly certificateFile: string
  /** Contents by path; a text that starts with `-> ` is a redirect. */
  readonly files: Map<string, string | Uint8Array>
  /** Answers that never end, by path: the number of bytes that are sent at a time. */
  readonly endless: Map<string, number>
  /**
   * Commits the files to the repository at `/NAME.git`, which it creates if needed, and tags the commit if a tag is given. Returns
   * the commit.
   */
  commit(name: string, files: Readonly<Record<string, string>>, tag?: string): string
  /** The path of each request. */
  readonly asked: string[]
  close(): void
}

/** The paths that git requests for a repository without the suffix `.git`. */
const WITHOUT_SUFFIX = /^\/([\w-]+\/[\w-]+)\/(info\/refs|git-upload-pack)/u

/** Not a resource: kustomize 3 takes the body of a 404 for the file, and clones only where that is no resource. */
const NOT_HERE = 'message: not here\n'

export async function startRemoteServer(): Promise<RemoteServer> {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-render-remote-'))
  const [key, certificateFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
  ]
  execFileSync('openssl', [...made, '-keyout', key, '-out', certificateFile, ...subject], { stdio: 'pipe' })
  const files = new Map<string, string | Uint8Array>()
  const endless = new Map<string, number>()
  const asked: string[] = []
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificateFile) },
    (request, response) => {
      const path = request.url ?? ''
      asked.push(path)
      const content = files.get(path)
      const size = endless.get(path)
      if (size !== undefined) {
        sendEndlessly(size, response)
        return
      }
      if (typeof content === 'string' && content.startsWith('-> '))
        response.writeHead(302, { location: content.slice(3) }).end()
      else if (content !== undefined) response.writeHead(200).end(content)
      else if (path.includes('.git/') || WITHOUT_SUFFIX.test(path)) serveGit(folder, request, response)
      else response.writeHead(404).end(NOT_HERE)
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://127.0.0.1:${port}`,
    certificateFile,
    files,
    endless,
    asked,
    commit: (name, tree, tag) => commitTo(join(folder, `${name}.git`), tree, tag),
    close: () => {
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function commitTo(folder: string, tree: Readonly<Record<string, string>>, tag: string | undefined): string {
  mkdirSync(folder, { recursive: true })
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...identity, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim()
  git('init', '-q', '-b', 'main')
  for (const [name, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  git('add', '-A')
  git('commit', '-qm', 'files', '--allow-empty')
  if (tag !== undefined) git('tag', '-f', tag)
  git('config', 'http.receivepack', 'false')
  git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  return git('rev-parse', 'HEAD')
}

/** Sends bytes until the client closes the connection. */
function sendEndlessly(size: number, response: ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write(Buffer.alloc(size, 'x')), 5)
  response.on('close', () => clearInterval(timer))
}

/** Answers by `git http-backend`, a CGI program. */
function serveGit(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'https://127.0.0.1')
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname.replace(WITHOUT_SUFFIX, '/$1.git/$2').replace('.git/', '.git/.git/'),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  request.pipe(child.stdin)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.on('close', () => {
    const output = Buffer.concat(chunks)
    const end = output.indexOf('\r\n\r\n')
    const head = output.subarray(0, end).toString('latin1').split('\r\n')
    const headers = Object.fromEntries(head.map((line) => line.split(/: (.*)/su).slice(0, 2)))
    const status = Number(String(headers['Status'] ?? '200').slice(0, 3))
    delete headers['Status']
    response.writeHead(status, headers).end(status >= 400 ? NOT_HERE : output.subarray(end + 4))
  })
}
