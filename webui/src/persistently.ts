const WAITS = [300, 1000, 3000];

/** Load a part of the portal, again after a moment when the network was changing; the last failure is the caller's. */
export async function persistently<Part>(load: () => Promise<Part>): Promise<Part> {
  for (const wait of WAITS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return load();
}
