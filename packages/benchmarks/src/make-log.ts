// The child of `sqlite-replay`: makes a log by the plan that it is given, where it is not kept yet, and says in which file it is.
import { keptLog } from './logs/kept-log.js'

console.log(JSON.stringify(await keptLog(JSON.parse(process.argv[2] ?? ''))))
