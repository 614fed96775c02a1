import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { progressOn } from './progress.js'

function screen(isTTY: boolean) {
  const stream = new PassThrough()
  const seen: string[] = []
  stream.setEncoding('utf8').on('data', (text: string) => seen.push(text))
  const output = Object.assign(stream, { isTTY, columns: 120 }) as object as NodeJS.WriteStream
  return { output, said: () => stripVTControlCharacters(seen.join('')) }
}

describe('long work', () => {
  it('shows on a terminal what is done, how fast it goes and how long it takes still', async () => {
    const { output, said } = screen(true)
    const bar = progressOn(output, 'verify', 1_000)
    for (let done = 100; done <= 500; done += 100) {
      bar.to(done)
      await setTimeout(150)
    }
    bar.end()
    expect(said()).toMatch(/verify ━{14}╌{14} {2}50 % {2}[\d,]+ events\/s {2}\d+ s left/)
  })

  it('shows nothing where nobody looks, nor of nothing', () => {
    for (const { output, said } of [screen(false), screen(true)]) {
      const bar = progressOn(output, 'verify', output.isTTY ? 0 : 10)
      bar.to(5)
      bar.end()
      expect(said()).toBe('')
    }
  })
})
