/** Parts of a Deployment that tests of rules differ in, each a flow-style YAML mapping or value. */
type Parts = {
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly annotations?: string
  /** Of the workload, beside its template: `replicas: 2, strategy: { type: Recreate }`. */
  readonly workload?: string
  /** Of the pod, beside its containers: `hostNetwork: true`. */
  readonly pod?: string
  /** Of the one container, beside its name and image. */
  readonly container?: string
  readonly image?: string
}

/** YAML of a Deployment (or another workload) with one container `app`, whose pods carry `app: <name>`. */
export const deployment = ({
  kind = 'Deployment',
  name = 'market',
  namespace = 'prod',
  annotations = '{}',
  workload,
  pod,
  container,
  image = 'ghcr.io/knowton/market:1',
}: Parts = {}): string => `---
apiVersion: ${kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${workload === undefined ? '' : `${workload}, `}selector: { matchLabels: { app: ${name} } }, template: {
  metadata: { labels: { app: ${name} }, annotations: ${annotations} },
  spec: { ${pod === undefined ? '' : `${pod}, `}containers: [
    { name: app, image: "${image}"${container === undefined ? '' : `, ${container}`} }
  ] } } }
`
