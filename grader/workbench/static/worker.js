var s=new URL("./",import.meta.url),n=`
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
`;async function c(){let{loadPyodide:r}=await import(new URL("pyodide/pyodide.mjs",s).href),[o,e]=await Promise.all([r({indexURL:new URL("pyodide/",s).href}),fetch(new URL("grader.bin",s)).then(t=>{if(!t.ok)throw new Error(`grader.bin: ${t.status}`);return t.arrayBuffer()})]);return o.unpackArchive(e,"zip"),o.runPython(n)}var a=c();a.then(()=>postMessage({kind:"ready"}),r=>{console.error(r),postMessage({kind:"failed"})});onmessage=async({data:{number:r,texts:o}})=>{try{let e=await a;postMessage({number:r,text:e(...o)})}catch(e){console.error(e),postMessage({number:r,error:!0})}};
