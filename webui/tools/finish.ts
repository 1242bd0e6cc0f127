// After `vite build`: style sheets pruned, the policy of inline scripts written, the size budget kept, everything packed.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { prune } from "./styles.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const KIB = 1024;
/** Bytes gzipped: what a browser loads before it shows Overview, and any one piece loaded later. */
const FIRST_LOAD = 300 * KIB;
const LATER_PIECE = 90 * KIB;

const files = (folder = dist): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const size = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
const kib = (bytes: number): string => `${(bytes / KIB).toFixed(1)} KiB`;

async function pruneStyles(): Promise<void> {
  const scripts = files().filter((path) => /\.(js|html)$/.test(path)).map((path) => readFileSync(path, "utf8")).join("\n");
  const paths = files().filter((name) => name.endsWith(".css"));
  const pruned = await prune(paths.map((path) => readFileSync(path, "utf8")), scripts);
  for (const [index, path] of paths.entries()) writeFileSync(path, pruned[index] ?? "");
}

/** The one inline script of the page is allowed by its hash; the server puts it into the Content-Security-Policy. */
function writePolicy(): void {
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const inline = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((found) => found[1] ?? "");
  if (inline.length !== 1) throw new Error(`index.html has ${inline.length} inline scripts, one is allowed`);
  const hash = createHash("sha256").update(inline[0] ?? "").digest("base64");
  writeFileSync(join(dist, "csp.json"), JSON.stringify({ script: [`sha256-${hash}`] }) + "\n");
}

interface Piece {
  file: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

/** Everything that Overview needs after a cold start in one language. */
function firstLoad(pieces: Record<string, Piece>): Set<string> {
  const wanted = new Set<string>(["index.html"]);
  const follow = (key: string): void => {
    const piece = pieces[key];
    if (!piece || wanted.has(piece.file)) return;
    for (const file of [piece.file, ...(piece.css ?? [])]) wanted.add(file);
    piece.imports?.forEach(follow);
  };
  const keys = Object.keys(pieces);
  keys.filter((key) => key === "index.html" || /overview\/Overview\.tsx$|locales\/en\/(shell|overview)\.json$/.test(key)).forEach(follow);
  return wanted;
}

function keepBudget(): void {
  const pieces = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Record<string, Piece>;
  const first = firstLoad(pieces);
  const weigh = (pattern: RegExp): number => [...first].filter((file) => pattern.test(file)).reduce((sum, file) => sum + size(join(dist, file)), 0);
  const total = weigh(/./);
  console.log(`first load ${kib(total)} gzip: scripts ${kib(weigh(/\.js$/))}, styles ${kib(weigh(/\.css$/))}; at most ${kib(FIRST_LOAD)}`);
  const heavy = files().filter((path) => /\.(js|css)$/.test(path) && !first.has(path.slice(dist.length)) && size(path) > LATER_PIECE);
  for (const path of heavy) console.error(`${path.slice(dist.length)} weighs ${kib(size(path))}, at most ${kib(LATER_PIECE)}`);
  if (total > FIRST_LOAD || heavy.length) process.exit(1);
}

function pack(): void {
  for (const path of files().filter((name) => /\.(js|css|html|svg|json)$/.test(name) && !name.endsWith("csp.json"))) {
    if (statSync(path).size < 500) continue;
    const raw = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(raw, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

await pruneStyles();
writePolicy();
keepBudget();
pack();
