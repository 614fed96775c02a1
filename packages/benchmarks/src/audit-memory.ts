// The child of the benchmarks of audits: makes one audit of the log in a file, and says what that took.
import { audit } from './ours/audit.js'

const [name = '', file = ''] = process.argv.slice(2)
console.log(JSON.stringify(await audit(name, file)))
