import { pick } from '../differential/draw.ts'
import type { Fault } from './fault.ts'
import type { LaidTree } from './laid-tree.ts'

/** A statement to append to the script of a config, in both languages. Undefined where a language has no such fault. */
type Statements = (config: string) => { readonly yq4?: string; readonly yq3?: string } | undefined

function inScript(rule: string, says: string, statements: Statements): Fault {
  return {
    rules: [rule],
    says,
    lay: (tree, draw) => {
      const scripts = scriptsOf(tree).filter((file) => !tree.used.has(file))
      if (scripts.length === 0) return undefined
      const file = pick(draw, scripts)
      const text = tree.read(file).trimEnd()
      const made = statements(file.endsWith('plugins.yaml') ? 'plugins' : 'config')
      const isYq3 = text.includes('- command:')
      const added = isYq3 ? made?.yq3 : made?.yq4
      if (added === undefined) return undefined
      tree.write(file, isYq3 ? `${text}\n${added}\n` : `${text}\n| ${added}\n`)
      tree.used.add(file)
      return { file, mentions: file }
    },
  }
}

function scriptsOf(tree: LaidTree): string[] {
  return tree.overlays.flatMap((overlay) =>
    ['config', 'plugins']
      .map((name) => `${overlay}/yq_scripts/${name}.yaml`)
      .filter((file) => tree.has(file)),
  )
}

function update(path: string, value: string): string {
  return `- command: update\n  path: ${path}\n  value: ${value}`
}

/** Faults in patch scripts. */
export const SCRIPT_FAULTS: readonly Fault[] = [
  inScript('stale-path', 'an entry that was renamed', (config) =>
    config === 'config'
      ? { yq4: '.deck.spyglas.gcs_prefix = "x"', yq3: update('deck.spyglas.gcs_prefix', 'x') }
      : { yq4: '.config_updaters.maps.x.name = "x"', yq3: update('config_updaters.maps.x.name', 'x') },
  ),
  inScript('no-effect', 'a key to delete that is not there', () => ({
    yq4: 'del(.nosuch_key)',
    yq3: '- command: delete\n  path: nosuch_key',
  })),
  inScript('no-effect', 'a selection of nothing', () => ({
    yq4: '(.nosuch[] | select(.name == "x")).value = "y"',
  })),
  inScript('overwritten-value', 'a value that is set twice', () => ({
    yq4: '.laid = "a" | .laid = "b"',
    yq3: `${update('laid', 'a')}\n${update('laid', 'b')}`,
  })),
  inScript('positional-path', 'a preset by its index', (config) =>
    config === 'config'
      ? { yq4: '.presets[0].labels.laid = "x"', yq3: update('presets[0].labels.laid', 'x') }
      : undefined,
  ),
  inScript('surprising-syntax', 'and after a pipe', (config) =>
    config === 'config' ? { yq4: '(.presets[] | select(.labels | has("a") and .env)) |= .' } : undefined,
  ),
  inScript('surprising-syntax', 'a minus that becomes part of a name', () => ({ yq4: '.laid = .a -1' })),
]
