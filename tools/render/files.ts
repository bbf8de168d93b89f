import { argoInstall, argoObjects, operatorFiles, overlayFiles, toYaml, workflowFiles } from '@knowton/derive'
import { argoVersion, clusters, delivery, operators, workflowSettings } from '@knowton/infra'
import { platform } from '@knowton/system'

type Files = Readonly<Record<string, string>>

/** The folders that hold nothing but what is rendered. */
export const renderedFolders = ['k8s', 'argocd', '.github/workflows'] as const

/** Everything that is rendered, text by path from the repository's root. */
export const renderedFiles = (): Files => ({
  ...Object.assign({}, ...Object.values(clusters).map((environment) => overlayFiles(platform, environment))),
  ...operatorFiles(operators, clusters.production.kubernetesVersion),
  ...argoFiles(),
  ...workflowFiles(platform, workflowSettings),
})

const argoFiles = (): Files => ({
  ...Object.fromEntries(
    Object.entries(argoInstall(argoVersion)).map(([name, object]) => [`argocd/install/${name}`, toYaml([object])]),
  ),
  ...Object.fromEntries(
    Object.values(clusters).flatMap((environment) =>
      argoObjects(platform, environment, delivery).map((object) => [
        `argocd/${environment.name}/${object.kind === 'ApplicationSet' ? 'applications' : object.metadata.name}.yaml`,
        toYaml([object]),
      ]),
    ),
  ),
})
