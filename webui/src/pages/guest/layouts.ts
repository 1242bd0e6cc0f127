/** Which keys make a character on the keyboards that a guest may believe it has. */
import type { Key } from "./useScreen";

/** Keys by their place, row after row, as the texts below name what they make. */
const PLACES = [
  ..."Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal".split(" "),
  ..."KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight".split(" "),
  ..."KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash".split(" "),
  ..."IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash".split(" "),
];

/** A blank = nothing that can be typed with one key. */
interface Layout {
  plain: string;
  shift: string;
  altGr?: Record<string, string>;
}

const LAYOUTS = {
  us: {
    plain: "`1234567890-=" + "qwertyuiop[]" + "asdfghjkl;'\\" + " zxcvbnm,./",
    shift: "~!@#$%^&*()_+" + "QWERTYUIOP{}" + 'ASDFGHJKL:"|' + " ZXCVBNM<>?",
  },
  gb: {
    plain: "`1234567890-=" + "qwertyuiop[]" + "asdfghjkl;'#" + "\\zxcvbnm,./",
    shift: '¬!"£$%^&*()_+' + "QWERTYUIOP{}" + "ASDFGHJKL:@~" + "|ZXCVBNM<>?",
    altGr: { Digit4: "€" },
  },
  de: {
    plain: " 1234567890ß " + "qwertzuiopü+" + "asdfghjklöä#" + "<yxcvbnm,.-",
    shift: '°!"§$%&/()=? ' + "QWERTZUIOPÜ*" + "ASDFGHJKLÖÄ'" + ">YXCVBNM;:_",
    altGr: { Digit2: "²", Digit3: "³", Digit7: "{", Digit8: "[", Digit9: "]", Digit0: "}", Minus: "\\", KeyQ: "@", KeyE: "€", BracketRight: "~", IntlBackslash: "|", KeyM: "µ" },
  },
  fr: {
    plain: "²&é\"'(-è_çà)=" + "azertyuiop $" + "qsdfghjklmù*" + "<wxcvbn,;:!",
    shift: " 1234567890°+" + "AZERTYUIOP £" + "QSDFGHJKLM%µ" + ">WXCVBN?./§",
    altGr: { Digit3: "#", Digit4: "{", Digit5: "[", Digit6: "|", Digit8: "\\", Digit0: "@", Minus: "]", Equal: "}", KeyE: "€" },
  },
} satisfies Record<string, Layout>;

export type LayoutName = keyof typeof LAYOUTS;
export const LAYOUT_NAMES = Object.keys(LAYOUTS) as LayoutName[];

const SHIFT: Key = { keysym: 0xffe1, code: "ShiftLeft" };
const ALT_GR: Key = { keysym: 0xfe03, code: "AltRight" };
const OTHERS: Record<string, Key> = {
  " ": { keysym: 0x20, code: "Space" },
  "\n": { keysym: 0xff0d, code: "Enter" },
  "\t": { keysym: 0xff09, code: "Tab" },
};

/** What to press for each character that this keyboard can make. */
export function keysOf(name: LayoutName): ReadonlyMap<string, readonly Key[]> {
  const { plain, shift, altGr = {} }: Layout = LAYOUTS[name];
  const found = new Map<string, readonly Key[]>(Object.entries(OTHERS).map(([character, key]) => [character, [key]]));
  const put = (character: string, code: string, ...held: Key[]): void => {
    if (character !== " " && !found.has(character)) found.set(character, [...held, { keysym: keysymOf(character), code }]);
  };
  for (const [index, code] of PLACES.entries()) put(plain[index] ?? " ", code);
  for (const [index, code] of PLACES.entries()) put(shift[index] ?? " ", code, SHIFT);
  for (const [code, character] of Object.entries(altGr)) put(character, code, ALT_GR);
  return found;
}

/** Latin-1 characters are their own keysym; others have the Unicode one (X11 protocol, appendix A). */
function keysymOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x100 ? point : 0x01000000 + point;
}
