// Reads notes with the course's package as the published pages run it: node in_pyodide.mjs PYODIDE PACKAGE PROGRAM INPUT
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [pyodideFolder, packageFile, programFile, inputFile] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL: `${pyodideFolder}/` });
pyodide.unpackArchive(new Uint8Array(await readFile(packageFile)), "zip");
pyodide.globals.set("given", await readFile(inputFile, "utf8"));
process.stdout.write(pyodide.runPython(await readFile(programFile, "utf8")));
