// Renders answers as the site does. One JSON object a line, in ASCII:
//   in   {"id": n, "text": "..."}        an answer as it is stored
//   out  {"id": n, "texts": ["..."], "html": ["..."], "formulas": [{"text", "inline", "error"}]}
// "texts" is all that is no math, code or HTML; "error" is what KaTeX says, or null.
import readline from "node:readline";
import katex from "katex";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkMath);

function refusal(text, inline) {
  try {
    katex.renderToString(text, { displayMode: !inline, throwOnError: true, strict: false });
    return null;
  } catch (error) {
    return String(error.message);
  }
}

function read(stored) {
  const found = { texts: [], html: [], formulas: [] };
  visit(parser.parse(stored.replace(/\\n/g, "\n")), (node) => {
    const inline = node.type === "inlineMath";
    if (node.type === "text") found.texts.push(node.value);
    if (node.type === "html") found.html.push(node.value);
    if (inline || node.type === "math") {
      found.formulas.push({ text: node.value, inline, error: refusal(node.value, inline) });
    }
  });
  return found;
}

const ascii = (text) =>
  text.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, text } = JSON.parse(line);
  process.stdout.write(`${ascii(JSON.stringify({ id, ...read(text) }))}\n`);
});
