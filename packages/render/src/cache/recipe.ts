import type { Kustomize } from '@overlay-render/kustomize'

import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import type { PipelineContext, RenderOptions } from '../pipeline-context.ts'
import { canonicalText, keyOf } from './key.ts'
import { placeOf } from './path-set.ts'

/** What a render depends on besides the answers of the tree. */
export interface Recipe {
  readonly kind: 'render' | 'configs' | 'inputs'
  readonly context: PipelineContext
  readonly overlay: Overlay
  readonly options: RenderOptions
  /** The program that builds; undefined when only configs are made. */
  readonly kustomize: Kustomize | undefined
  /** The version of this tool and of its parts that decide bytes, as `toolVersion` returns it. */
  readonly tool: string
}

/**
 * The key of all renders that differ only in the tree. Settings keep their positions here: a line that moved changes no byte of the
 * output, but may change where a finding points.
 */
export function recipeKey({ kind, context, overlay, options, kustomize, tool }: Recipe): string {
  const { workspace, config, overlays, boundary } = context
  // Settings that do not affect the output are excluded by name, so that a new setting becomes part of the key.
  const {
    golden: _golden,
    prow: _prow,
    settings: _settings,
    overlays: _patterns,
    secrets: _mode,
    ...shared
  } = config
  const fromAnchor = (path: string): string => placeOf(path, boundary.anchor)
  return keyOf(
    'recipe',
    tool,
    kind,
    canonicalText({
      workspace: fromAnchor(workspace),
      inGit: boundary.workTree !== undefined,
      readable: boundary.folders.map(fromAnchor),
      lineage: [...lineageOf(overlay, overlays), overlay].map(({ folder: _folder, ...rest }) => rest),
      shared,
      print: options.print,
      program:
        kustomize === undefined
          ? undefined
          : { name: kustomize.program, version: kustomize.version, sha256: kustomize.sha256 },
    }),
  )
}
