// Other proxies answer for Prometheus in their own way. Each such answer is shown as one message; none breaks the page.
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitUntilReady, panel, showAllPanels } from './app';
import { expect, test } from './fixture';
import { environment } from './stack';

interface Case {
  what: string;
  status: number;
  type: string;
  body: string;
  says: RegExp;
}

const CASES: Case[] = [
  {
    what: 'a bad gateway, as HTML',
    status: 502,
    type: 'text/html',
    body: '<html><h1>502 Bad Gateway</h1></html>',
    says: /Prometheus does not answer\. \(HTTP 502\)/,
  },
  {
    what: 'a Prometheus that is still starting, as text',
    status: 503,
    type: 'text/plain',
    body: 'Service Unavailable',
    says: /Prometheus does not answer\. \(HTTP 503\)/,
  },
  {
    what: 'a login page',
    status: 200,
    type: 'text/html',
    body: '<!doctype html><form>Log in</form>',
    says: /What answers here is not Prometheus/,
  },
  {
    what: 'a refusal',
    status: 403,
    type: 'text/html',
    body: '<h1>403 Forbidden</h1>',
    says: /The proxy does not let this request through\. \(HTTP 403\)/,
  },
  {
    what: 'a truncated answer',
    status: 200,
    type: 'application/json',
    body: '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1700000000,"1"],[17000',
    says: /broke off in the middle/,
  },
  {
    what: 'an answer of more than 32 MB',
    status: 200,
    type: 'application/json',
    body: `{"status":"success","data":{"resultType":"vector","result":[],"padding":"${'x'.repeat(33 << 20)}"}}`,
    says: /larger than 32 MB/,
  },
  {
    what: 'an error of the query',
    status: 422,
    type: 'application/json',
    body: '{"status":"error","errorType":"execution","error":"query processing would load too many samples <b>"}',
    says: /execution: query processing would load too many samples <b>/,
  },
];

let server: Server;
let answer: Case = CASES[0];

test.beforeAll(async () => {
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/prometheus/')) {
      response.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body);
    } else {
      get(`${environment('NGINX_ROOT_URL')}${request.url?.slice(1)}`, (upstream) => {
        response.writeHead(upstream.statusCode ?? 502, upstream.headers);
        upstream.pipe(response);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => {
  server.close();
  server.closeAllConnections();
});

for (const one of CASES) {
  test(`${one.what} is shown as a message`, async ({ page, watch }) => {
    answer = one;
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    watch.allow(origin);
    watch.tolerate(/Failed to load resource/);
    await page.goto(`${origin}/utkik/?d=instances&lang=en&refresh=off`);
    await waitUntilReady(page);
    await showAllPanels(page);
    await expect(panel(page, 5)).toHaveAttribute('data-state', 'failed');
    // In the panel, or once for the whole page if the source itself cannot be reached.
    await expect(page.locator('.content')).toContainText(one.says);
    for (const query of ['?lang=en', '?page=alerts&lang=en', '?page=targets&lang=en']) {
      await page.goto(`${origin}/utkik/${query}`);
      await waitUntilReady(page);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
    await expect(page.getByRole('alert').first()).toContainText(one.says);
  });
}
