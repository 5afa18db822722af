// A worker comes from a file, by path or URL, or from a data: or blob: URL.
import assert from 'assert';
import { isMainThread, parentPort } from 'worker_threads';

if (!isMainThread) {
  parentPort.postMessage(import.meta.filename);
} else {
  const base64 = btoa("postMessage('base64')");
  const sources = [
    [new URL(import.meta.url), import.meta.filename],
    [import.meta.url, import.meta.filename],
    [import.meta.filename, import.meta.filename],
    ["data:text/javascript,postMessage('pl%61in')", 'plain'],
    [URL.createObjectURL(new Blob(["postMessage('blob')"])), 'blob'],
    [`data:application/javascript;charset=utf-8;base64,${base64}`, 'base64'],
  ];
  for (const [source, expected] of sources) {
    const worker = new Worker(source);
    const { data } = await new Promise((resolve) => {
      worker.onmessage = resolve;
    });
    assert.equal(data, expected);
  }
}
