import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'

import { readBytes, writeAtomically } from '@overlay-render/system'

import { certificateFile, type Layout } from './arguments.ts'

/** The only context of a throw-away server's kubeconfig. */
export const THROW_AWAY_CONTEXT = 'throw-away'

/** Writes the keys of service accounts, and the token of the only user, who is in `system:masters`. */
export async function writeIdentity(folder: string, token: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const files = {
    'accounts.pub': publicKey,
    'accounts.key': privateKey,
    'tokens.csv': `${token},admin,1,system:masters\n`,
  }
  for (const [name, text] of Object.entries(files))
    writeAtomically(join(folder, name), text, { mode: 0o600, guarded: [] })
}

/** Writes a kubeconfig for that user, mode 0600, and returns its path. */
export async function writeKubeconfig(layout: Layout, token: string): Promise<string> {
  const path = join(layout.folder, 'kubeconfig')
  const authority = (await readBytes(certificateFile(layout))).toString('base64')
  const server = `https://127.0.0.1:${layout.secure}`
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: THROW_AWAY_CONTEXT, cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: THROW_AWAY_CONTEXT, user: { token } }],
    contexts: [
      { name: THROW_AWAY_CONTEXT, context: { cluster: THROW_AWAY_CONTEXT, user: THROW_AWAY_CONTEXT } },
    ],
    'current-context': THROW_AWAY_CONTEXT,
  }
  writeAtomically(path, `${JSON.stringify(config)}\n`, { mode: 0o600, guarded: [] })
  return path
}
