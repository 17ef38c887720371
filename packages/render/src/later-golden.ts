import type { WorkspaceGolden } from './golden-step.ts'

/** The goldens of a workspace. Their code, which loads the YAML parser, is loaded on first use. */
export function laterGolden(load: () => Promise<WorkspaceGolden>): WorkspaceGolden {
  let loaded: Promise<WorkspaceGolden> | undefined
  const golden = async (): Promise<WorkspaceGolden> => (loaded ??= load())
  return {
    read: async (overlay) => (await golden()).read(overlay),
    check: async (...given) => (await golden()).check(...given),
    update: async (...given) => (await golden()).update(...given),
    compare: async (...given) => (await golden()).compare(...given),
    isKept: async () => (await golden()).isKept(),
    orphans: async () => (await golden()).orphans(),
    patch: async (...given) => (await golden()).patch(...given),
  }
}
