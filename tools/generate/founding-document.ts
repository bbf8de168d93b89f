/**
 * Extracts what the founding document asks into infra/founding-document/asks.json. Run by hand, with the document:
 * node tools/generate/founding-document.ts <infrastructure.zh.md>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractAsks } from './founding-asks.ts'

const [document] = process.argv.slice(2)
if (document === undefined) throw new Error('Name the document: node tools/generate/founding-document.ts <file.md>')
const target = join(import.meta.dirname, '../../infra/founding-document/asks.json')
writeFileSync(target, extractAsks(readFileSync(document, 'utf8')))
