import {
  argoInstall,
  argoObjects,
  operatorFiles,
  overlayFiles,
  promtoolTests,
  restoreDrill,
  ruleFiles,
  terraformFiles,
  toYaml,
  workflowFiles,
} from '@knowton/derive'
import { argoVersion, clusters, delivery, operators, workflowSettings } from '@knowton/infra'
import { platform } from '@knowton/system'
import { docFiles } from './docs.ts'

type Files = Readonly<Record<string, string>>

/** The folders that hold nothing but what is rendered. */
export const renderedFolders = ['k8s', 'terraform', 'argocd', '.github/workflows', 'docs/verify'] as const

const environments = Object.values(clusters)

/** Everything that is rendered, text by path from the repository's root. */
export const renderedFiles = (): Files => ({
  ...Object.assign({}, ...environments.map((environment) => overlayFiles(platform, environment))),
  ...operatorFiles(operators, clusters.production.kubernetesVersion),
  ...drills(),
  ...ruleTests(),
  ...terraformFiles(platform, [clusters.production, clusters.staging]),
  ...argoFiles(),
  ...workflowFiles(platform, workflowSettings),
  ...docFiles(),
})

/** What is applied by hand, to see that backups can be restored. */
const drills = (): Files =>
  Object.fromEntries(
    environments.map((environment) => [
      `k8s/drills/${environment.name}/postgres-restore.yaml`,
      toYaml(restoreDrill(environment)),
    ]),
  )

/** The alert rules as Prometheus reads them, each set beside its unit tests for promtool. */
const ruleTests = (): Files =>
  Object.fromEntries(
    [ruleFiles, promtoolTests].flatMap((made) =>
      Object.entries(made(platform, clusters.production)).map(([name, text]) => [`k8s/tests/alerts/${name}`, text]),
    ),
  )

const argoFiles = (): Files => ({
  ...Object.fromEntries(
    Object.entries(argoInstall(argoVersion)).map(([name, object]) => [`argocd/install/${name}`, toYaml([object])]),
  ),
  ...Object.fromEntries(
    environments.flatMap((environment) =>
      argoObjects(platform, environment, delivery).map((object) => [
        `argocd/${environment.name}/${object.kind === 'ApplicationSet' ? 'applications' : object.metadata.name}.yaml`,
        toYaml([object]),
      ]),
    ),
  ),
})
