// PatternFly's style sheets, reduced to what the portal uses.
import { PurgeCSS } from "purgecss";
import type { Plugin } from "vite";

const FONT_FACE = /@font-face\s*{[^}]*}/g;

/** Take PatternFly's two web fonts out before Vite copies them: the portal uses the fonts of the system. */
export function withoutFonts(): Plugin {
  return {
    name: "without-fonts",
    enforce: "pre",
    transform(code, id) {
      return id.endsWith(".css") && code.includes("@font-face") ? { code: code.replace(FONT_FACE, ""), map: null } : null;
    },
  };
}

/** Themes we do not offer, and modifiers for single breakpoints (`pf-m-6-col-on-md`), which the portal does not use. */
const UNUSED = [/pf-v6-theme-felt/, /pf-v6-theme-glass/, /pf-v6-theme-redhat/, /-on-(sm|md|lg|xl|2xl)$/];

export async function prune(css: string, scripts: string): Promise<string> {
  const [result] = await new PurgeCSS().purge({
    content: [{ raw: scripts, extension: "js" }],
    css: [{ raw: css }],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    safelist: { standard: ["html", "body", "pf-v6-theme-dark", "pf-v6-theme-high-contrast"], greedy: [/^:root/] },
    blocklist: UNUSED,
    variables: true,
  });
  return result?.css ?? css;
}
