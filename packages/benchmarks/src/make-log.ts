// The child of `sqlite-replay`: makes a log by the plan that it is given, where it is not kept yet, and says in which file it is.
import { type KeptPlan, keptLog } from './logs/kept-log.js'

const plan = JSON.parse(process.argv[2] ?? '') as KeptPlan
console.log(JSON.stringify(await keptLog(plan)))
