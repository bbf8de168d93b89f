import { containersOf, joined } from '../../pod-template.ts'
import type { Rule } from '../../types.ts'
import { objectsOf, textOf } from '../../values.ts'
import { parseImage } from '../images/image-reference.ts'

/** Folders of well-known images that hold what their own entrypoint or defaults need, by repository. */
const needed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docker.io/library/kong': {
    '/etc/kong': 'kong.conf.default',
    '/usr/local/kong': 'its Lua libraries and scripts',
  },
  'docker.io/kong/kong-gateway': { '/etc/kong': 'kong.conf.default' },
  'docker.io/clickhouse/clickhouse-server': {
    '/etc/clickhouse-server': 'config.xml and users.xml',
  },
  'docker.io/clickhouse/clickhouse-keeper': { '/etc/clickhouse-keeper': 'keeper_config.xml' },
  'docker.io/pytorch/torchserve': {
    '/home/model-server': 'config.properties and the folder of its entrypoint',
    '/home/venv': 'Python and its packages',
  },
  'docker.io/grafana/grafana': {
    '/etc/grafana': 'grafana.ini',
    '/usr/share/grafana': 'its pages and default settings',
  },
  'docker.io/library/nginx': { '/etc/nginx': 'nginx.conf and mime.types' },
  'docker.io/library/postgres': { '/usr/local/bin': 'docker-entrypoint.sh' },
  'docker.io/library/redis': { '/usr/local/bin': 'docker-entrypoint.sh' },
}

const trimmed = (path: string): string => path.replace(/\/+$/, '')

/** Volumes that cover files which an image brings along and needs. */
export const mountHides: Rule = {
  id: 'mount-hides',
  severity: 'warning',
  about: 'No volume covers a folder whose files the image itself needs.',
  check: (world) =>
    world.pods
      .filter(({ modelled }) => !modelled)
      .flatMap((group) =>
        containersOf(group).flatMap(({ name, path, spec }) => {
          const { repository } = parseImage(textOf(spec.image) ?? '')
          const folders = Object.hasOwn(needed, repository) ? (needed[repository] ?? {}) : {}
          return objectsOf(spec.volumeMounts).flatMap((mount, index) => {
            const at = trimmed(textOf(mount.mountPath) ?? '')
            const what = Object.hasOwn(folders, at) ? folders[at] : undefined
            if (what === undefined || mount.subPath !== undefined) return []
            return [
              {
                on: group.owner,
                path: joined(path, `volumeMounts[${index}].mountPath`),
                says: `The volume "${String(mount.name)}" covers ${at} of "${name}", and with it ${what}.`,
                fix: 'Mount it at a folder of its own and point the program there, or mount single files by subPath.',
              },
            ]
          })
        }),
      ),
}
