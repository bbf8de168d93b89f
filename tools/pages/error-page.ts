import type { ErrorEntry, PlatformShape } from '@knowton/core'
import { publicRoutes } from '@knowton/derive'
import type { Page } from '../gateway/answer.ts'
import { document } from './document.ts'
import { html } from './html.ts'
import type { Language } from './words.ts'

/** What one error code means and which routes name it; the `type` of problem documents leads here. */
export const errorPage = (
  platform: PlatformShape,
  { code, status, says, retry }: ErrorEntry & { readonly code: string },
  language: Language,
): Page => {
  const routes = publicRoutes(platform).filter(({ route }) => route.errors.includes(code))
  return document({
    language,
    title: `${code} · ${platform.name}`,
    platformName: platform.name,
    at: undefined,
    refreshes: false,
    main: html`<main lang="en"><h1><code>${code}</code></h1><p class="lead">${says}</p>
<section class="card"><dl><dt>Status</dt><dd>${status}</dd>
<dt>Try again</dt><dd>${retry === 'later' ? 'Yes, after Retry-After: the cause passes.' : 'No: the same request is refused again.'}</dd>
<dt>Routes</dt><dd>${
      routes.length === 0
        ? 'any'
        : html`<ul class="plain">${routes.map(
            ({ name, route, path }) =>
              html`<li><a href="/docs?lang=${language}#${name}"><span class="method ${route.method}">${route.method}</span> ${path}</a></li>`,
          )}</ul>`
    }</dd></dl></section></main>`,
  })
}
