import { SingleBar } from 'cli-progress'

/** How far long work is, shown where somebody looks. */
export interface Progress {
  readonly to: (done: number) => void
  end(): void
}

/** Shows a bar with rate and time left on a terminal, and nothing anywhere else. */
export function progressOn(output: NodeJS.WriteStream, what: string, total: number): Progress {
  if (!output.isTTY || total === 0) return { to: () => undefined, end: () => undefined }
  const began = performance.now()
  const bar = new SingleBar({
    stream: output,
    format: (options, { progress, value, eta }) => {
      const full = Math.round(progress * 28)
      const drawn = `${'━'.repeat(full)}${'╌'.repeat(28 - full)}`
      const rate = Math.round((value / Math.max(performance.now() - began, 1)) * 1000)
      const left = Number.isFinite(eta) && eta > 0 ? `${timeOf(eta)} left` : ''
      void options
      return `${what} ${drawn} ${String(Math.floor(progress * 100)).padStart(3)} %  ${rate.toLocaleString('en')} events/s  ${left}`
    },
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    linewrap: false,
    etaBuffer: 20,
    fps: 8,
  })
  bar.start(total, 0)
  return {
    to: (done) => bar.update(Math.min(done, total)),
    end: () => {
      bar.update(total)
      bar.stop()
    },
  }
}

function timeOf(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
