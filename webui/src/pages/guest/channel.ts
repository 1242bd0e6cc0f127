/** What both kinds of console have in common: the address of a one-time channel, and how the line to the guest is. */

/** broken = it was there and may come back; refused = the server said why not. */
export type LineState = "connecting" | "connected" | "broken" | "refused";

/** Pauses before each further attempt after a broken network, in milliseconds. */
export const WAITS = [1000, 2000, 4000, 8000];

export function channelAddress(channel: string): string {
  const url = new URL(`/api/v1/monitor_channels/${encodeURIComponent(channel)}`, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
