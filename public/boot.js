// Starts the app: a file, because the Content-Security-Policy allows no inline script. Meanwhile what the app will ask for first is
// already on its way.
const { js, wasm, rest, restStyle } = document.querySelector("script[data-wasm]").dataset;

const early = (href) => document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", href, crossOrigin: "anonymous" }));
early("config.json");
const dashboard = new URLSearchParams(location.search).get("d");
if (/^[\w-]+$/.test(dashboard ?? "")) early(`dashboards/${dashboard}.json`);
// All other pages are in the second file.
else if (rest) early(rest);

try {
  const app = await import(js);
  const start = () => app.default({ module_or_path: wasm });
  // A phone that changes networks loses what is on its way: try once more.
  const started = start().catch(start);
  // What few visits need is in a second file, which the app asks for by this.
  if (rest) window.loadRest = async () => {
    // Dressed before it is seen. A style sheet that has failed is asked for no more by the same element.
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: restStyle });
    const dressed = new Promise((done, failed) => Object.assign(style, { onload: done, onerror: failed }));
    document.head.append(style);
    try {
      const [answer] = await Promise.all([fetch(rest), dressed]);
      if (!answer.ok) throw Error(answer.status);
      await WebAssembly.instantiate(await answer.arrayBuffer(), { _: await started });
    } catch (error) {
      style.remove();
      throw error;
    }
  };
  await started;
} catch (error) {
  // A panic has told its own story; anything else means that a file did not arrive.
  console.error(error);
  document.getElementById("loading")?.remove();
  document.getElementById("stopped").hidden = false;
}
