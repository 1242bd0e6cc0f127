import type { ReactNode } from "react";
import { Card, CardBody, CardTitle } from "pf/Card";

import { useTitle } from "@/components/PageHead";
import { LanguageMenu, ThemeMenu } from "@/shell/menus";

interface Props {
  title: string;
  children: ReactNode;
  /** Beside the form, or below it on a narrow screen. */
  aside?: ReactNode;
}

/** The page of somebody who is not signed in. */
export function EntryPage({ title, children, aside }: Props) {
  useTitle(title);
  return (
    <div className="nano-entry">
      <header>
        <img src="/favicon.svg" alt="" width="32" height="32" />
        <strong>Nano Appliance</strong>
        <span className="nano-push" />
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main>
        <Card className="nano-entry-card">
          <CardTitle component="h1">{title}</CardTitle>
          <CardBody>{children}</CardBody>
        </Card>
        {aside && <aside>{aside}</aside>}
      </main>
    </div>
  );
}
