// The stack that the tests run on: stops and starts its components, and queries its Prometheus directly.

type Verb = 'stop' | 'kill' | 'start' | 'restart' | 'hang' | 'continue' | 'kill-container' | 'start-container' | 'restart-container';

/** A series of an answer: `value` of an instant query, `values` of a range query. */
export interface Series {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

export function environment(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run these tests by \`cargo xtask test e2e\``);
  }
  return value;
}

/** Stops, kills, pauses or starts a component of the stack; it is done when this returns. */
export async function control(verb: Verb, name: string) {
  const response = await fetch(`${environment('UTKIK_STACK_CONTROL')}/${verb}/${name}`, { method: 'POST' });
  if (!response.ok) {
    throw new Error(`the stack cannot ${verb} ${name}: ${await response.text()}`);
  }
}

/** Sends the request of a page again, directly to Prometheus without any proxy. */
export async function askAgain(url: string): Promise<Series[]> {
  const { pathname, search } = new URL(url);
  const endpoint = pathname.slice(pathname.indexOf('api/v1/'));
  const response = await fetch(environment('PROMETHEUS_DIRECT_URL') + endpoint + search);
  const { status, data, error } = await response.json();
  if (status !== 'success') {
    throw new Error(`Prometheus refuses ${url}: ${error}`);
  }
  return data.resultType === 'scalar' ? [{ metric: {}, value: data.result }] : data.result;
}

/** The value of an instant query now; undefined if it has none. */
export async function scalar(expression: string): Promise<number | undefined> {
  const [first] = await askAgain(`http://app/api/v1/query?query=${encodeURIComponent(expression)}`);
  return first?.value && Number(first.value[1]);
}
