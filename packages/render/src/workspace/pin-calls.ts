import type { Kustomize } from '@overlay-render/kustomize'

import type { PinnedOptions } from '../pinned-kustomize.ts'
import type { CallOptions } from '../progress.ts'
import type { UpdateOptions, VendorUpdate } from '../vendor/update-vendored.ts'
import type { VendorFinding, VendorOutcome } from '../vendor/vendor-outcome.ts'
import type { VendorOptions } from '../vendor/vendor-workspace.ts'
import type { Calls } from './calls.ts'

/** The pinned program, and what is vendored. */
export interface PinCalls {
  /**
   * Fetches what overlays name over the network, into `vendor/`, and locks it. With `update` also what has a copy already.
   *
   * @throws KustomizeFault `vendored-copy` or `network-refused`; nothing is written then
   */
  vendor(options?: VendorOptions & { readonly update?: boolean | undefined }): Promise<VendorOutcome[]>

  /** Fetches vendored remotes again, or another instead of one, and says what that changes in what is rendered. */
  updateVendored(options?: UpdateOptions): Promise<VendorUpdate>

  /** Vendored copies that are gone or edited, and remotes that have moved. Nothing is written. */
  checkVendored(options?: VendorOptions): Promise<VendorFinding[]>

  /** The pinned kustomize or kubectl. */
  kustomize(options?: CallOptions): Promise<Kustomize>

  /** The pinned kustomize or kubectl, downloaded from its makers or compiled with Go where it is not there yet. */
  installKustomize(options?: Omit<PinnedOptions, 'install'>): Promise<Kustomize>

  /** Records the digests of the pinned kustomize in `overlay-render.lock`, so that a later run with other bytes stops. */
  lockKustomize(kustomize: Kustomize): Promise<void>
}

/** @internal */
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
