import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@patternfly/react-core/dist/styles/base.css";
import "./app.css";

import { App } from "./App";
import { startTexts } from "./i18n";
import { startRouter } from "./router";
import { startTheme } from "./theme";

async function start(): Promise<void> {
  startTheme();
  startRouter();
  await startTexts();
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
