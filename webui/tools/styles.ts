// PatternFly's style sheets, reduced to what the portal uses.
import postcss from "postcss";
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

/** Takes out of the sheets what neither the page, the scripts nor another sheet mentions. */
export async function prune(sheets: readonly string[], scripts: string): Promise<string[]> {
  const found = await new PurgeCSS().purge({
    content: [{ raw: scripts, extension: "js" }],
    css: sheets.map((raw) => ({ raw })),
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    safelist: { standard: ["html", "body", "pf-v6-theme-dark", "pf-v6-theme-high-contrast", /^nano-/], greedy: [/^:root/] },
    blocklist: UNUSED,
  });
  return withoutUnusedVariables(found.map(({ css }) => css), scripts);
}

/** PatternFly's tokens are thousands of custom properties; one counts as used when something reads it, in whichever sheet. */
function withoutUnusedVariables(sheets: readonly string[], scripts: string): string[] {
  const trees = sheets.map((sheet) => postcss.parse(sheet));
  const inScripts = new Set(scripts.match(/--[\w-]+/g) ?? []);
  for (let removed = 1; removed > 0; ) {
    removed = 0;
    const read = new Set(trees.flatMap((tree) => tree.toString().match(/var\(\s*--[\w-]+/g) ?? []).map((use) => use.replace(/^var\(\s*/, "")));
    for (const tree of trees) {
      tree.walkDecls(/^--/, (declaration) => {
        if (read.has(declaration.prop) || inScripts.has(declaration.prop)) return;
        declaration.remove();
        removed += 1;
      });
    }
  }
  for (const tree of trees) tree.walkRules((rule) => (rule.nodes.length === 0 ? void rule.remove() : undefined));
  return trees.map((tree) => tree.toString());
}
