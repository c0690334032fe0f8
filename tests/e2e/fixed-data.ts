// A Prometheus with fixed data and a fixed time, for checks that compare pages with those of an earlier version.
//
// Its two hours of history are generated from the output of real exporters (tests/fixtures/expositions). Rules and targets depend on the
// server's clock, so these two answers are captured ones. The dates of the answers and the browser's clock are the end of the history.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** The end of the history: a whole hour in November 2023. */
export const END = 1_700_002_800;
const LENGTH = 2 * 60 * 60;
const SCRAPE_INTERVAL = 30;

/** Job, exposition, instances. */
const JOBS: [string, string, string[]][] = [
  ['node', 'node', ['app', 'db', 'monitor']],
  ['nginx', 'nginx', ['app']],
  ['mysql', 'mysql', ['db']],
  ['docker', 'docker', ['app']],
  ['prometheus', 'prometheus', ['monitor']],
];
const FIXTURES = join(__dirname, '../fixtures');

/** One line of an exposition: name, labels as they are written, value. */
function samples(exposition: string): [string, string, number][] {
  const lines = readFileSync(join(FIXTURES, `expositions/${exposition}.txt`), 'utf8').split('\n');
  return lines
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = line.match(/^([\w:]+)(?:\{(.*)\})? (\S+)/) ?? [];
      return [name, labels, Number(value)];
    });
}

/** Counters grow at a varying rate, those of seconds by less than a second per second; other values vary a little. */
function valueAt(name: string, labels: string, value: number, seconds: number): number {
  if (name === 'container_last_seen') {
    return seconds;
  }
  const elapsed = seconds - (END - LENGTH);
  const phase = [...name + labels].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 628, 7) / 100;
  const pace = name.endsWith('_seconds_total') ? 0.05 : 10;
  if (/_total$|^nginx_connections_(accepted|handled)$|^mysql_global_status_(bytes|queries|slow|aborted|innodb)/.test(name)) {
    // The derivative of the wave is at most 0.8 of the pace: a counter never falls.
    return value + pace * (elapsed + 480 * (1 + Math.sin(elapsed / 600 + phase)));
  }
  const still = /_info$|^up$|boot_time|start_time|_size_bytes|^node_memory_MemTotal|_limit|_max_/.test(name) || Number.isInteger(value) && value < 100;
  return still ? value : value * (1 - 0.1 * (1 + Math.sin(elapsed / 900 + phase)));
}

function history(): string {
  const lines: string[] = [];
  for (const [job, exposition, instances] of JOBS) {
    const scraped = samples(exposition);
    for (const instance of instances) {
      const all: [string, string, number][] = [...scraped, ['up', '', 1], ['scrape_duration_seconds', '', 0.01], ['scrape_samples_scraped', '', scraped.length]];
      for (const [name, labels, value] of all) {
        const series = `${name}{${[`job="${job}"`, `instance="${instance}"`, labels].filter(Boolean).join(',')}}`;
        for (let seconds = END - LENGTH; seconds <= END; seconds += SCRAPE_INTERVAL) {
          lines.push(`${series} ${valueAt(name, `${instance}${labels}`, value, seconds)} ${seconds}`);
        }
      }
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** The body of a captured answer, without its first line, which has the status. */
const captured = (name: string) => readFileSync(join(FIXTURES, `api/prometheus-3/${name}.http`), 'utf8').replace(/^.*\n/, '');

/** A running Prometheus with the fixed data. */
export class FixedData {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
    private readonly url: string,
  ) {}

  /** Makes the history and starts Debian's Prometheus on it. */
  static async start(): Promise<FixedData> {
    const folder = mkdtempSync(join(tmpdir(), 'utkik-fixed-'));
    writeFileSync(join(folder, 'history.txt'), history());
    writeFileSync(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
    execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', join(folder, 'history.txt'), join(folder, 'data')]);
    const port = await freePort();
    const server = spawn(
      'prometheus',
      [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data`,
        '--storage.tsdb.retention.time=100y',
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    const data = new FixedData(folder, server, `http://127.0.0.1:${port}/`);
    for (let tries = 0; tries < 150; tries++) {
      const ready = await fetch(`${data.url}-/ready`).then(({ ok }) => ok, () => false);
      if (ready) {
        return data;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    data.stop();
    throw new Error('Prometheus does not get ready');
  }

  stop() {
    this.server.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Answers the API requests of `page` from this Prometheus, at the end of its history. */
  async serve(page: Page) {
    await page.clock.setFixedTime(END * 1_000);
    const headers = { 'content-type': 'application/json', date: new Date(END * 1_000).toUTCString(), 'cache-control': 'no-store' };
    await page.route('**/prometheus/api/v1/**', async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const endpoint = pathname.slice(pathname.indexOf('api/v1/'));
      const fixed = { 'api/v1/rules': 'rules', 'api/v1/targets': 'targets' }[endpoint];
      if (fixed) {
        await route.fulfill({ headers, body: captured(fixed) });
        return;
      }
      const answer = await fetch(this.url + endpoint + search);
      await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
    });
  }
}
