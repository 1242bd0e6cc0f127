/** Have the browser save something this page holds. */
export function saveAs(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun when the click returns; the address is kept a while for browsers that read it late.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
