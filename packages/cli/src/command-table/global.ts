import type { Option } from 'commander'

import { flag } from './options.ts'

/** The options of every command, before or after its name. */
export const globalOptions = (): readonly Option[] => [
  flag('-C, --directory <dir>', 'the workspace: the folder of overlay-render.yaml, or of overlays/'),
  flag('--kustomize <file>', 'the kustomize binary to use, of exactly the pinned version'),
  flag('--no-cache', 'ignore the cache: render again, and keep nothing'),
  flag('--remote-cache <url>', 'share renders over this server; OVERLAY_RENDER_REMOTE_CACHE when absent'),
  flag('--remote-cache-key <file>', 'the key of its entries: OVERLAY_RENDER_REMOTE_CACHE_KEY when absent'),
  flag('--json', 'print one JSON value instead of text'),
  flag('--quiet', 'print only results and errors'),
  flag('--verbose', 'show the output of kustomize, and stack traces'),
  flag('--no-color', 'no colour, as with NO_COLOR; FORCE_COLOR turns it on without a terminal'),
]
