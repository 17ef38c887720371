import type { Kustomize } from '@overlay-render/kustomize'

import type { PinnedOptions } from '../pinned-kustomize.ts'
import type { CallOptions } from '../progress.ts'
import type { UpdateOptions, VendorUpdate } from '../vendor/update-vendored.ts'
import type { VendorFinding, VendorOutcome } from '../vendor/vendor-outcome.ts'
import type { VendorOptions } from '../vendor/vendor-workspace.ts'
import type { Calls } from './calls.ts'

/** The pinned program and vendored copies. */
export interface PinCalls {
  /**
   * Fetches the remotes that overlays name into `vendor/`, and locks them. With `update` also those that have a copy.
   *
   * @throws KustomizeFault `vendored-copy` or `network-refused`. Nothing is written then
   */
  vendor(options?: VendorOptions & { readonly update?: boolean | undefined }): Promise<VendorOutcome[]>

  /** Fetches vendored remotes again, or replaces one, and returns how that changes the renders. */
  updateVendored(options?: UpdateOptions): Promise<VendorUpdate>

  /** Finds vendored copies that are missing or edited, and remotes that have changed. Writes nothing. */
  checkVendored(options?: VendorOptions): Promise<VendorFinding[]>

  /** The pinned kustomize or kubectl. */
  kustomize(options?: CallOptions): Promise<Kustomize>

  /** The pinned kustomize or kubectl; downloaded from its project or compiled with Go when it is missing. */
  installKustomize(options?: Omit<PinnedOptions, 'install'>): Promise<Kustomize>

  /** Records the digests of the pinned kustomize in `overlay-render.lock`, so that a later run with other bytes stops. */
  lockKustomize(kustomize: Kustomize): Promise<void>
}

/** @internal Makes the calls of `PinCalls`. */
export function pinCalls({ context, opening }: Calls): PinCalls {
  return {
    async vendor(options = {}) {
      return (await import('../vendor/vendor-workspace.ts')).vendorRemotes(context, options)
    },
    async updateVendored(options = {}) {
      const { updateVendored } = await import('../vendor/update-vendored.ts')
      return updateVendored(context, async () => opening.open({}), options)
    },
    async checkVendored(options = {}) {
      return (await import('../vendor/vendor-workspace.ts')).checkVendored(context, options)
    },
    async kustomize(options = {}) {
      return (await context.pinned(options)).kustomize
    },
    async installKustomize(options = {}) {
      return (await context.pinned({ ...options, install: true })).kustomize
    },
    async lockKustomize(kustomize) {
      const { lockKustomize } = await import('../kustomize-lock-file.ts')
      await lockKustomize(context, kustomize)
    },
  }
}
