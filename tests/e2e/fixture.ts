// The base of every test: it fails on errors of the page, and repairs the stack afterwards.
import { expect, test as base, type BrowserContext } from '@playwright/test';
import { control } from './stack';

export { expect };

/** Watches browser contexts and collects errors: messages on the console, exceptions, foreign requests, violations of the CSP. */
export class Watch {
  readonly complaints: string[] = [];
  private readonly origins = new Set<string>();
  private tolerated: RegExp[] = [];

  constructor(url: string) {
    this.allow(url);
  }

  /** Requests to the origin of `url` are no complaint. */
  allow(url: string) {
    this.origins.add(new URL(url).origin);
  }

  /** Messages on the console that match are expected. */
  tolerate(message: RegExp) {
    this.tolerated.push(message);
  }

  async over(context: BrowserContext) {
    context.on('console', (message) => {
      // When containers start or stop, this machine's network changes, and Chromium aborts running requests. The app retries them.
      const ours = !message.text().includes('net::ERR_NETWORK_CHANGED');
      const loud = ours && (message.type() === 'error' || message.type() === 'warning');
      if (loud && !this.tolerated.some((pattern) => pattern.test(message.text()))) {
        this.complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.complaints.push(`uncaught: ${error.error()}`));
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && !this.origins.has(origin)) {
        this.complaints.push(`request to a foreign host: ${request.url()}`);
      }
    });
    await context.exposeBinding('reportViolation', (_, violation: string) => {
      this.complaints.push(`Content-Security-Policy: ${violation}`);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
        // @ts-expect-error: the binding above
        reportViolation(`${effectiveDirective} blocked ${blockedURI} (${sourceFile}:${lineNumber})`);
      });
    });
  }
}

/** Stops or pauses components of the stack. They are started again after the test, also if it fails. */
export class Outages {
  private readonly mends: (() => Promise<unknown>)[] = [];

  async stop(service: string) {
    this.mends.push(() => control('start', service));
    await control('stop', service);
  }

  async hang(service: string) {
    this.mends.push(() => control('continue', service));
    await control('hang', service);
  }

  async mend() {
    for (let mend = this.mends.pop(); mend; mend = this.mends.pop()) {
      await mend();
    }
  }
}

export const test = base.extend<{ watch: Watch; outages: Outages }>({
  watch: async ({ baseURL }, use) => {
    const watch = new Watch(baseURL ?? '');
    await use(watch);
    expect(watch.complaints).toEqual([]);
  },
  context: async ({ context, watch }, use) => {
    await watch.over(context);
    await use(context);
  },
  outages: async ({}, use) => {
    const outages = new Outages();
    await use(outages);
    await outages.mend();
  },
});
