/** The connection to a guest's screen: opens a one-time channel, shows it with noVNC, comes back after a broken network. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import RFB from "@novnc/novnc";

import { openChannel } from "@/api/acts";
import { channelAddress, type LineState, WAITS } from "./channel";

export interface ScreenOptions {
  fit: boolean;
  viewOnly: boolean;
}

interface Screen {
  state: LineState;
  problem: Error | null;
  /** Sends a combination of X keysyms, pressed in order and let go backwards. */
  send: (keys: readonly Key[]) => void;
  focus: () => void;
  blur: () => void;
  /** The screen as PNG; null before there is one. */
  picture: () => Promise<Blob | null>;
  connect: () => void;
}

export interface Key {
  keysym: number;
  code: string;
}

export const CONTROL: Key = { keysym: 0xffe3, code: "ControlLeft" };
export const ALT: Key = { keysym: 0xffe9, code: "AltLeft" };

export function useScreen(guest: string, target: RefObject<HTMLDivElement | null>, { fit, viewOnly }: ScreenOptions): Screen {
  const rfb = useRef<RFB | null>(null);
  const failures = useRef(0);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<LineState>("connecting");
  const [problem, setProblem] = useState<Error | null>(null);

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      const wait = WAITS[failures.current];
      failures.current += 1;
      if (wait !== undefined) timer = setTimeout(() => setAttempt((number) => number + 1), wait);
    };
    const open = async (): Promise<void> => {
      const { id, password } = await openChannel(guest, "vnc");
      if (over || !target.current) return;
      const screen = show(target.current, id, password);
      rfb.current = screen;
      screen.addEventListener("connect", () => {
        failures.current = 0;
        setState("connected");
      });
      screen.addEventListener("disconnect", (event) => {
        if (over) return;
        rfb.current = null;
        setState("broken");
        if (!(event as CustomEvent<{ clean: boolean }>).detail.clean) later();
      });
    };
    open().catch((cause: unknown) => {
      if (over) return;
      setProblem(cause as Error);
      setState("refused");
    });
    return () => {
      over = true;
      clearTimeout(timer);
      rfb.current?.disconnect();
      rfb.current = null;
    };
  }, [guest, target, attempt]);

  useEffect(() => {
    if (!rfb.current) return;
    rfb.current.scaleViewport = fit;
    rfb.current.viewOnly = viewOnly;
  }, [fit, viewOnly, state]);

  const connect = useCallback((): void => {
    failures.current = 0;
    setProblem(null);
    setState("connecting");
    setAttempt((number) => number + 1);
  }, []);
  const send = useCallback((keys: readonly Key[]): void => {
    for (const { keysym, code } of keys) rfb.current?.sendKey(keysym, code, true);
    for (const { keysym, code } of [...keys].reverse()) rfb.current?.sendKey(keysym, code, false);
  }, []);
  const focus = useCallback((): void => rfb.current?.focus(), []);
  const blur = useCallback((): void => {
    for (const { keysym, code } of [CONTROL, ALT]) rfb.current?.sendKey(keysym, code, false);
    rfb.current?.blur();
  }, []);
  const picture = useCallback(
    () => new Promise<Blob | null>((resolve) => (rfb.current ? rfb.current.toBlob(resolve, "image/png") : resolve(null))),
    [],
  );
  return { state, problem, send, focus, blur, picture, connect };
}

function show(target: HTMLElement, channel: string, password: string): RFB {
  const screen = new RFB(target, channelAddress(channel), { wsProtocols: ["binary"], credentials: { password } });
  screen.focusOnClick = false;
  screen.background = "transparent";
  return screen;
}
