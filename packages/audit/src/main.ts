#!/usr/bin/env node
import { exits } from './cli/exits.js'
import { runProgram } from './cli/program.js'

const stopping = new AbortController()
// The second time nobody waits for anything.
process.once('SIGINT', () => stopping.abort())
process.once('SIGTERM', () => stopping.abort())

const { stdout, stderr, env } = process
const stop = stopping.signal
process.exitCode = await runProgram(process.argv.slice(2), { stdout, stderr, env, stop, now: () => new Date() })
// Whoever stops it waits for nobody who reads slowly.
if (process.exitCode === exits.stopped) process.exit()
