/** The connection to a guest's serial line: opens a one-time channel, shows it with xterm.js, comes back after a broken network. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";

import { openChannel } from "@/api/acts";
import { channelAddress, type LineState, WAITS } from "./channel";
import { withSheets } from "./withSheets";

interface Line {
  state: LineState;
  problem: Error | null;
  connect: () => void;
}

/** Width of a character, as a share of the font size. */
const CHARACTER = 0.602;
const COLUMNS = 80;

export function useTerminal(guest: string, target: RefObject<HTMLDivElement | null>): Line {
  const terminal = useRef<Terminal | null>(null);
  const failures = useRef(0);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<LineState>("connecting");
  const [problem, setProblem] = useState<Error | null>(null);

  // Declared before the line, so that what comes in finds a terminal; it stays when the line breaks.
  useEffect(() => {
    if (!target.current) return undefined;
    const shown = show(target.current);
    terminal.current = shown;
    return () => {
      terminal.current = null;
      shown.dispose();
    };
  }, [guest, target]);

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let socket: WebSocket | undefined;
    const later = (): void => {
      const wait = WAITS[failures.current];
      failures.current += 1;
      if (wait !== undefined) timer = setTimeout(() => setAttempt((number) => number + 1), wait);
    };
    const open = async (): Promise<void> => {
      const { id } = await openChannel(guest, "serial");
      if (over || !terminal.current) return;
      socket = new WebSocket(channelAddress(id), "binary");
      join(socket, terminal.current);
      socket.addEventListener("open", () => {
        failures.current = 0;
        setState("connected");
      });
      socket.addEventListener("close", ({ wasClean }) => {
        if (over) return;
        setState("broken");
        if (!wasClean) later();
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
      socket?.close();
    };
  }, [guest, attempt]);

  const connect = useCallback((): void => {
    failures.current = 0;
    setProblem(null);
    setState("connecting");
    setAttempt((number) => number + 1);
  }, []);
  return { state, problem, connect };
}

function show(target: HTMLElement): Terminal {
  const fontSize = Math.min(15, Math.max(9, Math.floor(target.clientWidth / COLUMNS / CHARACTER)));
  const terminal = new Terminal({
    cols: COLUMNS,
    rows: 24,
    fontSize,
    fontFamily: 'ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono", monospace',
    scrollback: 5000,
    cursorBlink: false,
    theme: { background: "#151515" },
    // A guest decides what it prints, not what is opened: no links, no clipboard, no window title.
    linkHandler: { activate: () => undefined },
  });
  withSheets(() => terminal.open(target));
  return terminal;
}

/** Bytes both ways; nothing of the line is decoded but by the terminal itself. */
function join(socket: WebSocket, terminal: Terminal): void {
  const encoder = new TextEncoder();
  const say = (bytes: Uint8Array<ArrayBuffer>): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
  };
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) => terminal.write(new Uint8Array(data)));
  const typed = terminal.onData((text) => say(encoder.encode(text)));
  const binary = terminal.onBinary((text) => say(Uint8Array.from(text, (character) => character.charCodeAt(0))));
  socket.addEventListener("close", () => {
    typed.dispose();
    binary.dispose();
  });
}
