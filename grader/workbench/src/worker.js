// The grader in a worker: Python in the browser with the course's own scoring.  Answers go in as text and come out
// as text; nothing of them is ever run.

const base = new URL("./", import.meta.url);

const GLUE = `
import json
from grader import codeset
from grader.errors import CourseError
from grader.feedback import check

codeset.load()  # now, so that the first check does not wait for it

def checked(case, answers, key):
    try:
        return check(case, answers, key)
    except CourseError as error:
        return json.dumps({"error": str(error)})

checked
`;

async function start() {
  const { loadPyodide } = await import(new URL("pyodide/pyodide.mjs", base).href);
  const [python, archive] = await Promise.all([
    loadPyodide({ indexURL: new URL("pyodide/", base).href }),
    fetch(new URL("grader.bin", base)).then((response) => {
      if (!response.ok) throw new Error(`grader.bin: ${response.status}`);
      return response.arrayBuffer();
    }),
  ]);
  python.unpackArchive(archive, "zip");
  return python.runPython(GLUE);
}

const started = start();
started.then(
  () => postMessage({ kind: "ready" }),
  (error) => {
    console.error(error);
    postMessage({ kind: "failed" });
  },
);

onmessage = async ({ data: { number, texts } }) => {
  try {
    const checked = await started;
    postMessage({ number, text: checked(...texts) });
  } catch (error) {
    console.error(error);
    postMessage({ number, error: true });
  }
};
