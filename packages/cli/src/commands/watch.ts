import { type SecretMode, WatchControl } from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { stdout } from '../output.ts'
import { startProgress } from '../progress-line.ts'
import { requireOverlays } from '../require-overlays.ts'
import { type KeyActions, openKeyboard } from '../watch/keyboard.ts'
import { WatchScreen } from '../watch/watch-screen.ts'

/** The flags of `watch`. */
export interface WatchFlags {
  readonly all?: boolean
  readonly secrets?: SecretMode
  readonly jobs?: number
}

const KEYS = 'Waiting for a change. Keys: r render, a watch all, d diff since start, q quit'
const NO_KEYS = 'Waiting for a change. Ctrl-C quits.'

/** Renders on every change until it is interrupted. */
export async function watchCommand(
  context: CommandContext,
  { all, secrets, jobs }: WatchFlags,
  names: readonly string[],
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  // Nobody reads the output any more.
  stdout.onLost(() => process.exit())
  const control = new WatchControl()
  const ended = new AbortController()
  const isScreen = stdout.isTTY && !terminal.json && !terminal.quiet
  const hasKeys = isScreen && process.stdin.isTTY === true
  const screen = new WatchScreen(terminal, {
    isScreen,
    lastLine: hasKeys ? KEYS : NO_KEYS,
    folder: workspace.folder,
  })
  const keyboard = hasKeys ? openKeyboard(process.stdin, keyActions({ control, screen, ended })) : undefined
  let progress = startProgress(terminal)
  await workspace.watch(requireOverlays(workspace, names, { all, command: 'watch' }), {
    ...(secrets === undefined ? {} : { secrets }),
    ...(jobs === undefined ? {} : { jobs }),
    control,
    signal: ended.signal,
    onStart() {
      keyboard?.pause()
      progress = startProgress(terminal)
    },
    onProgress: (step) => progress.onProgress(step),
    onRound(round) {
      progress.stop()
      screen.show(round)
      keyboard?.listen()
    },
  })
  keyboard?.pause()
  return ExitStatus.fine
}

interface Watching {
  readonly control: WatchControl
  readonly screen: WatchScreen
  readonly ended: AbortController
}

/** The keys of `KEYS`. */
function keyActions({ control, screen, ended }: Watching): KeyActions {
  return new Map([
    ['r', () => control.renderAgain()],
    ['a', () => control.watchAll()],
    ['d', () => screen.showSinceStart()],
    ['q', () => ended.abort()],
  ])
}
