// Reads whole files as the site does. One JSON object a line, in ASCII:
//   in   {"id": n, "text": "..."}
//   out  {"id": n, "data": <encoded>, "content": "..."}  or  {"id": n, "error": "..."}
// An encoded value is {"t": tag, "v": ...}; the tags are those of `encode`.
"use strict";

const readline = require("node:readline");
const matter = require("gray-matter");

// Also what ends the walk through a value that contains itself (`&a [*a]`).
const MAX_DEPTH = 200;

// gray-matter called without options caches by content, and after an error hands out the
// half-read file from that cache. Any options object turns the cache off.
const OPTIONS = {
  engines: {
    javascript: () => {
      throw new Error("front matter in JavaScript is not evaluated here");
    },
  },
};

function encodeNumber(value) {
  // JSON has no NaN and no infinities, and JSON.stringify drops the sign of -0.
  if (Object.is(value, -0)) return { t: "number", v: "-0" };
  return { t: "number", v: Number.isFinite(value) ? value : String(value) };
}

function encode(value, depth = 0) {
  if (depth > MAX_DEPTH) throw new Error(`nested more than ${MAX_DEPTH} deep`);
  if (value === null) return { t: "null" };
  if (typeof value === "string") return { t: "str", v: value };
  if (typeof value === "boolean") return { t: "bool", v: value };
  if (typeof value === "number") return encodeNumber(value);
  if (value instanceof Date) return { t: "date", v: value.toISOString() };
  if (Buffer.isBuffer(value)) return { t: "bytes", v: value.toString("base64") };
  if (Array.isArray(value)) return { t: "seq", v: value.map((item) => encode(item, depth + 1)) };
  if (typeof value === "object") {
    const pairs = Object.keys(value).map((key) => [key, encode(value[key], depth + 1)]);
    return { t: "map", v: pairs };
  }
  throw new Error(`front matter gives a value of type ${typeof value}`);
}

function read(text) {
  try {
    const file = matter(text, OPTIONS);
    return { data: encode(file.data), content: file.content };
  } catch (error) {
    return { error: String(error.message) };
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, text } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, ...read(text) })}\n`);
});
