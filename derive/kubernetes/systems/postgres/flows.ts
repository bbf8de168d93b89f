import { databasePlans } from '../../../plan/databases.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, type FlowPeer, tcp } from '../../flows/flow.ts'
import { namespacePeer, operatorNamespaces, outside, podsIn, toApiServer } from '../../flows/peers.ts'
import { objectStoreFlows } from '../object-store/flows.ts'
import type { Cluster } from '../system.ts'
import { POSTGRES } from './names.ts'

/** The pods of PostgreSQL as ends of connections. */
export const postgresPeers = ({ namespaces }: ClusterEnvironment) => {
  const at = podsIn(namespaces.data)
  return { instances: at('postgres', POSTGRES.pods.instances), pooler: at('postgres-pooler', POSTGRES.pods.pooler) }
}

/** What instances and poolers open, what CloudNativePG opens to them, and the migrations of services. */
export const postgresFlows = ({ platform, environment }: Cluster): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.postgres, 'CloudNativePG')
  const { instances, pooler } = postgresPeers(environment)
  const { clients, status } = POSTGRES.ports
  return [
    ...(databasePlans(platform).length > 0
      ? [tcp(outside(environment).migrations, pooler, [clients], 'a new version prepares its database')]
      : []),
    tcp(pooler, instances, [clients], 'pooled connections of the services'),
    tcp(instances, instances, [clients, status], 'replication, and joining the cluster'),
    tcp(operator, instances, [clients, status], 'state of the instances, failover'),
    toApiServer(environment, instances, 'each instance reads and reports its own state'),
    toApiServer(environment, pooler, 'each pooler reads its own settings'),
    ...objectStoreFlows(environment, instances, 'write-ahead log and base backups'),
  ]
}

/** What a service that keeps rows opens. */
export const postgresClientFlows = (
  { environment }: Pick<Cluster, 'environment'>,
  from: FlowPeer,
  why = 'its own database',
): readonly Flow[] => [tcp(from, postgresPeers(environment).pooler, [POSTGRES.ports.clients], why)]
