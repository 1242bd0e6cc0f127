/** xterm.js writes <style> elements, which the Content-Security-Policy refuses; a style sheet that a script made is allowed. */

const XHTML = "http://www.w3.org/1999/xhtml";

/** Do `work`, and let every <style> it makes be a sheet of the page, until the element is removed. */
export function withSheets(work: () => void): void {
  const create = (name: string): HTMLElement => (name === "style" ? styleElement() : document.createElementNS(XHTML, name));
  Object.defineProperty(document, "createElement", { value: create, configurable: true });
  try {
    work();
  } finally {
    Reflect.deleteProperty(document, "createElement");
  }
}

/** An empty element that stands where the <style> would, and whose text goes into a sheet. */
function styleElement(): HTMLElement {
  const element = document.createElement("template");
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  Object.defineProperty(element, "textContent", { set: (text: string) => sheet.replaceSync(text) });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    HTMLElement.prototype.remove.call(element);
  };
  return element;
}
