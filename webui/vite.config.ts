// How the portal is built. `pf/Button` is PatternFly's Button alone and `icon/play` one icon: the package roots would
// drag every component and its style sheet into the first load.
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { withoutFonts } from "./tools/styles.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const backend = process.env.NANO_PORTAL ?? "https://127.0.0.1:5850";

export default defineConfig({
  plugins: [withoutFonts(), react()],
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${here}src/` },
      { find: /^pf\/(.*)$/, replacement: "@patternfly/react-core/dist/esm/components/$1/index.js" },
      { find: /^icon\/(.*)$/, replacement: "@patternfly/react-icons/dist/esm/icons/$1-icon.js" },
    ],
  },
  build: { manifest: true, target: "es2023", assetsInlineLimit: 0, sourcemap: false, modulePreload: { polyfill: false } },
  worker: { format: "es" },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: backend, secure: false, changeOrigin: true, ws: true } },
  },
});
