export { ApiProblem, parseProblem } from './client/api-problem.ts'
export type { BytesBody, Call, CallInput, Client, ClientOptions, ReceivedBytes } from './client/client-types.ts'
export { createClient } from './client/create-client.ts'
export type { Sent } from './client/sent.ts'
export type { ActionName, ActionPins } from './delivery/actions.ts'
export { argoObjects, type DeliverySettings } from './delivery/argo.ts'
export { type ArgoVersion, argoInstall } from './delivery/argo-install.ts'
export { type Operator, type OperatorSource, operatorsOf, supports } from './delivery/operator.ts'
export { operatorFiles } from './delivery/operator-files.ts'
export type { WorkflowSettings } from './delivery/workflow-settings.ts'
export { workflowFiles } from './delivery/workflows.ts'
export { docs } from './docs/docs.ts'
export { type Edge, edges } from './edges.ts'
export type { Environment, ServiceSettings } from './environment.ts'
export { faults } from './faults/faults.ts'
export {
  type KongConfig,
  type KongPlugin,
  type KongResources,
  type KongRoute,
  type KongService,
  kongConfig,
  TOKEN_ISSUER,
} from './gateway/kong-config.ts'
export type {
  Cloud,
  CloudAccount,
  ClusterEnvironment,
  ImageName,
  NetworkSpec,
  PoolName,
  PoolSpec,
  Release,
  Resources,
} from './kubernetes/cluster-environment.ts'
export { components } from './kubernetes/components.ts'
export type { Flow, FlowPeer, FlowPort } from './kubernetes/flows/flow.ts'
export { flows, flowTable } from './kubernetes/flows.ts'
export { type Component, type Group, groups, type Manifest } from './kubernetes/manifest.ts'
export { promtoolTests } from './kubernetes/monitoring/rules/promtool-tests.ts'
export { ruleFiles } from './kubernetes/monitoring/rules/rule-files.ts'
export { serviceMetrics } from './kubernetes/monitoring/service-metrics.ts'
export { type DerivedNodePool, nodePools } from './kubernetes/node-pools.ts'
export { overlayFiles } from './kubernetes/overlay.ts'
export { RENDERED, toYaml } from './kubernetes/parts/yaml.ts'
export { LOCAL_SECRETS_NAMESPACE } from './kubernetes/platform/namespaces.ts'
export { secretEntries, secretEntryName } from './kubernetes/secrets/entries.ts'
export { serviceImage } from './kubernetes/service-image.ts'
export { accessRules } from './kubernetes/systems/postgres/access.ts'
export { restoreDrill } from './kubernetes/systems/postgres/restore-drill.ts'
export type { Cluster, SecretEntries, SecretValue, System as ClusterSystem } from './kubernetes/systems/system.ts'
export { clusterOf } from './kubernetes/systems/systems.ts'
export { type OpenApi, openApi } from './openapi/open-api.ts'
export type { MediaType, Operation, Parameter, Response } from './openapi/operation.ts'
export { problemType } from './openapi/route-errors.ts'
export type { JsonSchema } from './openapi/wire-schema.ts'
export { type DatabasePlan, databaseName, databasePlans, EVENT_READERS } from './plan/databases.ts'
export {
  databaseUrl,
  type LocalPlan,
  type LocalResources,
  localPlan,
  originOf,
  type ProcessPlan,
  storeFolder,
} from './plan/local-plan.ts'
export { API_PREFIX, type DeclaredRoute, declaredRoutes, publicRoutes } from './routes.ts'
export { type RunRecord, runRecord } from './run-record.ts'
export { terraformFiles } from './terraform/terraform-files.ts'
