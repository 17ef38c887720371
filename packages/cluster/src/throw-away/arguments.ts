import { join } from 'node:path'

/** Where the files and ports of one throw-away server are. */
export interface Layout {
  readonly folder: string
  /** Where etcd answers the API server. */
  readonly client: number
  /** Where etcd would answer other members. */
  readonly peer: number
  /** Where the API server answers. */
  readonly secure: number
}

/** The certificate that the API server makes for itself; it is its own authority. */
export function certificateFile({ folder }: Layout): string {
  return join(folder, 'certificates', 'apiserver.crt')
}

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

/** Quotas and limits still hold; the account of a pod is not looked up, since no controller makes accounts. */
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
    // As clusters with nodes have it: whether a pod may be privileged is decided by admission.
    '--allow-privileged=true',
    '--disable-admission-plugins=ServiceAccount',
  ]
}
