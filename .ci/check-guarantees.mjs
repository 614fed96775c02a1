// Fails when docs/guarantees.md claims what no test of the last full run proved.
import { readFileSync } from 'node:fs'
import { claimsOf, engineProblemsOf, enginesOf, problemsOf } from './guarantees.mjs'

const page = readFileSync('docs/guarantees.md', 'utf8')
const [claims, engines] = [claimsOf(page), enginesOf(page)]
const ran = JSON.parse(readFileSync('node_modules/.cache/test-titles.json', 'utf8'))
const problems = [...problemsOf(claims, ran), ...engineProblemsOf(engines, ran)]
for (const problem of problems) console.error(problem)
console.log(`${claims.length} claims, ${problems.length} without proof`)
process.exitCode = problems.length === 0 && claims.length > 0 && engines.length > 0 ? 0 : 1
