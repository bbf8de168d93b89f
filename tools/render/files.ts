import { overlayFiles } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'

/** The folders that hold nothing but what is rendered. */
export const renderedFolders = ['k8s'] as const

/** Everything that is rendered, text by path from the repository's root. */
export const renderedFiles = (): Readonly<Record<string, string>> =>
  Object.assign({}, ...Object.values(clusters).map((environment) => overlayFiles(platform, environment)))
