import type { Rule } from '../../types.ts'
import { isTrue } from '../../values.ts'
import { torchServes } from './torchserves.ts'

/** A configuration that lies where nobody looks. */
export const torchserveConfigIgnored: Rule = {
  id: 'torchserve-config-ignored',
  severity: 'error',
  about: 'Every configuration that is mounted for TorchServe lies where it reads it.',
  check: (world) =>
    torchServes(world)
      .filter(({ files, configPath }) => files.length > 0 && files.every(({ path }) => path !== configPath))
      .map(({ group, path, files, configPath }) => ({
        on: group.owner,
        path: `${path}.volumeMounts`,
        says: `TorchServe will not read ${files[0]?.path}: it reads ${configPath}, and the image's own file there loads no models at start.`,
        fix: `Set TS_CONFIG_FILE to ${files[0]?.path}, or mount the file at ${configPath} with a subPath.`,
      })),
}

/** Variables count only with `enable_envvars_config=true`. */
export const torchserveEnvironmentIgnored: Rule = {
  id: 'torchserve-environment-ignored',
  severity: 'error',
  about: 'No TorchServe is configured by variables that it will not read.',
  check: (world) =>
    torchServes(world).flatMap(({ group, path, environment, settings }) => {
      const names = [...environment.variables.keys()].filter((name) => /^TS_/.test(name) && name !== 'TS_CONFIG_FILE')
      if (names.length === 0 || settings === undefined || isTrue(settings.get('enable_envvars_config'))) return []
      return [
        {
          on: group.owner,
          path: environment.variables.get(names[0] ?? '')?.path ?? path,
          says: `${names.join(', ')} will do nothing: TorchServe reads variables only with enable_envvars_config=true in the file that it reads.`,
          fix: 'Set enable_envvars_config=true in config.properties, or write the settings there.',
        },
      ]
    }),
}

const isOpen = (address: string): boolean => !/\/\/(127\.|localhost|\[::1\])/.test(address)

/** The management API registers models, which are code. */
export const torchserveManagementExposed: Rule = {
  id: 'torchserve-management-exposed',
  severity: 'error',
  about: 'No management API of TorchServe listens where others reach it.',
  check: (world) =>
    torchServes(world).flatMap(({ group, path, files, settings }) => {
      const address = settings?.get('management_address')
      const written = files.find(({ content }) => /^\s*management_address\s*=\s*\w+:\/\/0\.0\.0\.0/m.test(content))
      if ((address === undefined || !isOpen(address)) && written === undefined) return []
      return [
        {
          on: written?.source ?? group.owner,
          path: written?.sourcePath ?? path,
          says: 'Every pod that reaches port 8081 may register a model, and a model is code that runs here: the management API listens on all addresses.',
          fix: 'Set management_address=http://127.0.0.1:8081 and enable_model_api=false in the file that is read.',
        },
      ]
    }),
}

/** Its README: "no longer actively maintained … no security patches"; 0.12.0 of 2024 is the last release. */
export const torchserveUnmaintained: Rule = {
  id: 'torchserve-unmaintained',
  severity: 'note',
  about: 'Every model server that runs is one that somebody maintains.',
  check: (world) =>
    torchServes(world).map(({ group, path }) => ({
      on: group.owner,
      path: `${path}.image`,
      says: 'Holes found in TorchServe stay open: the project ended with 0.12.0.',
      fix: 'Let nothing but its callers reach it and let it reach nothing, and plan for another server of the same inference protocol (Triton).',
    })),
}

/** The image's entrypoint switches tokens off. */
export const torchserveTokensOff: Rule = {
  id: 'torchserve-tokens-off',
  severity: 'warning',
  about: 'Every TorchServe asks its callers for a token.',
  check: (world) =>
    torchServes(world)
      .filter(
        ({ usesEntrypoint, arguments: words }) => usesEntrypoint || words.join(' ').includes('--disable-token-auth'),
      )
      .map(({ group, path, usesEntrypoint }) => ({
        on: group.owner,
        path,
        says: `Inference and management answer whoever asks: ${usesEntrypoint ? "the image's entrypoint starts the server" : 'the server is started'} with --disable-token-auth.`,
        fix: 'Start torchserve by args of your own, and keep the management API on 127.0.0.1 and the callers to those that a NetworkPolicy names.',
      })),
}

/** The entrypoint ends with `tail -f /dev/null`, which outlives the server. */
export const torchserveDeathUnnoticed: Rule = {
  id: 'torchserve-death-unnoticed',
  severity: 'error',
  about: 'Every container of TorchServe ends when TorchServe dies.',
  check: (world) =>
    torchServes(world)
      .filter(({ usesEntrypoint, container }) => usesEntrypoint && container.livenessProbe === undefined)
      .map(({ group, path }) => ({
        on: group.owner,
        path,
        says: 'A server that dies is never started again: the entrypoint ends with tail -f /dev/null, the container runs on, and no liveness probe asks.',
        fix: 'Probe GET /ping on port 8080.',
      })),
}
