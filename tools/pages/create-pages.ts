import type { PlatformShape } from '@knowton/core'
import { openApi } from '@knowton/derive'
import type { Page, Pages } from '../gateway/answer.ts'
import { errorPage } from './error-page.ts'
import type { PlatformStatus } from './platform-status.ts'
import { referencePage } from './reference-page.ts'
import { statusPage } from './status-page.ts'
import { chooseLanguage } from './words.ts'

/** The pages of the gateway itself: status, API reference, the meaning of an error code. */
export const createPages = (platform: PlatformShape, readStatus: () => Promise<PlatformStatus>): Pages => {
  const api = openApi(platform)
  const apiText = JSON.stringify(api)
  const fixed: Readonly<Record<string, ReturnType<Pages>>> = {
    '/': async ({ query, acceptLanguage }) => statusPage(await readStatus(), chooseLanguage(query, acceptLanguage)),
    '/status.json': async () => json(JSON.stringify(await readStatus())),
    '/docs': async ({ query, acceptLanguage }) =>
      referencePage(api, platform.name, chooseLanguage(query, acceptLanguage)),
    '/openapi.json': async () => json(apiText),
  }
  return (path) => {
    if (Object.hasOwn(fixed, path)) return fixed[path]
    const code = /^\/errors\/([a-z.-]+)$/.exec(path)?.[1] ?? ''
    const entry = Object.hasOwn(platform.errors, code) ? platform.errors[code] : undefined
    if (entry === undefined) return undefined
    return async ({ query, acceptLanguage }) =>
      errorPage(platform, { code, ...entry }, chooseLanguage(query, acceptLanguage))
  }
}

const json = (body: string): Page => ({
  status: 200,
  headers: [
    'Content-Type',
    'application/json; charset=utf-8',
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
  ],
  body,
})
