// marked: Markdown becomes HTML.
import assert from 'assert';
import { marked } from 'marked';

assert.equal(marked.parse('# Hi\n\n*a* `b`'), '<h1>Hi</h1>\n<p><em>a</em> <code>b</code></p>\n');
