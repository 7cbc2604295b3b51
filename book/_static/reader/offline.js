// Ask the browser to keep the course, so that it can be read, and its cases checked, without a connection.

const ROOT = new URL("../../", import.meta.url);

export async function start() {
  if (!("serviceWorker" in navigator)) return; // an old browser, or an address without https
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "all kept") document.documentElement.dataset.kept = "all"; // reader.css shows what waits for it
  });
  navigator.serviceWorker.startMessages();
  await navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT.pathname });
  const { active } = await navigator.serviceWorker.ready;
  // The Python that checks cases is 16 MB: not for those who asked to save data, or who pay for each of them.
  const { saveData, type } = navigator.connection ?? {};
  if (!saveData && type !== "cellular") active.postMessage("keep all");
}
