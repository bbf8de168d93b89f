import { platform, type ServiceName } from '@knowton/system'
import { both, type Change, camel, importing, insertAfter, kebab, template, WrongWords } from './change.ts'

/** The declared service that a name before the slash means; throws WrongWords for another. */
export const serviceOf = (words: string | undefined, what: string): readonly [service: ServiceName, name: string] => {
  const [service = '', name] = (words ?? '').split('/')
  if (!Object.hasOwn(platform.services, service)) {
    const known = Object.keys(platform.services).join(', ')
    throw new WrongWords(`${what} is written <service>/<name>, and "${service}" is no service; there are ${known}.`)
  }
  return [service as ServiceName, kebab(name, `The name of ${what.toLowerCase()}`)]
}

/** `npm run new -- route <service>/<name>`: a GET for names that begin with get or list, else a POST. */
export const newRoute = (words: readonly string[]): Change => {
  const [service, name] = serviceOf(words[0], 'A route')
  const key = camel(name)
  const reads = /^(get|list)-/.test(name)
  const [, base = service] = Object.values(platform.services[service].routes)[0]?.path.match(/^\/([a-z-]+)/) ?? []
  const thing = name.replace(/^[a-z]+-/, '')
  return {
    created: {
      [`services/${service}/routes/${name}.ts`]: template(reads ? 'route-reads.ts' : 'route-writes.ts', name),
    },
    edited: {
      [`system/services/${service}.ts`]: insertAfter(
        'routes: {',
        `\n${key}: route({ ${reads ? readRoute(base, thing) : writeRoute(base, thing)} errors: [] }),\n`,
      ),
      [`services/${service}/implementation.ts`]: both(
        insertAfter('routes: {', ` ${key},`),
        importing(`import { ${key} } from './routes/${name}.ts'`),
      ),
    },
    next: [
      `Say in system/services/${service}.ts what ${key} takes, answers and refuses; new error codes go into system/errors.ts.`,
      `Test it beside its file, services/${service}/routes/${name}.stores.test.ts, as its neighbours are.`,
    ],
  }
}

const readRoute = (base: string, thing: string): string =>
  `method: 'GET', path: '/${base}/${thing}/:id', summary: 'One ${thing.replaceAll('-', ' ')}.', access: 'public', params: z.object({ id: z.uuid() }), output: z.object({ id: z.uuid() }),`

const writeRoute = (base: string, thing: string): string =>
  `method: 'POST', path: '/${base}/${thing}', summary: 'Makes one ${thing.replaceAll('-', ' ')}.', access: 'user', idempotent: true, body: z.strictObject({ id: z.uuid() }), output: z.object({ id: z.uuid() }),`
