// A stand-in for the appliance while pages are drawn: `node dev/mock.ts 8090` serves dist/ with the product's CSP and a
// made-up zone. Never part of the product. HOSTS=0 or GUESTS=0 show the empty states, READY=0 the first set-up.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const port = Number(process.argv[2] ?? 8090);
const { HOSTS = "3", GUESTS = "53", READY = "1" } = process.env;
const GIB = 1024 ** 3;
const now = (): number => Date.now() / 1000;
const RIGHTS = "overview.read pool.read pool.write cell.read cell.write guest.read guest.create guest.power guest.console guest.delete guest.all image.read template.read operation.read operation.all".split(" ");
let ready = READY === "1";
let user = ready ? "admin" : "";

const states = ["running", "running", "stopped", "lost", "crashed", "paused", "stopping"];
const guests = Array.from({ length: Number(GUESTS) }, (_, index) => ({
  id: `00000000-0000-4000-8000-0000000000${String(index).padStart(2, "0")}`,
  name: `admin.${index === 5 ? "<script>alert(1)</script>" : `web-${String(index + 1).padStart(2, "0")}`}`,
  created: index !== 1, progress: index === 1 ? 62 : 100, running: true, owner: "admin", group: "admin", cores: 2,
  memory: 4 * GIB, total_disk: 40 * GIB, disks: [40 * GIB, 200 * GIB], auto_start: false,
  internal: index % 3 ? { network_address: `10.0.3.${index + 10}` } : {}, external: {}, qos: { cpu_priority: "medium" },
  state: index === 1 ? "creating" : (states[index % states.length] ?? "running"), pool: "default", cell: "cell-01",
  ethernet_address: "00:16:3e:00:00:01", create_time: "2026-11-18 10:42:00", state_since: now() - 3600 * index, operation: index === 1 ? "op-1" : "",
}));
const usage = () => ({
  cpu_usage: 30 + 20 * Math.random(), max_cpu: 24, available_memory: 25 * GIB, max_memory: 96 * GIB, available_disk: 57 * GIB, max_disk: 252 * GIB,
  read_speed: 4e6 * Math.random(), write_speed: 8e6 * Math.random(), receive_speed: 3e6 * Math.random(), send_speed: 1e6 * Math.random(),
});
const counts = (): number[] => [guests.filter(({ state }) => state === "stopped").length, guests.length, 1, 0];
const cell = (name: string, more: object) => ({ name, address: "192.168.77.1", enabled: true, alive: true, PurgeAppending: false, status: "approved", fingerprint: "3f9a11c0".repeat(8), accelerator: "kvm", version: "0.1.0", ...more });
const placed = HOSTS === "0" ? [] : [cell("cell-01", {}), cell("cell-02", { accelerator: "tcg", enabled: false }), cell("cell-03", { alive: false, last_seen: now() - 900 })];
const pools = [{ name: "default", enabled: true, cells: placed.length, network: "", storage: "", failover: false }, { name: "lab", enabled: false, cells: 0, network: "", storage: "nfs-1", failover: false }];
const operation = (id: string, more: object) => ({ id, kind: "create-guest", object: "", object_name: "admin.web-08", user: "admin", state: "succeeded", progress: 100, step: "start", started: now() - 90, ended: now() - 78, ...more });
const operations = GUESTS === "0" ? [] : [
  operation("op-1", { state: "running", progress: 62, step: "copy the image", ended: 0 }),
  operation("op-2", { state: "failed", error: "copying the image stopped, cell-02 has 2 GiB left", hint: "free some space and try again", kind: "create-guest" }),
  operation("op-3", { kind: "delete-guest" }),
];
const page = <Row>(rows: Row[], limit: number, offset: number) => ({ result: rows.slice(offset, offset + limit), total: rows.length, limit, offset });
const portal = () => ({ ready, version: "0.1.0", server_time: now(), zone_offset: 0, user, group: user && "admin", rights: user ? RIGHTS : [], menus: [], csrf: "x", idle_seconds: 1800 });

function answer(method: string, path: string, body: Record<string, unknown>): unknown {
  const [root = "", id = ""] = path.split("/");
  if (root === "portal") {
    if (id === "setup") ready = true;
    if (method === "POST" && id !== "activity") user = String(body["user"]);
    if (method === "DELETE") user = "";
    return portal();
  }
  if (root === "compute_zone_status") return { ...usage(), name: "default", pools: [1, 1], cells: HOSTS === "0" ? [0, 0] : [1, 2], instances: GUESTS === "0" ? [0, 0, 0, 0] : counts(), start_time: "", started: now() - 273_000, pending_cells: HOSTS === "0" ? 0 : 1 };
  if (root === "compute_pools") return pools;
  if (root === "compute_pool_status") return pools.map(({ name, enabled }) => ({ ...usage(), name, enabled, cells: [1, 2], instances: counts() }));
  if (root === "compute_pool_cells") return id === "default" ? placed : id || HOSTS === "0" ? [] : [cell("cell-04", { status: "pending", address: "192.168.77.9" })];
  if (root === "compute_cell_status") return id === "default" ? placed.map(({ name }) => ({ ...usage(), name, address: "", enabled: true, alive: true, instances: counts() })) : [];
  if (path.startsWith("search/guests")) {
    const word = (body["keyword"] ?? "") as string;
    const wanted = (body["state"] ?? []) as string[];
    return page(guests.filter(({ name, state }) => name.includes(word) && (wanted.length === 0 || wanted.includes(state))), Number(body["limit"] ?? 20), Number(body["offset"] ?? 0));
  }
  if (root === "guests") return method === "POST" ? { id: guests[1]?.id, operation: "op-1" } : guests.find((guest) => guest.id === id);
  if (root === "disk_image_search") return [{ name: "centos-10", id: "i1", size: 612e6, virtual_size: 10 * GIB, description: "CentOS Stream 10" }];
  if (root === "templates") return [{ id: "t1", name: "Linux", operating_system: "linux" }, { id: "t2", name: "Windows", operating_system: "windows" }];
  if (root === "operations" && id) return { ...operations.find((one) => one.id === id), log: [{ at: now() - 80, text: "plan: 40 GiB on cell-01" }, { at: now() - 79, text: "copied 4.1 of 6.6 GiB" }] };
  if (root === "operations") return page(operations, 50, 0);
  if (root === "join_tokens") return { token: "nano1.eyJ", command: "nano join nano1.eyJhbGciOiJFUzI1NiJ9.eyJkb21haW4iOiJuYW5vIn0", expires: now() + 3600 };
  return method === "GET" ? undefined : {};
}

const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8" };

function file(path: string, response: ServerResponse): void {
  const found = path !== "/" && existsSync(dist + path) ? path : "/index.html";
  const { script } = JSON.parse(readFileSync(`${dist}/csp.json`, "utf8")) as { script: string[] };
  response.setHeader("Content-Security-Policy", `default-src 'none'; script-src 'self' '${script.join("' '")}'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'`);
  response.setHeader("Content-Type", TYPES[extname(found)] ?? "text/plain");
  response.end(readFileSync(dist + found));
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://mock");
  if (!url.pathname.startsWith("/api/v1/")) {
    file(url.pathname, response);
    return;
  }
  const path = url.pathname.slice("/api/v1/".length);
  if (path.startsWith("events")) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const send = (): boolean => response.write(`id: 1\ndata: ${JSON.stringify({ kind: "zone", id: "", change: "changed", version: 1, data: answer("GET", "compute_zone_status", {}) })}\n\n`);
    const timer = setInterval(send, 1000);
    request.on("close", () => clearInterval(timer));
    return;
  }
  let text = "";
  request.on("data", (part: Buffer) => (text += part.toString()));
  request.on("end", () => {
    const data = answer(request.method ?? "GET", path, text ? (JSON.parse(text) as Record<string, unknown>) : {});
    response.writeHead(data === undefined ? 404 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(data === undefined ? { error_code: 404, code: "not-found", message: "nothing here", data: {} } : { error_code: 0, message: "", data }));
  });
}

createServer(serve).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
