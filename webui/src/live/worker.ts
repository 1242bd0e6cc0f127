/** One event stream for all tabs of this browser: HTTP/1.1 gives an origin six connections, and each tab would take one. */
import { EventStream, type Report } from "./stream.ts";

const pages = new Set<MessagePort>();
let last: Report | null = null;

const stream = new EventStream((report) => {
  if (!("frame" in report)) last = report;
  for (const page of pages) page.postMessage(report);
});

function serve(page: MessagePort): void {
  page.onmessage = (message: MessageEvent<"open" | "retry" | "close">) => {
    if (message.data === "close") pages.delete(page);
    else if (pages.size === 0 || message.data === "retry" || !last || "refused" in last) stream.open();
    else page.postMessage(last);
    if (message.data !== "close") pages.add(page);
    if (pages.size === 0) stream.close();
  };
}

addEventListener("connect", (event) => {
  const [page] = (event as MessageEvent).ports;
  if (page) serve(page);
});
