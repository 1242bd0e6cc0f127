/** Left Ctrl and left Alt, let go without a third key, give the keyboard back (WCAG 2.1.2): noVNC keeps even Tab for the guest. */
import { type RefObject, useEffect } from "react";

const PAIR = ["ControlLeft", "AltLeft"];

export function useRelease(area: RefObject<HTMLElement | null>, release: () => void): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const down = new Set<string>();
    let armed = false;
    const press = ({ code }: KeyboardEvent): void => {
      down.add(code);
      // AltGr reports ControlLeft with AltRight, so it never completes the pair.
      armed = down.size === PAIR.length && PAIR.every((key) => down.has(key));
    };
    const letGo = ({ code }: KeyboardEvent): void => {
      down.delete(code);
      if (!armed) return;
      armed = false;
      down.clear();
      release();
    };
    const forget = (): void => {
      armed = false;
      down.clear();
    };
    element.addEventListener("keydown", press, true);
    element.addEventListener("keyup", letGo, true);
    element.addEventListener("focusout", forget);
    return () => {
      element.removeEventListener("keydown", press, true);
      element.removeEventListener("keyup", letGo, true);
      element.removeEventListener("focusout", forget);
    };
  }, [area, release]);
}
