import { createHash } from 'node:crypto'
import type { Page } from '../gateway/answer.ts'
import { type Html, html } from './html.ts'
import { style } from './style.ts'
import { type Language, words } from './words.ts'

/** Keeps the page on screen current: fetches it again and swaps its main part, while somebody looks. */
const refresh = `
const every = 2000
const banner = document.getElementById('stale')
const again = async () => {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(5000) })
      if (!answer.ok) throw new Error(answer.statusText)
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (!getSelection()?.toString()) document.querySelector('main').replaceWith(next.querySelector('main'))
      document.title = next.title
      banner.hidden = true
    } catch { banner.hidden = false }
  }
  setTimeout(again, every)
}
setTimeout(again, every)
`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing but what the page itself carries may load or run, and nobody may frame it. */
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(refresh)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234f46e5'/%3E%3Cpath d='M5 4v8M11 4 5.5 8 11 12' stroke='white' stroke-width='2' fill='none'/%3E%3C/svg%3E"

export type DocumentParts = {
  readonly language: Language
  readonly title: string
  readonly platformName: string
  /** Which of the pages this is. */
  readonly at: '/' | '/docs' | undefined
  readonly main: Html
  readonly refreshes: boolean
}

/** A whole page around its main part. */
export const document = ({ language, title, platformName, at, main, refreshes }: DocumentParts): Page => {
  const say = words[language]
  const other: Language = language === 'zh' ? 'en' : 'zh'
  const link = (path: '/' | '/docs', text: string) =>
    at === path
      ? html`<a href="${path}?lang=${language}" aria-current="page">${text}</a>`
      : html`<a href="${path}?lang=${language}">${text}</a>`
  const page = html`<!doctype html>
<html lang="${say.htmlLang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${{ html: ICON }}">
<style>${{ html: style }}</style>
</head>
<body>
<header>
<a class="brand" href="/?lang=${language}">${platformName}</a>
<nav>${link('/', say.status)}${link('/docs', say.reference)}<a href="?lang=${other}" hreflang="${words[other].htmlLang}" lang="${words[other].htmlLang}">${say.otherLanguage}</a></nav>
</header>
<p id="stale" class="banner" role="status" hidden>${say.stale}</p>
${main}
${refreshes ? html`<script>${{ html: refresh }}</script>` : undefined}
</body>
</html>
`
  return {
    status: 200,
    headers: [
      'Content-Type',
      'text/html; charset=utf-8',
      'Content-Security-Policy',
      policy,
      'X-Content-Type-Options',
      'nosniff',
      'Referrer-Policy',
      'no-referrer',
      'Cache-Control',
      'no-store',
      'Vary',
      'Accept-Language',
    ],
    body: page.html,
  }
}
