import { join } from 'node:path'

/** The folder and the ports of one throw-away server. */
export interface Layout {
  readonly folder: string
  /** The port of etcd for clients. */
  readonly client: number
  /** The port of etcd for other members; there are none. */
  readonly peer: number
  /** The HTTPS port of the API server. */
  readonly secure: number
}

/** The path of the self-signed certificate that the API server writes. */
export function certificateFile({ folder }: Layout): string {
  return join(folder, 'certificates', 'apiserver.crt')
}

/** The arguments of etcd: all addresses are on 127.0.0.1. */
export function etcdArguments({ folder, client, peer }: Layout): string[] {
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`]
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ]
}

/**
 * The arguments of kube-apiserver. The admission plugin for service accounts is off, since no controller creates the accounts;
 * quotas and limits are enforced.
 */
export function apiServerArguments(layout: Layout): string[] {
  const { folder, client, secure } = layout
  return [
    `--etcd-servers=http://127.0.0.1:${client}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    `--secure-port=${secure}`,
    '--bind-address=127.0.0.1',
    '--service-account-issuer=https://localhost',
    `--service-account-key-file=${join(folder, 'accounts.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'accounts.key')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/24,fd00:10::/112',
    // As in clusters with nodes: admission, not this flag, decides whether a pod may be privileged.
    '--allow-privileged=true',
    '--disable-admission-plugins=ServiceAccount',
  ]
}
