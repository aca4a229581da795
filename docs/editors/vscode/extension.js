// Starts `qtauthor server` for Markdown, and stops it.
"use strict";

const vscode = require("vscode");
const { LanguageClient, RevealOutputChannelOn } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

function serverOptions() {
  const settings = vscode.workspace.getConfiguration("qtauthor");
  const root = settings.get("root");
  return {
    command: settings.get("path") || "qtauthor",
    args: root ? ["server", "--root", root] : ["server"],
  };
}

/** Shows the articles behind a code lens as VS Code shows references. */
async function executeCommand(command, args, next) {
  if (command !== "qtauthor.showReferences") {
    return next(command, args);
  }
  const found = (await next(command, [...args, true])) || [];
  const convert = client.protocol2CodeConverter;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    convert.asUri(args[0]),
    convert.asPosition(args[1]),
    found.map((location) => convert.asLocation(location)),
  );
  return found;
}

async function start() {
  client = new LanguageClient("qtauthor", "qtauthor", serverOptions(), {
    documentSelector: [{ scheme: "file", language: "markdown" }],
    initializationOptions: vscode.workspace.getConfiguration("qtauthor"),
    synchronize: { configurationSection: "qtauthor" },
    middleware: { executeCommand },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  });
  try {
    await client.start();
  } catch (error) {
    const again = await vscode.window.showErrorMessage(
      `qtauthor does not start: ${error.message}. Is qtauthor installed with its extra lsp, ` +
        "and does the setting qtauthor.path name it?",
      "Open settings",
    );
    if (again) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "qtauthor.path");
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running && running.needsStop()) {
    await running.stop();
  }
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("qtauthor.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("qtauthor.path") || event.affectsConfiguration("qtauthor.root")) {
        return restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
