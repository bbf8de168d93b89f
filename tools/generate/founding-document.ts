/**
 * Extracts what the founding document requires into infra/founding-document/requirements.json. Run by hand, with the document:
 * node tools/generate/founding-document.ts <infrastructure.zh.md>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractRequirements } from './founding-requirements.ts'

const [document] = process.argv.slice(2)
if (document === undefined) throw new Error('Name the document: node tools/generate/founding-document.ts <file.md>')
const target = join(import.meta.dirname, '../../infra/founding-document/requirements.json')
writeFileSync(target, extractRequirements(readFileSync(document, 'utf8')))
