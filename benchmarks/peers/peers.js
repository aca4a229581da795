// Edits YAML for the benchmark: a line of JSON in, a line of JSON out.
// In: {tool, text, requests: [{verb, at, value, dated, side}]}. Out: {text | error | unable, ms}.

import { createInterface } from "node:readline";
import { performance } from "node:perf_hooks";
import YAML from "yaml";
import { yamlPatch } from "yaml-diff-patch";
import yawn from "yawn-yaml";

const YAWN = yawn.default ?? yawn;

class Unable extends Error {}

// The indentation as it is in the file, for all that the library asks of a user.
function layout(text) {
  const step = text.match(/^[^\s#-][^\n]*:[^\n]*\n( +)\S/m);
  return {
    lineWidth: 0,
    indent: step ? step[1].length : 2,
    indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(text),
    flowCollectionPadding: /\{ /.test(text),
  };
}

function eemeli(text, requests) {
  const doc = YAML.parseDocument(text, { keepSourceTokens: true });
  if (doc.errors.length) throw doc.errors[0];
  for (const request of requests) editDocument(doc, request);
  return doc.toString(layout(text));
}

function editDocument(doc, { verb, path, value, dated, side }) {
  const parent = path.length > 1 ? doc.getIn(path.slice(0, -1), true) : doc.contents;
  const last = path.at(-1);
  const node = dated ? new YAML.Scalar(value) : value;
  if (verb === "set") doc.setIn(path, node);
  else if (verb === "append") doc.addIn(path, doc.createNode(node));
  else if (verb === "remove") doc.deleteIn(path);
  else if (verb === "rename") parent.items.find((pair) => pair.key?.value === last).key.value = value;
  else if (YAML.isSeq(parent)) parent.items.splice(last, 0, doc.createNode(node));
  else if (side === null) parent.add(doc.createPair(last, node));
  else {
    const index = parent.items.findIndex((pair) => pair.key?.value === side[1]);
    parent.items.splice(index + (side[0] === "after"), 0, doc.createPair(last, node));
  }
}

const pointer = (at) => at.map((t) => "/" + t.replaceAll("~", "~0").replaceAll("/", "~1")).join("");

function patch(text, requests) {
  const operations = requests.map(({ verb, at, value, dated, side }) => {
    if (side !== null || dated) throw new Unable("a place among keys, or a date");
    const path = pointer(at);
    if (verb === "append") return { op: "add", path: path + "/-", value };
    if (verb === "remove") return { op: "remove", path };
    if (verb === "rename") return { op: "move", from: path, path: pointer([...at.slice(0, -1), value]) };
    const item = verb === "set" && /^\d+$/.test(at.at(-1));
    return { op: item ? "replace" : "add", path, value };
  });
  return yamlPatch(text, operations);
}

function yawnYaml(text, requests) {
  const document = new YAWN(text);
  let json = document.json ?? {};
  for (const { verb, at, value, dated, side } of requests) {
    if (side !== null || dated) throw new Unable("a place among keys, or a date");
    const parents = verb === "append" ? at : at.slice(0, -1);
    json = inside(json, parents, (data) => changed(data, verb, at.at(-1), value));
  }
  document.json = json;
  return document.yaml;
}

function inside(data, at, change) {
  if (!at.length) return change(data);
  const copy = Array.isArray(data) ? [...data] : { ...data };
  if (!(at[0] in copy)) throw new Error("no such key");
  copy[at[0]] = inside(copy[at[0]], at.slice(1), change);
  return copy;
}

function changed(data, verb, last, value) {
  if (verb === "append") return [...data, value];
  if (Array.isArray(data)) {
    return data.toSpliced(Number(last), verb === "insert" ? 0 : 1, ...(verb === "remove" ? [] : [value]));
  }
  const pairs = Object.entries(data);
  const index = pairs.findIndex(([key]) => key === last);
  if (verb === "remove") pairs.splice(index, 1);
  else if (verb === "rename") pairs[index] = [value, pairs[index][1]];
  else if (index >= 0) pairs[index] = [last, value];
  else pairs.push([last, value]);
  return Object.fromEntries(pairs);
}

const TOOLS = { yaml: eemeli, "yaml-diff-patch": patch, "yawn-yaml": yawnYaml };

for await (const line of createInterface({ input: process.stdin })) {
  const { tool, text, requests } = JSON.parse(line);
  const start = performance.now();
  let answer;
  try {
    answer = { text: TOOLS[tool](text, requests) };
  } catch (error) {
    answer = error instanceof Unable ? { unable: error.message } : { error: String(error) };
  }
  console.log(JSON.stringify({ ...answer, ms: performance.now() - start }));
}
