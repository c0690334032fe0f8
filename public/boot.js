// Starts the app: a file, because the Content-Security-Policy allows no inline script. Meanwhile what the app will ask for first is
// already on its way.
const { js, wasm, ...files } = document.querySelector("script[data-wasm]").dataset;

const link = (attributes) => document.head.appendChild(Object.assign(document.createElement("link"), attributes));
const early = (href) => link({ rel: "preload", as: "fetch", href, crossOrigin: "anonymous" });
early("config.json");
const dashboard = new URLSearchParams(location.search).get("d");
if (/^[\w-]+$/.test(dashboard ?? "")) early(`dashboards/${dashboard}.json`);
// All other pages are in a file of their own.
else files.pages?.split(" ").forEach(early);

// The style sheet of a file that is loaded on demand.
if (files.pages) window.loadStyle = (name) => new Promise((done, failed) => {
  const href = files[`style${name[0].toUpperCase()}${name.slice(1)}`];
  if (!href) return done();
  // An element whose style sheet has failed asks for it no more.
  const style = link({ rel: "stylesheet", href, onload: done, onerror: () => (style.remove(), failed()) });
});

try {
  const app = await import(js);
  const start = () => app.default({ module_or_path: wasm });
  // A phone that changes networks loses what is on its way: try once more.
  await start().catch(start);
} catch (error) {
  // A panic has told its own story; anything else means that a file did not arrive.
  console.error(error);
  document.getElementById("loading")?.remove();
  document.getElementById("stopped").hidden = false;
}
