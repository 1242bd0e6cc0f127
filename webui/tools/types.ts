// Writes src/api/schema.d.ts from the OpenAPI document (`./build.py openapi` makes it); --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../build/openapi/frontend.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);
const checking = process.argv.includes("--check");

if (!existsSync(source)) {
  console.log("no build/openapi/frontend.json: run ./build.py openapi first");
  process.exit(checking ? 0 : 1);
}
const head = "/** Generated from build/openapi/frontend.json by `npm run types`; do not edit. */\n";
// A field with a default may be missing in an answer, so it must not become a required one.
const text = head + astToString(await openapiTS(source, { defaultNonNullable: false }));
if (!checking) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error("src/api/schema.d.ts is older than build/openapi/frontend.json: run npm run types");
  process.exit(1);
}
