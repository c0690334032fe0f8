// Starts the app, and sends its first requests while the wasm loads. It is a file, because the Content-Security-Policy allows no inline
// script.
const { js, wasm, ...files } = document.querySelector("script[data-wasm]").dataset;

const link = (attributes) => document.head.appendChild(Object.assign(document.createElement("link"), attributes));
const view = new URLSearchParams(location.search);
const dashboard = view.get("d");
const isDashboard = /^[\w-]+$/.test(dashboard ?? "");

// The answers for the app, by URL (src/state/early.rs).
window.early = {};
const ask = (href) => {
  // The timeout of the app (src/state/client.rs).
  const answer = window.early[href] = fetch(href, { signal: AbortSignal.timeout(40_000) });
  // After a failure the app sends the request again.
  answer.catch(() => {});
  return answer;
};
const file = isDashboard && ask(`dashboards/${dashboard}.json`);
// All other pages are in on-demand files.
const page = isDashboard ? "" : view.get("page") ? "lists" : "overview";
// A later fetch of the same URL takes the preloaded answer.
files[page]?.split(" ").forEach((href) => link({ rel: "preload", as: "fetch", href, crossOrigin: "anonymous" }));

// Requests the options of the first variable of a dashboard, in the last hour: all its panels wait for them. The URL is that of
// src/state/variables.rs, over whole blocks of five minutes; if the clocks differ, the app sends its own request.
const askChoices = (api, { variables }) => {
  const [, selector, label] = /^label_values\(([^$]+), (\w+)\)$/.exec(variables?.[0]?.query) ?? [];
  const block = 300 * Math.floor(Date.now() / 300_000);
  const hour = { start: block - 3_600, end: block + 300, "match[]": selector };
  if (label) ask(`${api}label/${label}/values?${new URLSearchParams(hour)}`);
};

// Sends the requests that depend on the configuration before the app runs.
window.early["config.json"] = ask("config.json").then(async (answer) => {
  const { sources, dashboards } = await answer.clone().json().catch(() => ({}));
  const api = `${(sources?.[0]?.url ?? "../prometheus/").replace(/\/*$/, "/")}api/v1/`;
  ask(`${api}rules?type=alert`);
  ask(`${api}targets?state=active`);
  const ids = dashboards?.map((entry) => entry.id ?? entry) ?? [];
  if (file && !view.has("from") && !view.has("to")) file.then((answer) => answer.clone().json()).then((dashboard) => askChoices(api, dashboard)).catch(() => {});
  if (page === "overview") ids.filter((id) => /^[\w-]+$/.test(id)).forEach((id) => ask(`dashboards/${id}.json`));
  return answer;
});
window.early["config.json"].catch(() => {});

// The URL of the style sheet of an on-demand file.
const style = (name) => files[`style${name[0].toUpperCase()}${name.slice(1)}`];
if (files.hands) window.loadStyle = (name) => new Promise((done, failed) => {
  const href = style(name);
  if (!href) return done();
  // A link whose style sheet failed to load does not try again: it is removed, and the next call adds a new one.
  const sheet = link({ rel: "stylesheet", href, onload: done, onerror: () => (sheet.remove(), failed()) });
  // One that hangs has failed, as a wasm file has (xtask/src/dist/app.rs).
  setTimeout(() => sheet.sheet || sheet.onerror(), 60_000);
});
if (files[page]) link({ rel: "preload", as: "style", href: style(page) });

try {
  const app = await import(js);
  const start = () => app.default({ module_or_path: wasm });
  // A phone that changes networks loses its running requests: try once more.
  await start().catch(start);
} catch (error) {
  // After a panic the app shows the same notice; any other error means that a file did not load.
  console.error(error);
  document.getElementById("loading")?.remove();
  document.getElementById("stopped").hidden = false;
}
