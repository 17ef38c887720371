export { type ClusterCode, ClusterFault } from './cluster-fault.ts'
export { THROW_AWAY_CONTEXT } from './throw-away/identity.ts'
export {
  type ServerPrograms,
  startThrowAwayServer,
  type ThrowAwayServer,
} from './throw-away/throw-away-server.ts'
