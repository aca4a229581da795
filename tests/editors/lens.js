// Runs a code lens through the extension (argv[2]), with stubs in the place of VS Code.
"use strict";

const Module = require("node:module");

const shown = [];
let options;
const vscode = {
  workspace: {
    getConfiguration: () => ({ get: () => "" }),
    onDidChangeConfiguration: () => ({}),
  },
  commands: {
    registerCommand: () => ({}),
    executeCommand: async (...args) => shown.push(args),
  },
};
class LanguageClient {
  constructor(id, name, server, given) {
    options = given;
    this.protocol2CodeConverter = {
      asUri: (uri) => `uri ${uri}`,
      asPosition: (position) => `line ${position.line}`,
      asLocation: (location) => `location ${location}`,
    };
  }
  async start() {}
}
const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === "vscode") return vscode;
  if (name.startsWith("vscode-languageclient")) return { LanguageClient, RevealOutputChannelOn: {} };
  return load(name, ...rest);
};

async function main() {
  await require(process.argv[2]).activate({ subscriptions: [] });
  const asked = [];
  const next = async (command, args) => {
    asked.push([command, args]);
    return ["x", "y"];
  };
  const { executeCommand } = options.middleware;
  await executeCommand("qtauthor.showReferences", ["file:///a.md", { line: 3 }], next);
  await executeCommand("qtauthor.fixAll", ["file:///a.md"], next);
  console.log(JSON.stringify({ asked, shown }));
}

main();
