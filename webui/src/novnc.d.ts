/** The part of noVNC that the console uses (its API.md); the package ships no types. */
declare module "@novnc/novnc" {
  interface Credentials {
    username?: string;
    password?: string;
    target?: string;
  }

  export interface Options {
    shared?: boolean;
    credentials?: Credentials;
    wsProtocols?: string[];
  }

  export default class RFB extends EventTarget {
    constructor(target: HTMLElement, urlOrChannel: string | WebSocket, options?: Options);
    viewOnly: boolean;
    focusOnClick: boolean;
    clipViewport: boolean;
    dragViewport: boolean;
    scaleViewport: boolean;
    resizeSession: boolean;
    showDotCursor: boolean;
    background: string;
    qualityLevel: number;
    disconnect(): void;
    sendCredentials(credentials: Credentials): void;
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    sendCtrlAltDel(): void;
    focus(options?: FocusOptions): void;
    blur(): void;
    toBlob(callback: (picture: Blob | null) => void, type?: string): void;
  }
}
